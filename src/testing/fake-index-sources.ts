// In: a corpus folder and an index folder. Out: what an index is made with, with hashing embeddings in place of the model.
import { loadCorpusRules } from '../corpus/corpus-rules.ts'
import type { IndexSources } from '../indexing/update-index.ts'
import { HashingEmbeddings } from './hashing-embeddings.ts'

/** Index sources that remember the lines they were given for people. */
export class FakeIndexSources implements IndexSources {
  readonly rules = loadCorpusRules()
  readonly abbreviations = [{ short: ['ANTT'], long: 'an ninh trật tự' }]
  readonly embeddings: HashingEmbeddings
  readonly notes: string[] = []

  /** @param model stands for the model's files: another one makes an index stale */
  constructor(
    readonly corpusDir: string,
    readonly indexDir: string,
    private readonly model = 'hashing-64',
  ) {
    this.embeddings = new HashingEmbeddings(Number(model.split('-')[1]))
  }

  readonly embed = async (texts: readonly string[]) => Float32Array.from((await this.embeddings.embedDocuments([...texts])).flat())
  readonly dimension = async () => this.embeddings.dimension
  readonly fingerprint = async () => ({ files: [], sha256: this.model })
  readonly onNote = (line: string) => {
    this.notes.push(line)
  }
}
