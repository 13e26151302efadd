// Whatever is typed or written, the functions that read it return, in time, places that exist. `THUKY_FUZZ=5000` for more of it.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { standaloneQuestion } from './conversation/standalone-question.ts'
import { buildDocument } from './corpus/build-document.ts'
import { loadCorpusRules } from './corpus/corpus-rules.ts'
import { pathOfId } from './corpus/document-path.ts'
import { splitFrontMatter } from './corpus/front-matter.ts'
import { ThukyError } from './errors.ts'
import { AbbreviationTable, definedAbbreviations } from './language/abbreviations.ts'
import { answerType, isEnglish } from './language/answer-type.ts'
import { canonicalText } from './language/canonical.ts'
import { fold, foldAligned } from './language/folding.ts'
import { termFrequencies } from './language/lexical-terms.ts'
import { decisionNumbers, ordinalMentions } from './language/ordinals.ts'
import { properNameSpans } from './language/proper-names.ts'
import { quantities } from './language/quantity-values.ts'
import { withoutFrame } from './language/question-frames.ts'
import { sentenceSpans } from './language/sentences.ts'
import { syllables } from './language/syllables.ts'
import { timeExpressions } from './language/time-expressions.ts'
import { typedTokens } from './language/typed-tokens.ts'

const RUNS = Number(process.env['THUKY_FUZZ'] || 60)
const rules = loadCorpusRules()
const table = new AbbreviationTable([{ short: ['ANTT'], long: 'an ninh trật tự' }])

/** Texts as people write them, as machines break them, and as attackers repeat them. */
const PIECES = [
  'Hội nghị',
  ' lần thứ 77',
  '29/12/2021',
  'ngày 7 tháng 12',
  '(',
  ')',
  '“',
  '”',
  '...',
  '\n\n',
  '- ',
  'Mr. ',
  '1.000.000 đồng',
  'XIX',
  'ANTT (',
  'ễ\u0323',
  '\u0301\u0301\u0301',
  '\ud83d\ude00',
  '\ud800',
  '\0',
  '\u202e',
  'aaww',
  'ttooi',
  ', ',
  ';',
  '|',
  '{{',
  '---\n',
  ': ',
  '#',
  'Từ ',
  ' đến ',
  ' và ',
  '%',
]
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 120 }).map((pieces) => pieces.join('')),
  fc.tuple(fc.constantFrom(...PIECES), fc.integer({ min: 1, max: 2000 })).map(([piece, times]) => piece.repeat(times).slice(0, 8000)),
)

/** Longest a function may work on any of these texts, in milliseconds; waiting for a busy machine does not count. */
const MOST_MS = 1000
const worked = () => process.cpuUsage().user / 1000

const inside = (text: string, spans: readonly { readonly start: number; readonly end: number }[]) => {
  for (const { start, end } of spans) expect(0 <= start && start <= end && end <= text.length).toBe(true)
}

const FUNCTIONS: Record<string, (text: string) => void> = {
  canonicalText: (text) => expect(canonicalText(canonicalText(text))).toBe(canonicalText(text)),
  fold: (text) => void fold(text),
  foldAligned: (text) => expect(foldAligned(canonicalText(text))).toHaveLength(canonicalText(text).length),
  syllables: (text) => inside(text, syllables(text)),
  sentenceSpans: (text) => inside(text, sentenceSpans(text)),
  timeExpressions: (text) => inside(text, timeExpressions(text)),
  ordinalMentions: (text) => inside(text, ordinalMentions(text)),
  decisionNumbers: (text) => inside(text, decisionNumbers(text)),
  properNameSpans: (text) => inside(text, properNameSpans(text)),
  quantities: (text) => void quantities(text),
  termFrequencies: (text) => void termFrequencies(text, table),
  definedAbbreviations: (text) => void definedAbbreviations(text),
  answerType: (text) => void [answerType(text), isEnglish(text)],
  withoutFrame: (text) => void withoutFrame(text),
  typedTokens: (text) => void typedTokens(text),
  standaloneQuestion: (text) =>
    void standaloneQuestion(canonicalText(text), ['Hội nghị lần thứ 77 kết thúc khi nào?', canonicalText(text)]),
  pathOfId: (text) => {
    const { path } = pathOfId(text)
    if (path !== undefined) expect(path.split('/').every((part) => part !== '' && !part.startsWith('.') && !/[\\\0]/.test(part))).toBe(true)
  },
}

describe('functions that read what people write', () => {
  test.each(Object.entries(FUNCTIONS))('%s', (_, read) => {
    read('Hội nghị lần thứ 77 kết thúc khi nào?')
    fc.assert(
      fc.property(anyText, (text) => {
        const started = worked()
        read(text)
        expect(worked() - started).toBeLessThan(MOST_MS)
      }),
      { numRuns: RUNS },
    )
  })
})

describe('files', () => {
  const yaml = fc.oneof(
    fc
      .dictionary(fc.constantFrom('title', 'date', 'ordinal', 'url', 'start', '__proto__', 'constructor', 'x'), fc.jsonValue())
      .map((value) => JSON.stringify(value)),
    fc
      .array(
        fc.constantFrom(
          'title: ',
          'date: ',
          '&a ',
          '*a',
          '!!js/function ',
          '<<: ',
          '- ',
          '"',
          "'",
          '|\n',
          '>\n ',
          '{',
          '}',
          '[',
          ']',
          '\n',
          ' ',
          '\t',
          '2020-13',
          'null',
          '? ',
        ),
        { maxLength: 60 },
      )
      .map((pieces) => pieces.join('')),
    fc.string({ unit: 'binary', maxLength: 200 }),
  )

  test('have front matter that is read, or refused with a reason', () => {
    fc.assert(
      fc.property(yaml, anyText, (front, text) => {
        try {
          const { frontMatter } = splitFrontMatter(`---\n${front}\n---\n${text}`)
          expect(Object.getPrototypeOf(frontMatter)).toBe(Object.prototype)
        } catch (error) {
          expect(error).toBeInstanceOf(ThukyError)
        }
        expect(({} as Record<string, unknown>)['x']).toBeUndefined()
      }),
      { numRuns: RUNS },
    )
  })

  test('become documents whose passages stand in their text, or are refused with a reason', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const started = worked()
        try {
          const { document, passages } = buildDocument('a.md', canonicalText(text), rules)
          inside(document.text, passages)
          for (const { start, end } of passages) expect(document.text.slice(start, end).trim()).not.toBe('')
        } catch (error) {
          expect(error).toBeInstanceOf(ThukyError)
        }
        expect(worked() - started).toBeLessThan(MOST_MS)
      }),
      { numRuns: RUNS },
    )
  })
})
