// In: a folder of documents and gold questions they answer. Out: rows of the same questions where the sentences that answer them have
// been cut out of the documents: the right event, told in its own words, but without what is asked. The documents are copies.
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createAssistant } from '../src/assistant.ts'
import { loadConfig } from '../src/config.ts'
import type { SourceDocument } from '../src/corpus/source-document.ts'
import { holdsWords, overlapsEvidence } from '../src/evaluation/answer-match.ts'
import { type GoldQuestion, goldQuestions } from '../src/evaluation/gold-question.ts'
import type { CorpusIndex } from '../src/indexing/corpus-index.ts'
import type { LanguageKnowledge } from '../src/language/knowledge.ts'
import { type Split, splitOf } from './data-sets.ts'
import { type RefusalRow, refusalRows } from './refusal-rows.ts'

/** Most of a document that may be cut; beyond it is another document. */
const MOST = 0.4
const nothingRight = () => false

/** What is cut out of what. */
export interface ProofCutTask {
  /** Documents and gold file. */
  readonly corpus: string
  readonly gold: string
  /** Folder for the copies and their index. */
  readonly folder: string
  /** Rows are of the group `… proof cut`. */
  readonly group: string
  readonly split: Split
  readonly knowledge: LanguageKnowledge
  readonly say: (line: string) => void
}

/** Rows of the answerable questions of one half, each asked of documents without its proof. Takes a second or two for each. */
export async function proofCutRows({ corpus, gold, folder, group, split, knowledge, say }: ProofCutTask): Promise<RefusalRow[]> {
  const copies = join(folder, 'corpus')
  rmSync(copies, { recursive: true, force: true })
  cpSync(corpus, copies, { recursive: true })
  const assistant = createAssistant(loadConfig({ corpus: copies, index: join(folder, 'index') }))
  const whole = await assistant.index()
  const questions = goldQuestions(readFileSync(gold, 'utf8')).filter(
    ({ id, answerable, history }) => answerable && history.length === 0 && splitOf(id) === split,
  )
  const rows: RefusalRow[] = []
  for (const question of questions) {
    const cut = cutDocuments(question, whole, copies)
    if (cut === undefined) continue
    for (const { path, text } of cut) writeFileSync(path, text)
    await assistant.updateIndex()
    const { id } = question
    const one = { id: `${id}~cut`, question: question.question, group: `${group} proof cut`, answerable: false, without: new Set<string>() }
    for (const form of ['accented', 'unaccented'] as const) {
      rows.push(...(await refusalRows(assistant, [{ ...one, isRight: nothingRight }], { knowledge, form, alsoUnread: true })))
    }
    for (const { path, before } of cut) writeFileSync(path, before)
  }
  await assistant.close()
  say(`${group}: ${questions.length} questions, ${rows.length} rows without their proof`)
  return rows
}

interface CutDocument {
  readonly path: string
  readonly before: string
  readonly text: string
}

/** The documents that hold the proof, without it; undefined when it cannot be cut out or too little would be left. */
function cutDocuments({ evidence, must_include }: GoldQuestion, index: CorpusIndex, folder: string): CutDocument[] | undefined {
  const cut: CutDocument[] = []
  for (const document of index.documents.values()) {
    const doomed = sentencesOf(document, index).filter(
      ({ start, end, text }) =>
        evidence.some((proof) => overlapsEvidence(document.text, start, end, proof)) ||
        (evidence.some((proof) => document.text.includes(proof)) &&
          must_include.some((keys) => [keys].flat().some((key) => holdsWords(text, key)))),
    )
    if (doomed.length === 0) continue
    if (doomed.reduce((sum, { text }) => sum + text.length, 0) > MOST * document.text.length) return undefined
    const path = join(folder, document.path)
    const before = readFileSync(path, 'utf8')
    const text = doomed.reduce((rest, sentence) => rest.replace(sentence.text, ''), before.normalize('NFC'))
    if (doomed.some((sentence) => text.includes(sentence.text))) return undefined
    cut.push({ path, before, text })
  }
  return cut.length === 0 ? undefined : cut
}

function sentencesOf({ id, text }: SourceDocument, index: CorpusIndex) {
  const seen = new Set<number>()
  return [...index.passages.values()]
    .filter(({ documentId }) => documentId === id)
    .flatMap(({ sentences }) => sentences)
    .filter(({ start }) => !seen.has(start) && seen.add(start))
    .map(({ start, end }) => ({ start, end, text: text.slice(start, end) }))
}
