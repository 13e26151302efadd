// In: `data/draft-templates.json`. Out: its shape, and templates filled with what was found.
import { z } from 'zod'

const words = z.string().min(1)

/** The shape of `data/draft-templates.json`. */
export const draftTemplatesSchema = z.object({
  prefix: words,
  cloze: z.record(z.enum(['day', 'month', 'year', 'term', 'ordinal', 'session', 'decision', 'number', 'percent', 'quote']), words),
  roles: z.record(z.string(), words),
  /** Words a clause behind a comma may begin with, verbs above all; behind others it may be the rest of an enumeration. */
  openers: z.array(words),
  /** Words with which a sentence opens before it comes to the matter. */
  leading: z.array(words),
  when: words,
  rank: words,
  office: words,
  abbreviation: words,
  nearMiss: z.object({ event: z.array(words), person: words, decision: words, delegates: words, budget: words }),
  /** Words whose presence beside a number means that the near-miss of this name is stated after all. */
  stated: z.object({ delegates: words, budget: words }),
})

/** Templates of questions. */
export type DraftTemplates = Readonly<z.output<typeof draftTemplatesSchema>>

/** Puts values in the places of a template; the first letter becomes a capital. */
export function filled(template: string, values: Readonly<Record<string, string>>): string {
  const text = template.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '')
  return text.charAt(0).toUpperCase() + text.slice(1)
}
