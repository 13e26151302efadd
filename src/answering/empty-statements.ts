// In: a question for what somebody said or did, and the best sentence. Out: whether that sentence only tells that it was said, by
// whom and where. Weighs nothing.
import type { AnswerType } from '../language/answer-type.ts'
import type { LanguageKnowledge } from '../language/knowledge.ts'
import { SAYING } from '../language/saying.ts'
import { syllables } from '../language/syllables.ts'
import type { UnderstoodQuestion } from '../retrieval/understand.ts'

/** Kinds of questions that ask for a content: "phát biểu những gì", "giao nhiệm vụ nào". */
const CONTENT_TYPES: ReadonlySet<AnswerType> = new Set(['statement', 'list', 'quote'])

/** Fewest syllables beside names, titles, roles and the question's own words that say something. */
const FEWEST_NEW = 4

/** "Ông A tới dự và phát biểu." for "Ông A phát biểu những gì?"; only questions that name a person or an office ask so. */
export function saysOnlyThatItWasSaid(
  { searchText, interpretation }: Pick<UnderstoodQuestion, 'searchText' | 'interpretation'>,
  sentence: string,
  { persons, titles, roles, functionWords }: LanguageKnowledge,
): boolean {
  const asksContent = CONTENT_TYPES.has(interpretation.answerType) && SAYING.test(searchText)
  if (!asksContent || [...persons.mentions(searchText), ...titles.in(searchText)].length === 0) return false
  const asked = new Set(syllables(searchText).map(({ folded }) => folded))
  const people = persons.mentions(sentence)
  const said = SAYING.matches(sentence).map(({ 0: verb, index }) => ({ start: index, end: index + verb.length }))
  const offices = titles.in(sentence).map(({ start, end }) => ({ start, end: end + restOfOffice(sentence.slice(end)).length }))
  const told = [...people, ...said, ...offices]
  const ofRoles = roles.blanked(sentence)
  const news = syllables(sentence).filter(
    ({ folded, key, start, end }) =>
      !asked.has(folded) &&
      !functionWords.has(key) &&
      ofRoles[start] !== ' ' &&
      !told.some((span) => start >= span.start && end <= span.end),
  )
  return news.length < FEWEST_NEW
}

/** "Chính phủ" behind "Thủ tướng": words that go on in capitals. */
const restOfOffice = (behind: string) => /^(?:\s\p{Lu}\p{L}*(?:\s\p{Ll}{1,6}(?=\s\p{Lu}|,|$))?){0,5}/u.exec(behind)?.[0] ?? ''
