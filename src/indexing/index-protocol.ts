// In: nothing (types). Out: the messages between the server and the process that writes its index. Both sides are ours and of
// one version. Vectors are computed where the model is, so the writer asks for them.
import type { ErrorKind } from '../errors.ts'
import type { EmbeddingProfile } from '../inference/embedding-profile.ts'
import type { IndexReport } from './index-writer.ts'
import type { IndexProgress } from './segment-writer.ts'

/** What the writer can be told to do. */
export type IndexTask =
  | { readonly type: 'update'; readonly rebuild: boolean }
  /** Reads a file as if it lay at `path` below the corpus, and says whether it can be a document. */
  | { readonly type: 'check'; readonly file: string; readonly path: string }
  /** Keeps a file at `path` below the corpus of a database, or removes a document from it. */
  | { readonly type: 'put'; readonly file: string; readonly path: string }
  | { readonly type: 'remove'; readonly id: string }

/** What an index process works on. */
export interface IndexPlace {
  readonly corpusDir: string
  readonly indexDir: string
  readonly profile: EmbeddingProfile
  /** DATABASE_URL where the index is kept in a database; null where it lies in files. */
  readonly database: string | null
}

/** To the index process: where it works (once), tasks, and answers to what it asked for. */
export type ToIndexProcess =
  | { readonly type: 'place'; readonly place: IndexPlace }
  | { readonly type: 'task'; readonly id: number; readonly task: IndexTask }
  | { readonly type: 'answer'; readonly id: number; readonly vectors?: Float32Array; readonly dimension?: number }
  | { readonly type: 'refused'; readonly id: number; readonly kind: ErrorKind; readonly message: string }

/** What a database did with a document. */
export type PutOutcome = 'created' | 'replaced' | 'unchanged'

/** From the index process. A check without fault has no `reason`. */
export type FromIndexProcess =
  | {
      readonly type: 'done'
      readonly id: number
      readonly report?: IndexReport
      readonly reason?: string
      readonly outcome?: PutOutcome
      readonly found?: boolean
    }
  | { readonly type: 'failed'; readonly id: number; readonly kind: ErrorKind | undefined; readonly message: string }
  | { readonly type: 'embed'; readonly id: number; readonly texts: readonly string[] }
  | { readonly type: 'dimension'; readonly id: number }
  | { readonly type: 'note'; readonly line: string }
  | { readonly type: 'progress'; readonly progress: IndexProgress }
