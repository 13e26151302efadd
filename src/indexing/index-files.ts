// In: contents of a new generation. Out: files below the index, forced to disk and read back, with size and hash. A file is never
// written twice: its name holds the generation.
import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ThukyError } from '../errors.ts'
import { HnswGraph } from './hnsw-graph.ts'
import { describeFile, type IndexFile, type IndexGraph, type IndexVectors } from './index-manifest.ts'
import type { VectorMatrix } from './vector-matrix.ts'

/** The files of one segment of one generation. */
export class IndexFiles {
  /**
   * @param generation the one being written
   * @param number of the segment within the generation
   */
  constructor(
    private readonly indexDir: string,
    private readonly generation: number,
    private readonly number: number,
  ) {}

  /** Writes a part. @throws ThukyError `unavailable` when something else was read back */
  async put(part: string, extension: string, content: string | Uint8Array): Promise<IndexFile> {
    const name = this.#name(part, extension)
    await writeFile(join(this.indexDir, name), content)
    const written = await describeFile(this.indexDir, name)
    if (written.sha256 === createHash('sha256').update(content).digest('hex')) return written
    throw new ThukyError('unavailable', `The file ${name} of the index was not written whole; check the disk, then run thuky index.`)
  }

  /** Writes vectors with the labels of their rows. @throws ThukyError as `put` */
  async putVectors(part: string, { values, labels }: VectorMatrix): Promise<IndexVectors> {
    return { vectors: await this.put(part, 'f32', bytesOf(values)), labels: await this.put(part, 'labels', bytesOf(labels)) }
  }

  /** Writes a graph with its vectors and opens it once to see that it can be. @throws ThukyError as `put`, and `index` */
  async putGraph(part: string, graph: HnswGraph, matrix: VectorMatrix): Promise<IndexGraph> {
    const { count, deleted, dimension } = graph
    const name = this.#name(part, 'hnsw')
    await graph.write(join(this.indexDir, name))
    const file = await describeFile(this.indexDir, name)
    await HnswGraph.open(join(this.indexDir, name), { dimension, count, deleted })
    return { file, count, deleted, ...(await this.putVectors(part, matrix)) }
  }

  #name(part: string, extension: string): string {
    return `${part}-${this.number}.${this.generation}.${extension}`
  }
}

/** Names of files that a generation may have left. */
export const INDEX_FILE_NAME = /^(?:documents|passages|sentences|postings|lexical)(?:-\d+)?\.\d+\.(?:jsonl|hnsw|f32|labels|bin)$/

const bytesOf = (array: Float32Array | Uint32Array) => new Uint8Array(array.buffer, array.byteOffset, array.byteLength)
