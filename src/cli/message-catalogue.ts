// In: a sentence as the code writes it, and the locale of the person who reads it. Out: the sentence in their language. The English
// sentence is its own key, so that what is not listed yet is shown as it is; facts stay in the errors.
import { z } from 'zod'
import { readDataFile } from '../language/data-file.ts'

/** Says a sentence in the language of the reader; what it does not know stays. */
export type Translate = (sentence: string) => string

/** The shape of `data/messages-vi.json`: English sentences with `{1}`, `{2}` … for what differs, and the same in Vietnamese. */
const messageFileSchema = z.object({ messages: z.record(z.string(), z.string()) })

interface Entry {
  readonly pattern: RegExp
  readonly vietnamese: string
  /** Letters that have to be there; the more, the surer the match. */
  readonly fixedLength: number
}

/** For a locale such as `vi` or `vi_VN.UTF-8` a Vietnamese one, else one that changes nothing. @throws ThukyError `configuration` */
export function translation(locale: string): Translate {
  if (!/^vi/i.test(locale)) return (sentence) => sentence
  const entries = Object.entries(readDataFile('messages-vi.json', messageFileSchema).messages).map(entryOf)
  entries.sort((left, right) => right.fixedLength - left.fixedLength)
  const translate: Translate = (sentence) => {
    for (const { pattern, vietnamese } of entries) {
      const match = pattern.exec(sentence)
      if (match !== null) return vietnamese.replace(/\{(\d)\}/g, (_, number: string) => translate(match[Number(number)] ?? ''))
    }
    return sentence
  }
  return translate
}

function entryOf([english, vietnamese]: [string, string]): Entry {
  const parts = english.split(/\{\d\}/)
  const escaped = parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return { pattern: new RegExp(`^${escaped.join('(.*?)')}$`, 'su'), vietnamese, fixedLength: parts.join('').length }
}
