// In: a question. Out: the same as people type it otherwise. No form needs another gold answer.
import { fold } from '../src/language/folding.ts'

const MODERN = new Map(
  'òa oà óa oá ỏa oả õa oã ọa oạ òe oè óe oé ỏe oẻ õe oẽ ọe oẹ ùy uỳ úy uý ủy uỷ ũy uỹ ụy uỵ'
    .split(' ')
    .flatMap((form, i, all) => (i % 2 === 0 ? [[form, all[i + 1] as string] as const] : [])),
)

/** Names of the forms. */
export type QuestionForm = 'accented' | 'unaccented' | 'nfd' | 'newtone' | 'upper' | 'polite'

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
  polite: (question) => `Cho tôi xin hỏi: ${question.replace(/[?\s]+$/, '')} ạ?`,
}
