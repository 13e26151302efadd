// In: what a chat model writes, piece by piece. Out: its sentences, each whole and with the numbers of the sources it names. A sentence
// is let out when the next one has begun, so no half-written mark is ever taken for text. Judges nothing.
import { sentenceSpans } from '../language/sentences.ts'
import { syllableCount } from '../language/syllables.ts'

/** A stretch of a sentence up to its marks. */
export interface MarkedPart {
  readonly text: string
  readonly sources: readonly number[]
}

/** A sentence of a chat model. */
export interface MarkedSentence {
  /** Without marks, in one line. */
  readonly text: string
  /** In order; the last one without marks where the sentence goes on behind its last mark. */
  readonly parts: readonly MarkedPart[]
  /** Whether it begins a line. */
  readonly beginsLine: boolean
  /** Whether it has come to its end, and was not cut off with the stream. */
  readonly isWhole: boolean
}

/** `[1]`, `[1, 2]`, `【1】`, `[nguồn 1]`. */
const MARK = /\s*[[【]\s*(?:(?:nguồn|source|số)\s*)?(\d{1,3}(?:\s*[,;]\s*(?:nguồn\s*)?\d{1,3})*)\s*[\]】]/giu
/** Marks behind the full stop belong to the sentence before it. */
const STOP_THEN_MARKS = new RegExp(`([.!?…]+["”’)]*)((?:${MARK.source})+)`, 'giu')
/** A mark, whole or not, that may belong to the sentence before it. */
const MARK_NEXT = /^\s*[[【]/u
const ENDED = /[.!?…]["”’)\]】]*$/u
const MARK_LAST = new RegExp(`${MARK.source}$`, 'iu')
/** Tags, whole or cut off: of fences that a model copies, or of markup. */
const TAG = /<\/?\p{L}[^<>\n]*(?:>|$)/gu

/** Cuts a stream into sentences. */
export class MarkedSentences {
  #buffer = ''
  #beginsLine = true

  /** Sentences that have become whole. */
  push(piece: string): MarkedSentence[] {
    this.#buffer = withoutThoughts(this.#buffer + piece)
    return this.#taken(false)
  }

  /** What is left when the stream has ended. */
  end(): MarkedSentence[] {
    return this.#taken(true)
  }

  #taken(ended: boolean): MarkedSentence[] {
    const thought = this.#buffer.indexOf('<think>')
    if (thought >= 0 && !ended) return []
    if (thought >= 0) this.#buffer = this.#buffer.slice(0, thought)
    const lines = this.#buffer.split('\n')
    const open = lines.pop() ?? ''
    const found = lines.flatMap((line) => this.#sentencesOf(line, true))
    this.#buffer = open
    if (ended) return [...found, ...this.#lastOf(open)]
    if (/<[^>]*$/u.test(open)) return found
    const line = plain(open).replace(STOP_THEN_MARKS, '$2$1')
    const last = sentenceSpans(line).at(-2)
    if (last === undefined || MARK_NEXT.test(line.slice(last.end))) return found
    this.#buffer = line.slice(last.end).trimStart()
    return [...found, ...this.#sentencesOf(line.slice(0, last.end), false)]
  }

  /** The sentences of the line the stream ended in; the last one is whole when a full stop, a quotation mark or a mark ends it. */
  #lastOf(line: string): MarkedSentence[] {
    const sentences = this.#sentencesOf(line, true)
    const isWhole = ENDED.test(line.trimEnd()) || MARK_LAST.test(line.trimEnd())
    return sentences.map((sentence, i) => (i < sentences.length - 1 ? sentence : { ...sentence, isWhole }))
  }

  #sentencesOf(line: string, wholeLine: boolean): MarkedSentence[] {
    const text = plain(line).trim().replace(STOP_THEN_MARKS, '$2$1')
    const sentences = sentenceSpans(text).flatMap(({ start, end }): MarkedSentence[] => {
      const sentence = marked(text.slice(start, end), this.#beginsLine)
      if (syllableCount(sentence.text) === 0) return []
      this.#beginsLine = false
      return [sentence]
    })
    if (wholeLine) this.#beginsLine = true
    return sentences
  }
}

/** Models that think aloud do it between tags; what has no end yet waits. */
function withoutThoughts(text: string): string {
  return text.replace(/<think>[\s\S]*?<\/think>/g, '')
}

/** Without bullets, headings, stress and tags. */
function plain(line: string): string {
  return line
    .replace(/^\s*(?:[-*•–+]|#{1,6}|\d{1,2}[.)])\s+/u, '')
    .replace(/\*\*|__|`/g, '')
    .replace(TAG, ' ')
    .trimStart()
}

function marked(sentence: string, beginsLine: boolean): MarkedSentence {
  const parts: MarkedPart[] = []
  let at = 0
  for (const match of sentence.matchAll(MARK)) {
    const text = sentence.slice(at, match.index)
    const sources = (match[1] ?? '').match(/\d+/g)?.map(Number) ?? []
    const last = parts.at(-1)
    if (syllableCount(text) === 0 && last !== undefined) parts[parts.length - 1] = { ...last, sources: [...last.sources, ...sources] }
    else parts.push({ text, sources })
    at = match.index + match[0].length
  }
  const rest = sentence.slice(at)
  const last = parts.at(-1)
  if (syllableCount(rest) > 0 || last === undefined) parts.push({ text: rest, sources: [] })
  else parts[parts.length - 1] = { ...last, text: `${last.text}${rest.trim()}` }
  const trimmed = parts.map(({ text, sources }) => ({ text: text.replace(/\s+/g, ' '), sources }))
  return {
    text: trimmed
      .map(({ text }) => text)
      .join('')
      .trim(),
    parts: trimmed,
    beginsLine,
    isWhole: true,
  }
}
