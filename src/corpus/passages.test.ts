import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { overlap, type Span } from '../language/spans.ts'
import { syllableCount } from '../language/syllables.ts'
import { arbitraryReport } from '../testing/arbitrary-report.ts'
import { documentBlocks } from './blocks.ts'
import { loadCorpusRules } from './corpus-rules.ts'
import { documentPassages } from './passages.ts'

const rules = loadCorpusRules()
const passagesOf = (text: string) => documentPassages(text, documentBlocks(text, rules))

/** Expects spans inside `within`, in order, not empty, without white space at their ends, and cutting no character in two. */
function expectProperSpans(text: string, spans: readonly Span[], within: Span): void {
  let last = within.start
  for (const { start, end } of spans) {
    const slice = text.slice(start, end)
    expect(start).toBeGreaterThanOrEqual(last)
    expect(end).toBeLessThanOrEqual(within.end)
    expect(slice).not.toBe('')
    expect(slice).toBe(slice.trim())
    expect(slice.isWellFormed()).toBe(true)
    last = end
  }
}

describe('passages of any text', () => {
  test('are proper slices of it, do not overlap, and their sentences lie inside them from end to end', () => {
    fc.assert(
      fc.property(arbitraryReport, (text) => {
        const passages = passagesOf(text)
        expectProperSpans(text, passages, { start: 0, end: text.length })
        for (const passage of passages) {
          expectProperSpans(text, passage.sentences, passage)
          expect(passage.sentences[0]?.start).toBe(passage.start)
          expect(passage.sentences.at(-1)?.end).toBe(passage.end)
        }
      }),
    )
  })

  test('hold no noise and lose nothing of the report', () => {
    fc.assert(
      fc.property(arbitraryReport, (text) => {
        const blocks = documentBlocks(text, rules)
        const passages = documentPassages(text, blocks)
        const sentences = passages.flatMap((passage) => passage.sentences)
        for (const block of blocks) {
          if (block.kind === 'noise') expect(sentences.some((sentence) => overlap(sentence, block))).toBe(false)
          if (block.kind !== 'body') continue
          const inside = sentences.filter((sentence) => overlap(sentence, block))
          const left = inside.reduce(
            (rest, { start, end }) => blanked(rest, start - block.start, end - block.start),
            text.slice(block.start, block.end),
          )
          expect(left.trim()).toBe('')
        }
      }),
    )
  })

  test('are at most 220 syllables long and their sentences at most 1,500 units', () => {
    fc.assert(
      fc.property(arbitraryReport, (text) => {
        for (const { sentences } of passagesOf(text)) {
          const lengths = sentences.map(({ start, end }) => syllableCount(text.slice(start, end)))
          expect(lengths.reduce((sum, length) => sum + length, 0)).toBeLessThanOrEqual(220)
          for (const { start, end } of sentences) expect(end - start).toBeLessThanOrEqual(1500)
        }
      }),
    )
  })
})

const blanked = (text: string, start: number, end: number) =>
  text.slice(0, Math.max(0, start)) + ' '.repeat(Math.min(end, text.length) - Math.max(0, start)) + text.slice(Math.min(end, text.length))

const paragraphOf = (syllables: number, mark: string) => `Hội ${Array.from({ length: syllables - 2 }, () => 'nghị').join(' ')} ${mark}.`

describe('documentPassages', () => {
  test('keeps a paragraph of usual length as one passage', () => {
    const text = `${paragraphOf(60, 'một')}\n\n${paragraphOf(60, 'hai')}`
    expect(passagesOf(text).map(({ start, end }) => text.slice(start, end))).toEqual(text.split('\n\n'))
  })

  test('joins short paragraphs with the next', () => {
    const text = `${paragraphOf(10, 'một')}\n\n${paragraphOf(60, 'hai')}`
    expect(passagesOf(text).map(({ start, end }) => [start, end])).toEqual([[0, text.length]])
  })

  test('splits a long paragraph between sentences', () => {
    const text = [paragraphOf(150, 'một'), paragraphOf(150, 'hai')].join(' ')
    expect(passagesOf(text).map(({ start, end }) => text.slice(start, end))).toEqual([paragraphOf(150, 'một'), paragraphOf(150, 'hai')])
  })

  test('cuts a sentence of thousands of syllables at semicolons', () => {
    const clause = `${Array.from({ length: 50 }, () => 'công').join(' ')};`
    const text = Array.from({ length: 20 }, () => clause).join(' ')
    const sentences = passagesOf(text).flatMap((passage) => passage.sentences)
    expect(sentences.length).toBeGreaterThan(1)
    for (const { start, end } of sentences) expect(text.slice(start, end)).toMatch(/;$/)
  })

  test('gives body the headline as section, then each heading until the next', () => {
    const long = paragraphOf(60, 'hết')
    const text = `Tiêu đề của bài\n\n${long}\n\nKết quả nổi bật\n\n${long}\n\nNhiệm vụ\n\n${long}`
    expect(passagesOf(text).map(({ section }) => section)).toEqual(['Tiêu đề của bài', 'Kết quả nổi bật', 'Nhiệm vụ'])
  })

  test('makes the words under a picture a passage of their own', () => {
    const text = `${paragraphOf(60, 'một')}\n\nBộ trưởng phát biểu bế mạc. Ảnh: Bộ Công an\n\n${paragraphOf(60, 'hai')}`
    expect(passagesOf(text).map(({ kind }) => kind)).toEqual(['body', 'caption', 'body'])
  })

  test('reads a text of nothing but headings as a report', () => {
    const text = 'Hội nghị bế mạc\n\nBộ trưởng kết luận\n\nRa về'
    expect(passagesOf(text).map(({ start, end }) => text.slice(start, end))).toEqual([text])
  })

  test.each(['A. ', 'a\n', 'a;\n', 'Hội nghị ', 'Năm 2020 ', '“Khó lắm! ', '• a\n', 'TP. ', '𝒳'])(
    'takes time in proportion to a text of nothing but %j',
    (unit) => {
      const started = performance.now()
      passagesOf(unit.repeat(Math.ceil(200_000 / unit.length)))
      expect(performance.now() - started).toBeLessThan(5000)
    },
  )

  test.each(['', '\n\n', '• A\n• B', 'In bài'])('finds none in %j', (text) => {
    expect(passagesOf(text)).toEqual([])
  })
})
