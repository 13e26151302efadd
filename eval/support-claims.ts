// In: questions with their answers and passages. Out: statements made of question and answer, each with the sentence that holds it and
// one of the same passage that does not. Pure.
import { syllables } from '../src/language/syllables.ts'
import { sentenceSpans } from '../src/language/sentences.ts'

/** A statement and a sentence it may rest on. */
export interface SupportCase {
  readonly claim: string
  readonly sentence: string
  readonly holds: boolean
}

const WITH_PLACE: readonly [RegExp, string][] = [
  [/(?:vào |từ |đến )?(?:năm|ngày|tháng|lúc|khi|thời gian|thời điểm) nào/iu, 'vào '],
  [/(?:ở đâu|tại đâu|ở nơi nào|nơi nào)/iu, 'ở '],
  [/là (?:gì|ai|người nào|bao nhiêu)/iu, 'là '],
  [/bao nhiêu(?: \p{L}+)?|mấy(?: \p{L}+)?/iu, ''],
  [/(?<!\p{L})(?:ai|người nào)(?!\p{L})/iu, ''],
  [/(?:những |các )?\p{L}+ (?:nào|gì)(?!\p{L})/iu, ''],
]

/** "Ai sáng lập X?" and "Y" make "Y sáng lập X"; undefined where no word asks. */
export function statement(question: string, answer: string): string | undefined {
  const text = question.replace(/[?.\s]+$/u, '')
  const found = WITH_PLACE.find(([asks]) => asks.test(text))
  return found === undefined ? undefined : text.replace(found[0], `${found[1]}${answer}`)
}

const keys = (text: string) => new Set(syllables(text).map(({ key }) => key))

/** The statement with its own sentence and with the one most like it among the others of the passage; none where the answer has no one sentence. */
export function supportCases(question: string, answer: string, passage: string): SupportCase[] {
  const claim = statement(question, answer)
  if (claim === undefined || answer.length > 120) return []
  const sentences = sentenceSpans(passage).map(({ start, end }) => passage.slice(start, end))
  const words = keys(claim)
  const shared = (sentence: string) => [...keys(sentence)].filter((key) => words.has(key)).length
  const byWords = [...sentences].sort((a, b) => shared(b) - shared(a))
  const own = byWords.find((sentence) => sentence.includes(answer))
  const other = byWords.find((sentence) => !sentence.includes(answer))
  if (own === undefined || other === undefined) return []
  return [
    { claim, sentence: own, holds: true },
    { claim, sentence: other, holds: false },
  ]
}
