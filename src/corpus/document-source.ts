// In: a text and its front matter fields as they come over HTTP. Out: the Markdown file that says the same.
import { stringify } from 'yaml'
import type { FrontMatter } from './front-matter.ts'

/** The file of a text. The front matter is written when there is any, or when the text would be taken for it. */
export function documentSource(text: string, fields: FrontMatter): string {
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
  if (Object.keys(given).length === 0) return text.startsWith('---') ? `---\n---\n${text}` : text
  return `---\n${stringify(given, { lineWidth: 0 })}---\n${text}`
}
