// Sentences of reports, word for word and with one thing changed. No model: what is certain is looked up.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { SourceDocument } from '../corpus/source-document.ts'
import { loadContraryWords } from '../language/contrary-words.ts'
import { loadLanguageKnowledge } from '../language/knowledge.ts'
import { sentenceSpans } from '../language/sentences.ts'
import { packageRoot } from '../package-root.ts'
import type { Citation } from './answer.ts'
import { claimFaults } from './claim-support.ts'

const language = loadLanguageKnowledge()
const knowledge = { language, contrary: loadContraryWords((key) => !language.functionWords.has(key)), expansions: () => [] }

const folders = [join(packageRoot(), 'corpus'), join(packageRoot(), 'eval', 'gold', 'paired-reports')]
const sentences = folders.flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.md') && name !== 'README.md')
    .flatMap((name) => {
      const text = readFileSync(join(folder, name), 'utf8').replace(/^---\n[\s\S]*?\n---\n/, '')
      return text.split('\n').flatMap((line) => sentenceSpans(line).map(({ start, end }) => line.slice(start, end)))
    })
    .filter((sentence) => sentence.length > 40),
)

const conference = { id: 'hn', name: 'Hội nghị', ordinal: null, date: null, from: null, to: null, documentIds: ['a'], isEvent: true }
const document = { id: 'a', metadata: { title: '', publisher: null, publishedAt: null, conferenceName: '' } } as unknown as SourceDocument
const cited = (quote: string): Citation => ({ marker: 1, conference, document, quote, start: 0, end: quote.length, score: 1 })
const faults = (claim: string, quote: string) => claimFaults(claim, cited(quote), knowledge)
/** Quotation marks would be caught by themselves. */
const plain = (text: string) => text.replace(/["“”]/g, '')

/** Every way to change one match of a pattern. */
function changed(sentence: string, pattern: RegExp, change: (found: string) => string): string[] {
  return [...sentence.matchAll(pattern)].flatMap(({ 0: found, index }) => {
    const next = change(found)
    return next === found ? [] : [sentence.slice(0, index) + next + sentence.slice(index + found.length)]
  })
}

const people = [...new Set(sentences.flatMap((sentence) => language.persons.mentions(sentence).map(({ name }) => name)))]
/** A person the sentence does not name. */
const otherPerson = (sentence: string, at: number) => {
  const others = people.filter((name) => !sentence.includes(name))
  return others[at % others.length] as string
}

/** One word of two syllables in the middle replaced by words nobody there uses. */
function otherWord(sentence: string): string[] {
  const words = sentence.split(' ')
  const isPlain = (word: string | undefined) => /^\p{Ll}+$/u.test(word ?? '') && !language.functionWords.has(word ?? '')
  const places = words.flatMap((word, i) => (i > 3 && i < words.length - 4 && isPlain(word) && isPlain(words[i + 1]) ? [i] : []))
  return places.filter((_, i) => i % 5 === 0).map((at) => [...words.slice(0, at), 'khiển', 'trách', ...words.slice(at + 2)].join(' '))
}

const WORDS = ['hai', 'ba', 'bốn', 'năm', 'sáu', 'bảy', 'tám', 'chín']

const LIES: readonly [string, (sentence: string) => string[]][] = [
  [
    'another number',
    (sentence) =>
      changed(sentence, /(?<![\p{L}\d.,/-])\d{1,3}(?:\.\d{3})*(?![\p{L}\d])/gu, (found) => String(Number(found.replaceAll('.', '')) + 1)),
  ],
  [
    'another number in words',
    (sentence) =>
      changed(
        sentence,
        /(?<!\p{L})(?:hai|ba|bốn|sáu|bảy|tám|chín)(?= (?:ngày|tháng|năm|vụ|đồng chí|nội dung|nhiệm vụ|đơn vị|địa phương)(?!\p{L}))/gu,
        (found) => WORDS[(WORDS.indexOf(found) + 2) % WORDS.length] as string,
      ),
  ],
  ['another year', (sentence) => changed(sentence, /(?<!\d)20\d\d(?!\d)/g, (found) => String(Number(found) + 3))],
  ['another share', (sentence) => changed(sentence, /\d+(?:,\d+)?(?=\s?%)/g, (found) => `${found.startsWith('1') ? '2' : '1'}${found}`)],
  [
    'another person',
    (sentence) =>
      language.persons
        .mentions(sentence)
        .map(({ start, end }) => sentence.slice(0, start) + otherPerson(sentence, start) + sentence.slice(end)),
  ],
  [
    'a higher rank',
    (sentence) =>
      changed(sentence, /Thượng tướng|Đại tá|Thượng tá|Trung tá/g, (found) => (found === 'Thượng tướng' ? 'Đại tướng' : 'Thiếu tướng')),
  ],
  ['no negation', (sentence) => changed(sentence, /(?<!\p{L})(?<!hàng |trên |phòng )không (?!gian|khí|quân|phận|chỉ|những)/gu, () => '')],
  ['another word inside', (sentence) => otherWord(sentence)],
  ['tăng for giảm', (sentence) => changed(sentence, /(?<!\p{L})(?<!kéo )giảm(?!\p{L})/gu, () => 'tăng')],
]

describe('a sentence of a report', () => {
  test('holds itself, word for word', () => {
    const cut = sentences
      .filter((sentence) => (sentence.match(/["“”]/g)?.length ?? 0) % 2 === 0)
      .filter((sentence) => faults(sentence, sentence).length > 0)
    expect(cut.map((sentence) => [faults(sentence, sentence), sentence])).toEqual([])
  })

  test.each(LIES)('does not hold %s', (_, lie) => {
    const lies = sentences.flatMap((sentence) => lie(plain(sentence)).map((claim) => ({ claim, sentence })))
    expect(lies.length).toBeGreaterThan(0)
    expect(lies.filter(({ claim, sentence }) => faults(claim, sentence).length === 0).map(({ claim }) => claim)).toEqual([])
  })
})
