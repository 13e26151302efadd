// In: the index folder. Out: its manifest, checked; written last and by renaming, so that a manifest always names whole files.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { link, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'

const fileSchema = z.object({ name: z.string().regex(/^[\w.-]+$/), size: z.int().min(0), sha256: z.string() })
/** Indexes made when passages had a graph too name it here; it is not read. */
const vectorsSchema = z.object({ vectors: fileSchema, labels: fileSchema })
const graphSchema = vectorsSchema.extend({ file: fileSchema, count: z.int().min(0), deleted: z.int().min(0) })

const segmentSchema = z.object({
  documents: fileSchema,
  passages: vectorsSchema,
  sentences: graphSchema,
  postings: fileSchema,
  /** Path of each document and the key it is known by, in the order of the file. */
  keys: z.array(z.tuple([z.string(), z.string()])),
})

/** Raise when the files change: an index of another format is rebuilt. */
export const INDEX_FORMAT = 2

/** What an index was made from and what it consists of. */
export const indexManifestSchema = z.object({
  format: z.literal(INDEX_FORMAT),
  generation: z.int().min(1),
  createdAt: z.string(),
  /** Everything but the corpus that decides the content; a difference makes the index stale. */
  recipe: z.object({ model: z.string(), dimension: z.int().min(1), splitter: z.int(), terms: z.int(), rules: z.string() }),
  modelFiles: z.array(z.object({ path: z.string(), size: z.number(), mtimeMs: z.number(), sha256: z.string() })),
  corpus: z.array(z.object({ path: z.string(), size: z.number(), mtimeMs: z.number(), sha256: z.string() })),
  skipped: z.array(z.object({ path: z.string(), reason: z.string() })),
  nextLabel: z.int().min(0),
  /** Documents in groups that were written together; what is added later becomes a group of its own until groups are joined. */
  segments: z.array(segmentSchema),
})

/** A checked manifest. */
export type IndexManifest = z.output<typeof indexManifestSchema>
/** Files of the documents that were written together. */
export type IndexSegment = z.output<typeof segmentSchema>
/** Files of vectors. */
export type IndexVectors = z.output<typeof vectorsSchema>
/** Files of vectors with their graph. */
export type IndexGraph = z.output<typeof graphSchema>
/** Name, size and hash of one file of the index. */
export type IndexFile = z.output<typeof fileSchema>

/** The current manifest and the one before it. */
export const MANIFESTS = ['manifest.json', 'manifest.previous.json'] as const

/** The manifest, or undefined when it is missing, damaged or of another format. */
export async function readManifest(
  indexDir: string,
  name: (typeof MANIFESTS)[number] = 'manifest.json',
): Promise<IndexManifest | undefined> {
  try {
    return indexManifestSchema.parse(JSON.parse(await readFile(join(indexDir, name), 'utf8')))
  } catch {
    return undefined
  }
}

/** All files a manifest names. */
export function manifestFiles({ segments }: IndexManifest): IndexFile[] {
  return segments.flatMap(segmentFiles)
}

/** All files of a segment. */
export function segmentFiles({ documents, passages, sentences, postings }: IndexSegment): IndexFile[] {
  return [documents, passages.vectors, passages.labels, sentences.file, sentences.vectors, sentences.labels, postings]
}

/** The same segment with other files; each is given with the name of its part. */
export async function withFiles(
  segment: IndexSegment,
  change: (file: IndexFile, part: string) => Promise<IndexFile>,
): Promise<IndexSegment> {
  const changed = async (part: 'passages' | 'sentences'): Promise<IndexVectors> => {
    const { vectors, labels } = segment[part]
    return { vectors: await change(vectors, part), labels: await change(labels, part) }
  }
  const { sentences } = segment
  return {
    ...segment,
    documents: await change(segment.documents, 'documents'),
    passages: await changed('passages'),
    sentences: { ...sentences, file: await change(sentences.file, 'sentences'), ...(await changed('sentences')) },
    postings: await change(segment.postings, 'postings'),
  }
}

/** Vectors of a segment. */
export function segmentSize({ passages, sentences }: IndexSegment): number {
  return vectorCount(passages) + vectorCount(sentences)
}

/** How many vectors there are, without those that are left in a graph as ways through it. */
export const vectorCount = ({ labels }: IndexVectors) => labels.size / Uint32Array.BYTES_PER_ELEMENT

/** The first file that is missing or not what it should be; undefined when all are whole. */
export async function damagedFile(indexDir: string, files: readonly IndexFile[]): Promise<IndexFile | undefined> {
  for (const file of files) if (!(await isWhole(indexDir, file))) return file
  return undefined
}

/** Whether a file is there with the size and hash it should have. */
export async function isWhole(indexDir: string, file: IndexFile): Promise<boolean> {
  const path = join(indexDir, file.name)
  const found = await stat(path).catch(() => undefined)
  return found?.size === file.size && (await fileHash(path).catch(() => undefined)) === file.sha256
}

/** Writes a file, forces it to disk, reads it back and returns its description. */
export async function describeFile(indexDir: string, name: string): Promise<IndexFile> {
  const path = join(indexDir, name)
  const handle = await open(path, 'r+')
  await handle.sync().finally(() => handle.close())
  return { name, size: (await stat(path)).size, sha256: await fileHash(path) }
}

/**
 * Makes a manifest the current one; the current one becomes the previous.
 * @param keepPrevious false when the generation before holds what has been removed and must not outlive it
 */
export async function publishManifest(indexDir: string, manifest: IndexManifest, keepPrevious = true): Promise<void> {
  const temporary = join(indexDir, `manifest.${manifest.generation}.tmp`)
  const handle = await open(temporary, 'w')
  try {
    await handle.writeFile(`${JSON.stringify(manifest)}\n`)
    await handle.sync()
  } finally {
    await handle.close()
  }
  const [current, previous] = MANIFESTS.map((name) => join(indexDir, name)) as [string, string]
  await rm(previous, { force: true })
  if (keepPrevious)
    await link(current, previous).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error
    })
  await rename(temporary, current)
  const folder = await open(indexDir, 'r')
  await folder.sync().finally(() => folder.close())
}

async function fileHash(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash)
  return hash.digest('hex')
}
