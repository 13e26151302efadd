// In: a question. Out: the same as people type it otherwise. No form needs another gold answer.
import { fold } from '../language/folding.ts'

const MODERN = new Map(
  'òa oà óa oá ỏa oả õa oã ọa oạ òe oè óe oé ỏe oẻ õe oẽ ọe oẹ ùy uỳ úy uý ủy uỷ ũy uỹ ụy uỵ'
    .split(' ')
    .flatMap((form, i, all) => (i % 2 === 0 ? [[form, all[i + 1] as string] as const] : [])),
)

/** Names of the forms; the first is the question as it was written. */
export const QUESTION_FORM_NAMES = ['accented', 'unaccented', 'nfd', 'newtone', 'upper', 'polite'] as const

/** Name of a form. */
export type QuestionForm = (typeof QUESTION_FORM_NAMES)[number]

/** How each form is made. */
export const QUESTION_FORMS: Readonly<Record<QuestionForm, (question: string) => string>> = {
  accented: (question) => question,
  unaccented: fold,
  nfd: (question) => question.normalize('NFD'),
  newtone: (question) =>
    question.replace(/\p{L}+/gu, (syllable) => {
      const modern = MODERN.get(syllable.slice(-2).toLowerCase())
      if (modern === undefined || /^q/i.test(syllable)) return syllable
      return syllable.slice(0, -2) + (syllable === syllable.toUpperCase() ? modern.toUpperCase() : modern)
    }),
  upper: (question) => question.toUpperCase(),
  polite: (question) =>
    isEnglish(question) ? `Could you please tell me: ${question}` : `Cho tôi xin hỏi: ${question.replace(/[?\s]+$/, '')} ạ?`,
}

function isEnglish(question: string): boolean {
  return fold(question) === question && /\b(?:the|who|what|when|where|which|how|did|was|were|is|of)\b/i.test(question)
}
