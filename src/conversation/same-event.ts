// In: a question, and an earlier one it goes on from. Out: the question, asked of the event the earlier one names, unless it names
// one or a time itself.
import { fold, hasAccents } from '../language/folding.ts'
import { inLanguageOf, upperFirst, withEvent } from './placement.ts'
import { scopePhrases } from './scope-phrases.ts'

/** Keeps a question at the event of an earlier one. */
export function atSameEvent(text: string, earlier: string): string {
  const event = scopePhrases(earlier).find(({ kind }) => kind === 'conference')
  if (event === undefined || scopePhrases(text).length > 0) return text
  const whole = upperFirst(withEvent(text, inLanguageOf(text, event.text)))
  return hasAccents(text) || hasAccents(event.text) ? whole : fold(whole)
}
