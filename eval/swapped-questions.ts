// In: questions and the texts that answer them. Out: near-misses: the same questions about another name, year or number, which
// those texts do not answer. The same seed gives the same questions.

/** A question and all that may answer it. */
export interface SwappableQuestion {
  readonly id: string
  readonly question: string
  /** Texts that hold its answer; what is put in must not occur in them. */
  readonly texts: readonly string[]
}

/** A question no text answers. */
export interface SwappedQuestion {
  readonly id: string
  readonly question: string
  readonly kind: 'name' | 'year' | 'number'
}

const NAME = /(?<=[\p{L}\p{N},] )\p{Lu}\p{L}+(?:[ -]\p{Lu}\p{L}+)*/gu
const YEAR = /(?<![\d.,/-])(?:1\d|20)\d\d(?![\d.,/-]*\d)/gu
const NUMBER = /(?<![\p{L}\d.,/-])\d{1,3}(?![\p{L}%]|[\d.,/-]*\d)/gu
const PATTERNS = [
  ['name', NAME],
  ['year', YEAR],
  ['number', NUMBER],
] as const

/** Every question that has something to swap, swapped once. */
export function swappedQuestions(questions: readonly SwappableQuestion[], random: () => number): SwappedQuestion[] {
  const stock = new Map(
    PATTERNS.map(([kind, pattern]) => [kind, [...new Set(questions.flatMap(({ question }) => question.match(pattern) ?? []))]]),
  )
  const pick = <T>(items: readonly T[]) => items[Math.floor(random() * items.length)]
  return questions.flatMap(({ id, question, texts }) => {
    const places = PATTERNS.flatMap(([kind, pattern]) => [...question.matchAll(pattern)].map((match) => ({ kind, match })))
    const place = pick(places)
    if (place === undefined) return []
    const { kind, match } = place
    const words = match[0].split(' ').length
    const fitting = (stock.get(kind) ?? []).filter(
      (other) =>
        other !== match[0] &&
        (kind !== 'name' || Math.abs(other.split(' ').length - words) <= 1) &&
        !texts.some((text) => text.includes(other)),
    )
    const other = pick(fitting)
    if (other === undefined || question.includes(other)) return []
    return { id: `${id}~${kind}`, kind, question: question.slice(0, match.index) + other + question.slice(match.index + match[0].length) }
  })
}
