// In: the canonical text of a file. Out: its YAML front matter, checked, and the text below it.
import { parse, YAMLParseError } from 'yaml'
import { z } from 'zod'
import { messageOf, ThukyError } from '../errors.ts'

const text = z
  .union([z.string(), z.number()])
  .transform((value) => String(value).trim())
  .pipe(z.string().min(1).max(1000))
const ISO_TIME = /^\d{4}(-\d{2}(-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?)?)?$/

/** Whether an ISO date or time names a day that exists; JavaScript would read 2021-02-31 as 3 March. */
function isOnCalendar(value: string): boolean {
  const day = value.slice(0, 10)
  const read = new Date(day)
  return !Number.isNaN(Date.parse(value)) && !Number.isNaN(read.getTime()) && read.toISOString().startsWith(day)
}

const date = z
  .union([z.string(), z.number()])
  .transform(String)
  .refine((value) => /^\d{4}(-\d{2}(-\d{2})?)?$/.test(value) && isOnCalendar(value), {
    error: 'has to be a date such as 2020-12-07, 2024-10 or 2024',
  })

/** The fields of the contract; others are kept out of the metadata without complaint. */
export const frontMatterSchema = z.object({
  title: text.optional(),
  conference: text.optional(),
  conferenceName: text.optional(),
  ordinal: z.int().min(1).max(9999).optional(),
  date: date.optional(),
  start: date.optional(),
  end: date.optional(),
  publisher: text.optional(),
  publishedAt: z
    .union([z.string(), z.number()])
    .transform(String)
    .refine((value) => ISO_TIME.test(value) && isOnCalendar(value), { error: 'has to be an ISO date or time such as 2021-06-24T07:36' })
    .optional(),
  url: z.url({ protocol: /^https?$/, error: 'has to be an http or https address' }).optional(),
})

/** Checked front matter. */
export type FrontMatter = z.output<typeof frontMatterSchema>

const FENCED = /^---[ \t]*\n([\s\S]*?)(?<=\n)---[ \t]*(?:\n|$)/

/**
 * Splits a file into front matter and text. A file that does not open with a `---` line has none.
 * @throws ThukyError `corpus` when the front matter is not closed, is no YAML mapping or has a bad value
 */
export function splitFrontMatter(fileText: string): { frontMatter: FrontMatter; text: string } {
  if (!/^---[ \t]*\n/.test(fileText)) return { frontMatter: {}, text: fileText }
  const fenced = FENCED.exec(fileText)
  if (fenced === null) {
    throw new ThukyError('corpus', 'the front matter opens with --- but is never closed; add a line --- below it')
  }
  return { frontMatter: checked(parseYaml(fenced[1] ?? '')), text: fileText.slice(fenced[0].length) }
}

function parseYaml(source: string): unknown {
  try {
    return parse(source, { maxAliasCount: 10, prettyErrors: true, logLevel: 'error' }) ?? {}
  } catch (error) {
    const line = error instanceof YAMLParseError ? error.linePos?.[0].line : undefined
    const place = line === undefined ? '' : ` in line ${line + 1}`
    const cause = messageOf(error)
      .split('\n')[0]
      ?.replace(/ at line.*$/, '')
    throw new ThukyError('corpus', `the front matter is not valid YAML${place} (${cause}); correct it, quoting values that contain ": "`)
  }
}

function checked(value: unknown): FrontMatter {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ThukyError('corpus', 'the front matter is no list of "name: value" lines; correct or remove it')
  }
  const parsed = frontMatterSchema.safeParse(value)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new ThukyError('corpus', `the front matter has a bad value for ${issue?.path.join('.')}: ${issue?.message}; correct it`)
}
