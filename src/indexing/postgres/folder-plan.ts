// In: the files of a server's corpus folder, what it looked like when it was last in step with the database, and what the database
// holds. Out: what a person has changed in the folder since, to be done in the database. Pure.
import type { CorpusFile } from '../../corpus/read-corpus.ts'

/** A file of the folder when it was last in step. */
export interface FolderFile extends CorpusFile {
  /** Generation of the database then. */
  readonly seen: number
}

/** What the database says of a document. */
export interface KnownDocument {
  /** Generation that changed it last. */
  readonly generation: number
  /** Hash of its file; null when it has been removed. */
  readonly sha256: string | null
}

/**
 * How far the folder decides: `changes` by what was changed in it since it was last in step; `folder` by all that it holds;
 * `exactly` by what it does not hold too.
 */
export type FolderSay = 'changes' | 'folder' | 'exactly'

/** What is to be compared. */
export interface FolderComparison {
  /** Files of different ids, each with its id. */
  readonly files: readonly (CorpusFile & { readonly id: string })[]
  /** By path; empty when the folder has never been in step with this database. */
  readonly base: ReadonlyMap<string, FolderFile & { readonly id: string }>
  /** Generation of the database when the folder was last compared; −1 when it never was. */
  readonly comparedAt: number
  /** By id, removed ones included. */
  readonly known: ReadonlyMap<string, KnownDocument>
  readonly say: FolderSay
}

/** What is to be done in the database. */
export interface FolderPlan {
  readonly put: readonly (CorpusFile & { readonly id: string })[]
  /** Ids. */
  readonly remove: readonly string[]
  /** Paths that were changed here and in the database: what stands in the database stays. */
  readonly conflicts: readonly string[]
}

/** Compares. A write that another server has acknowledged is never undone by an older file. */
export function folderPlan({ files, base, comparedAt, known, say }: FolderComparison): FolderPlan {
  const put: FolderPlan['put'][number][] = []
  const conflicts: string[] = []
  const present = new Set(files.map(({ id }) => id))
  for (const file of files) {
    const document = known.get(file.id)
    if (document?.sha256 === file.sha256) continue
    const before = base.get(file.path)
    if (say !== 'changes') put.push(file)
    else if (before?.sha256 === file.sha256) continue
    else if (document === undefined || document.generation <= (before?.seen ?? comparedAt)) put.push(file)
    else if (comparedAt >= 0) conflicts.push(file.path)
  }
  const gone = [...base.values()].filter(({ id }) => !present.has(id))
  const remove =
    say === 'exactly'
      ? [...known].flatMap(([id, { sha256 }]) => (sha256 === null || present.has(id) ? [] : [id]))
      : gone.flatMap(({ id, sha256 }) => (known.get(id)?.sha256 === sha256 ? [id] : []))
  return { put, remove: say === 'folder' ? [] : [...new Set(remove)], conflicts }
}
