// In: a function of a text. Out: the same, remembering what it said of the texts it was asked about last. One question is read by
// many parts of the product, and the same sentences answer many questions. Only for functions whose results nobody changes.

/** Texts longer than this, in UTF-16 units, are not kept. */
const LONGEST = 4000

/** The function with a memory of at least the last `least` texts and at most twice as many. */
export function remembered<Result>(read: (text: string) => Result, least = 512): (text: string) => Result {
  let recent = new Map<string, { readonly result: Result }>()
  let earlier = new Map<string, { readonly result: Result }>()
  return (text) => {
    if (text.length > LONGEST) return read(text)
    const known = recent.get(text)
    if (known !== undefined) return known.result
    const kept = earlier.get(text) ?? { result: read(text) }
    if (recent.size >= least) [earlier, recent] = [recent, new Map()]
    recent.set(text, kept)
    return kept.result
  }
}
