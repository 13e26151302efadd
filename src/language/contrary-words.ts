// In: two sentences, one of which rests on the other. Out: where the first turns round what the second says: a negation lost or
// added, an opposite in its place, more than it says, something wanted told as done. Words come from `data/contrary-words.json`.
import { z } from 'zod'
import { readDataFile } from './data-file.ts'
import { syllables } from './syllables.ts'

const words = z.array(z.string().min(1))

/** The shape of `data/contrary-words.json`. */
export const contraryWordFileSchema = z.object({
  negations: words,
  notNegations: words,
  opposites: z.array(z.tuple([z.string().min(1), z.string().min(1)])),
  absolutes: words,
  intentions: words,
  done: words,
  linking: words,
})

/** How a sentence turns round what another says. */
export type Contradiction = 'negation' | 'opposite' | 'absolute' | 'intention'

type Keys = readonly string[]

/** How many syllables before a word a negation still denies it. */
const REACH = 3

/** Finds contradictions; made once. */
export class ContraryWords {
  readonly #negations: readonly Keys[]
  readonly #notNegations: readonly Keys[]
  readonly #opposites: readonly (readonly [Keys, Keys])[]
  readonly #absolutes: readonly Keys[]
  readonly #intentions: readonly Keys[]
  readonly #done: readonly Keys[]
  readonly #linking: ReadonlySet<string>

  /** @param isContent whether a syllable key says something by itself */
  constructor(
    file: z.output<typeof contraryWordFileSchema>,
    private readonly isContent: (key: string) => boolean,
  ) {
    const all = (texts: readonly string[]) => texts.map(keysOf)
    this.#negations = all(file.negations)
    this.#notNegations = all(file.notNegations)
    this.#opposites = file.opposites.flatMap(([one, other]) => {
      const pair = [keysOf(one), keysOf(other)] as const
      return [pair, [pair[1], pair[0]] as const]
    })
    this.#absolutes = all(file.absolutes)
    this.#intentions = all(file.intentions)
    this.#done = all(file.done)
    this.#linking = new Set(all(file.linking).flat())
  }

  /** What a claim turns round of its source; empty when nothing. */
  contradictions(claim: string, source: string): Contradiction[] {
    const [said, known] = [keysOf(claim), keysOf(source)]
    const found: Contradiction[] = []
    if (this.#isDenied(said, known) || this.#isDenied(known, said)) found.push('negation')
    if (this.#isOpposite(said, known)) found.push('opposite')
    if (this.#absolutes.some((word) => places(word, said).length > 0 && places(word, known).length === 0)) found.push('absolute')
    if (this.#isMadeFact(said, known)) found.push('intention')
    return found
  }

  /** Whether a syllable says something new where it stands in the place of others. */
  saysSomething(key: string): boolean {
    return this.isContent(key) && !this.#linking.has(key)
  }

  /** Whether one text denies words the other says without denying them. */
  #isDenied(one: Keys, other: Keys): boolean {
    const [ours, theirs] = [this.#negated(one), this.#negated(other)]
    return ours.some((at) => {
      const start = one.findIndex((key, i) => i >= at && i < at + REACH && this.isContent(key))
      if (start < 0) return false
      const lengths = [4, 3, 2].filter((length) => start + length <= one.length)
      const denied = lengths.map((length) => one.slice(start, start + length)).find((words) => places(words, other).length > 0)
      if (denied === undefined) return false
      const isSaidToo = places(denied, one).some((place) => !isNear(place, ours))
      return !isSaidToo && places(denied, other).every((place) => !isNear(place, theirs))
    })
  }

  /** Places right behind a negation. */
  #negated(keys: Keys): number[] {
    const words = this.#notNegations.flatMap((word) => places(word, keys).map((start) => ({ start, end: start + word.length })))
    return this.#negations
      .flatMap((word) => places(word, keys).map((start) => ({ start, end: start + word.length })))
      .filter(({ start, end }) => !words.some((other) => other.start < end && start < other.end))
      .map(({ end }) => end)
  }

  /** A word of the claim stands where the source has its opposite: among the same words. */
  #isOpposite(said: Keys, known: Keys): boolean {
    return this.#opposites.some(([word, opposite]) => {
      const here = places(word, said).filter((at) => !isPartOf(at, word, opposite, said))
      const [there, same] = [places(opposite, known), places(word, known)]
      return here.some((at) => {
        const stands = (place: number, found: Keys) => this.#hasSameNeighbours(said, at, word, known, place, found)
        return there.some((place) => stands(place, opposite)) && !same.some((place) => stands(place, word))
      })
    })
  }

  #hasSameNeighbours(said: Keys, at: number, word: Keys, known: Keys, place: number, found: Keys): boolean {
    if (at > 0 && place > 0 && said[at - 1] === known[place - 1]) return true
    const behind = new Set(known.slice(place + found.length, place + found.length + REACH + 1))
    return said.slice(at + word.length, at + word.length + REACH).some((key) => this.isContent(key) && behind.has(key))
  }

  #isMadeFact(said: Keys, known: Keys): boolean {
    const has = (texts: readonly Keys[], keys: Keys) => texts.some((word) => places(word, keys).length > 0)
    return has(this.#done, said) && !has(this.#done, known) && has(this.#intentions, known) && !has(this.#intentions, said)
  }
}

/** Reads the data file. @throws ThukyError `configuration` when it is missing or malformed */
export function loadContraryWords(isContent: (key: string) => boolean): ContraryWords {
  return new ContraryWords(readDataFile('contrary-words.json', contraryWordFileSchema), isContent)
}

const keysOf = (text: string): string[] => syllables(text).map(({ key }) => key)

const startsWith = (keys: Keys, at: number, word: Keys) => word.every((key, i) => keys[at + i] === key)

function places(word: Keys, keys: Keys): number[] {
  return keys.flatMap((_, at) => (startsWith(keys, at, word) ? [at] : []))
}

const isNear = (place: number, negated: readonly number[]) => negated.some((at) => place >= at && place < at + REACH)

/** "giảm" of "kéo giảm" is no word of its own where the pair is about the longer one. */
function isPartOf(at: number, word: Keys, opposite: Keys, keys: Keys): boolean {
  const start = at - (opposite.length - word.length)
  return opposite.length > word.length && start >= 0 && startsWith(keys, start, opposite)
}
