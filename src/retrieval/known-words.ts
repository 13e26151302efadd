// In: words of a question. Out: whether the documents speak of such a thing at all: whether two of its words stand together in
// them. Tells a new topic from a follow-up; it must not decide what is answered.
import type { CorpusIndex } from '../indexing/corpus-index.ts'
import { isEnglish } from '../language/answer-type.ts'
import type { LanguageKnowledge } from '../language/knowledge.ts'
import { syllables } from '../language/syllables.ts'

/**
 * A test for words of one question.
 * @param question the whole question: English words are looked up by their Vietnamese ones
 */
export function wordsKnownTo(
  index: CorpusIndex,
  { glossary, functionWords }: Pick<LanguageKnowledge, 'glossary' | 'functionWords'>,
  question: string,
): (words: string) => boolean {
  const english = isEnglish(question)
  return (words) => {
    const searched = english ? glossary.searchWords(words) : words
    const parts = syllables(searched).filter(({ key }) => !functionWords.has(key))
    if (parts.length < 2) return true
    return parts.slice(1).some(({ folded }, i) => index.lexical.documentFrequency(`F${parts[i]?.folded} ${folded}`) > 0)
  }
}
