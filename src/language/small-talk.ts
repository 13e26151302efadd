// In: what somebody typed, and `data/small-talk.json`. Out: whether it is said to the assistant itself: a greeting, thanks, a question for
// what it can do or for what the corpus holds. Nothing in the documents answers that.
import { z } from 'zod'
import { syllables } from './syllables.ts'

/** The shape of `data/small-talk.json`. */
export const smallTalkFileSchema = z.object({
  greetings: z.array(z.string().min(1)),
  things: z.array(z.string().min(1)),
  asked: z.array(z.string().min(1)),
  stock: z.array(z.string().min(1)),
})

type Phrases = readonly (readonly string[])[]

const foldedWords = (text: string) => syllables(text).map(({ folded }) => folded)

const phrasesOf = (texts: readonly string[]): Phrases => texts.map(foldedWords)

/** Recognises what is no question to the documents. */
export class SmallTalk {
  readonly #greetings: Phrases
  readonly #things: Phrases
  readonly #asked: Phrases
  readonly #stock: Phrases

  constructor({ greetings, things, asked, stock }: z.output<typeof smallTalkFileSchema>) {
    this.#greetings = phrasesOf(greetings)
    this.#things = phrasesOf(things)
    this.#asked = phrasesOf(asked)
    this.#stock = phrasesOf([...things, ...asked, ...stock])
  }

  /** Whether a text is nothing else. */
  isAll(text: string): boolean {
    const words = foldedWords(text)
    if (words.length === 0) return false
    const asksForStock = holds(words, this.#things) && holds(words, this.#asked) && isMadeOf(words, this.#stock)
    return asksForStock || isMadeOf(words, this.#greetings)
  }
}

const startsAt = (words: readonly string[], at: number, phrase: readonly string[]) => phrase.every((word, i) => words[at + i] === word)

const holds = (words: readonly string[], phrases: Phrases) => words.some((_, at) => phrases.some((phrase) => startsAt(words, at, phrase)))

/** Whether a row of words can be put together from phrases. */
function isMadeOf(words: readonly string[], phrases: Phrases): boolean {
  const reached = words.map(() => false)
  for (const at of [...words.keys(), words.length]) {
    if (at > 0 && !reached[at - 1]) continue
    if (at === words.length) return true
    for (const phrase of phrases) if (startsAt(words, at, phrase)) reached[at + phrase.length - 1] = true
  }
  return false
}
