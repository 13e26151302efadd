// In: gold questions and the documents they are about. Out: what does not fit: evidence that is not in its document, keys that
// are not in the evidence, doubles. Pure; judges the gold, never an answer.
import { comparisonKey, holdsWords } from './answer-match.ts'
import type { GoldQuestion } from './gold-question.ts'

/** What the check has to know of a document. */
export interface GoldDocument {
  readonly text: string
  /** Name and date of its conference and time of publication: what a citation shows beside the quotation. */
  readonly header: string
}

/** One thing that does not fit. */
export interface GoldFault {
  readonly id: string
  readonly rule: 'evidence' | 'key' | 'document' | 'double' | 'proof'
  readonly message: string
}

const spaced = (text: string) => text.replace(/\s+/g, ' ').trim()

/** What is wrong with gold questions; empty when nothing is. */
export function goldFaults(golds: readonly GoldQuestion[], documents: ReadonlyMap<string, GoldDocument>): GoldFault[] {
  const texts = new Map([...documents].map(([id, { text }]) => [id, spaced(text)]))
  return [...golds.flatMap((gold) => [...documentFaults(gold, documents, texts), ...keyFaults(gold, documents)]), ...doubles(golds)]
}

function documentFaults(
  { id, answerable, evidence, source_docs, passage_ids }: GoldQuestion,
  documents: ReadonlyMap<string, GoldDocument>,
  texts: ReadonlyMap<string, string>,
): GoldFault[] {
  if (!answerable) return []
  const faults: GoldFault[] = []
  if (evidence.length === 0 && passage_ids.length === 0)
    faults.push({ id, rule: 'proof', message: 'it has neither evidence nor passage_ids' })
  for (const document of [...source_docs, ...passage_ids]) {
    if (!documents.has(document)) faults.push({ id, rule: 'document', message: `there is no document ${document} in the corpus` })
  }
  const own = source_docs.length > 0 ? source_docs : [...texts.keys()]
  for (const text of evidence) {
    if (!own.some((document) => texts.get(document)?.includes(spaced(text)))) {
      faults.push({ id, rule: 'evidence', message: `no source document has, word for word, “${shortened(text)}”` })
    }
  }
  return faults
}

/** An English way to say a Vietnamese fact cannot stand in the evidence: one of the ways is enough. */
function keyFaults(
  { id, answerable, must_include, evidence, source_docs }: GoldQuestion,
  documents: ReadonlyMap<string, GoldDocument>,
): GoldFault[] {
  if (!answerable || evidence.length === 0) return []
  const proof = [...evidence, ...source_docs.map((document) => documents.get(document)?.header ?? '')].join('\n')
  return must_include
    .map((need) => [need].flat())
    .filter((ways) => !ways.some((way) => holdsWords(proof, way)))
    .map((ways) => ({ id, rule: 'key', message: `the evidence does not hold ${ways.map((way) => `“${way}”`).join(' or ')}` }))
}

function doubles(golds: readonly GoldQuestion[]): GoldFault[] {
  const faults: GoldFault[] = []
  const seen = new Map<string, string>()
  for (const { id, question, history } of golds) {
    const said = JSON.stringify([comparisonKey(question), ...history.map(({ content }) => comparisonKey(content))])
    for (const key of [`id ${id}`, said]) {
      const other = seen.get(key)
      if (other === id) faults.push({ id, rule: 'double', message: 'its id is used twice' })
      else if (other !== undefined) faults.push({ id, rule: 'double', message: `${other} asks the same` })
      else seen.set(key, id)
    }
  }
  return faults
}

function shortened(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text
}
