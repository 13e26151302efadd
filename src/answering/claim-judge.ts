// In: sentences with marks, and the sources they may mark. Out: which of them what they cite proves, and by which source. Nothing
// passes that has no source, and a source that does not prove a stretch is not shown as its proof.
import type { Citation } from './answer.ts'
import { type SupportWeights, supportFeatures, supportOdds } from './claim-likeness.ts'
import { type ClaimFault, type ClaimKnowledge, claimFaults } from './claim-support.ts'
import type { MarkedPart, MarkedSentence } from './marked-sentences.ts'

/** A stretch of a sentence with the sources that prove it. */
export interface ProvenPart {
  readonly text: string
  readonly proofs: readonly Citation[]
}

/** A sentence that is proven, or what is wrong with it. */
export type Judgement =
  | { readonly proven: true; readonly parts: readonly ProvenPart[] }
  | { readonly proven: false; readonly faults: readonly ClaimFault[] }

/** Vectors of texts, each L2-normalised. */
export type EmbedTexts = (texts: readonly string[]) => Promise<readonly Float32Array[]>

/** Judges what is written from some sources. */
export class ClaimJudge {
  #vectors: Promise<readonly Float32Array[]> | undefined

  constructor(
    private readonly sources: readonly Citation[],
    private readonly knowledge: ClaimKnowledge,
    private readonly weights: SupportWeights,
    private readonly embed: EmbedTexts,
  ) {}

  /** Whether a sentence is proven by what it marks; without any mark, by any one source. */
  async judge({ text, parts }: MarkedSentence): Promise<Judgement> {
    const marked = joinedParts(parts)
    if (marked.every(({ sources }) => sources.length === 0)) return this.#unmarked(text)
    const proven: ProvenPart[] = []
    for (const part of marked) {
      const judged = await this.#part(part)
      if (!judged.proven) return judged
      proven.push(...judged.parts)
    }
    return { proven: true, parts: proven }
  }

  async #unmarked(text: string): Promise<Judgement> {
    for (const source of this.sources) {
      if ((await this.faults(text, source)).length === 0) return { proven: true, parts: [{ text, proofs: [source] }] }
    }
    return { proven: false, faults: ['no-citation'] }
  }

  /** One source proves all of a stretch, or each clause of it has one of those marked. */
  async #part({ text, sources }: MarkedPart): Promise<Judgement> {
    const cited = [...new Set(sources)].map((number) => this.sources.find(({ marker }) => marker === number))
    const known = cited.filter((source) => source !== undefined)
    if (known.length === 0 || known.length < cited.length) return { proven: false, faults: ['no-citation'] }
    const judged = await Promise.all(known.map((source) => this.faults(text, source)))
    const proofs = known.filter((_, i) => judged[i]?.length === 0)
    if (proofs.length > 0) return { proven: true, parts: [{ text, proofs }] }
    const faults = judged.reduce((fewest, found) => (found.length < fewest.length ? found : fewest))
    return known.length > 1 ? this.#clauses(text, known, faults) : { proven: false, faults }
  }

  async #clauses(text: string, known: readonly Citation[], faults: readonly ClaimFault[]): Promise<Judgement> {
    const used: Citation[] = []
    for (const clause of text.split(/[,;]\s+|\s+(?:còn|trong khi|nhưng)\s+/u)) {
      const judged = await Promise.all(known.map((source) => this.faults(clause, source)))
      const proof = known.find((_, i) => judged[i]?.length === 0)
      if (proof === undefined) return { proven: false, faults }
      used.push(proof)
    }
    return { proven: true, parts: [{ text, proofs: known.filter((source) => used.includes(source)) }] }
  }

  /** What is wrong with a text that is to rest on one source alone. */
  async faults(text: string, source: Citation): Promise<ClaimFault[]> {
    const certain = claimFaults(text, source, this.knowledge)
    if (certain.length > 0) return certain
    const features = supportFeatures(text, source.quote, {
      known: [source.conference.name, source.document.metadata.publisher ?? '', ...this.knowledge.expansions(source.quote)].join(' ; '),
      functionWords: this.knowledge.language.functionWords,
      cosine: await this.#cosine(text, source),
    })
    return supportOdds(features, this.weights) < this.weights.threshold ? ['support'] : []
  }

  async #cosine(text: string, source: Citation): Promise<number> {
    this.#vectors ??= this.embed(this.sources.map(({ quote }) => quote))
    const [vectors, [own]] = await Promise.all([this.#vectors, this.embed([text])])
    const other = vectors[this.sources.indexOf(source)]
    return own?.reduce((sum, value, i) => sum + value * (other?.[i] ?? 0), 0) ?? 0
  }
}

/** A stretch behind the last mark, or between, has to rest on the mark before it. */
function joinedParts(parts: readonly MarkedPart[]): MarkedPart[] {
  const joined: MarkedPart[] = []
  for (const part of parts) {
    const last = joined.at(-1)
    if (part.sources.length === 0 && last !== undefined) joined[joined.length - 1] = { text: last.text + part.text, sources: last.sources }
    else joined.push(part)
  }
  return joined
}
