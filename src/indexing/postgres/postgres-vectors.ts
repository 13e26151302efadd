// In: a question's vector, or labels. Out: nearest labels, found in the database, and vectors, fetched from it. A label never gets
// another vector, so what has been fetched is kept for as long as there is room.
import type { Neighbour } from '../hnsw-graph.ts'
import { dot } from '../vector-matrix.ts'
import type { VectorLookup, VectorSearch } from '../vector-search.ts'
import { vectorBytes, vectorFromBytes } from './binary-vectors.ts'
import type { Database } from './database.ts'
import { type VectorTable, vectorRow } from './schema.ts'

/** Vectors kept in memory for each table: 31 MB at 384 dimensions. */
const KEPT_VECTORS = 20_000
/** Up to this many allowed labels, and for filters that leave at most a tenth, exact search is faster than a filtered graph. */
const EXACT_LIMIT = 20_000

/** Vectors fetched before, those used last kept longest. Shared by the generations of one process. */
export class VectorCache {
  readonly #vectors = new Map<number, Float32Array>()

  /** @param limit vectors kept; default 20,000 */
  constructor(private readonly limit: number = KEPT_VECTORS) {}

  get(label: number): Float32Array | undefined {
    const vector = this.#vectors.get(label)
    if (vector === undefined) return undefined
    this.#vectors.delete(label)
    this.#vectors.set(label, vector)
    return vector
  }

  set(label: number, vector: Float32Array): void {
    this.#vectors.set(label, vector)
    if (this.#vectors.size <= this.limit) return
    const { value } = this.#vectors.keys().next()
    if (value !== undefined) this.#vectors.delete(value)
  }
}

/** What the vectors of a generation are looked up with. */
export interface PostgresVectorsOptions {
  readonly database: Database
  readonly table: VectorTable
  readonly cache: VectorCache
  /** Labels of the generation: those of later ones are in the table too. */
  readonly has: (label: number) => boolean
  /** How many there are. */
  readonly size: number
}

/** Vectors in a table of PostgreSQL. */
export class PostgresVectors implements VectorSearch {
  readonly #options: PostgresVectorsOptions

  constructor(options: PostgresVectorsOptions) {
    this.#options = options
  }

  get size(): number {
    return this.#options.size
  }

  async nearest(query: Float32Array, k: number, allowed?: ReadonlySet<number>): Promise<readonly Neighbour[]> {
    const { has, size } = this.#options
    if (allowed === undefined) return (await this.#inTable(query, k)).filter(({ label }) => has(label))
    if (allowed.size <= EXACT_LIMIT || allowed.size * 10 <= size) return this.#among(query, k, allowed)
    const found = (await this.#inTable(query, Math.min(size, k * 4))).filter(({ label }) => allowed.has(label))
    return found.length >= k ? found.slice(0, k) : this.#among(query, k, allowed)
  }

  async vectorsOf(labels: readonly number[]): Promise<VectorLookup> {
    const { database, table, cache } = this.#options
    const found = new Map<number, Float32Array>()
    const missing: number[] = []
    for (const label of labels) {
      const kept = cache.get(label)
      if (kept === undefined) missing.push(label)
      else found.set(label, kept)
    }
    if (missing.length > 0) {
      const rows = await database.rows(
        `SELECT label, vector_send(embedding) AS embedding FROM thuky.${table} WHERE label = ANY($1::bigint[])`,
        [missing],
      )
      for (const row of rows) {
        const { label, embedding } = vectorRow.parse(row)
        const vector = vectorFromBytes(embedding)
        found.set(label, vector)
        cache.set(label, vector)
      }
    }
    return {
      vector: (label) => found.get(label),
      similarity: (query, label) => {
        const vector = found.get(label)
        return vector === undefined ? undefined : dot(query, vector)
      },
    }
  }

  /** By the graph where there is one, else exact. */
  #inTable(query: Float32Array, k: number): Promise<Neighbour[]> {
    return this.#neighbours(`FROM thuky.${this.#options.table} ORDER BY embedding <#> $1::vector LIMIT $2`, [vectorBytes(query), k])
  }

  /** Exact: the sort needs the label too, which no graph gives. */
  #among(query: Float32Array, k: number, allowed: ReadonlySet<number>): Promise<Neighbour[]> {
    const { table } = this.#options
    const values = [vectorBytes(query), k, [...allowed]]
    return this.#neighbours(`FROM thuky.${table} WHERE label = ANY($3::bigint[]) ORDER BY embedding <#> $1::vector, label LIMIT $2`, values)
  }

  async #neighbours(from: string, values: readonly unknown[]): Promise<Neighbour[]> {
    const rows = await this.#options.database.rows(`SELECT label, -(embedding <#> $1::vector) AS similarity ${from}`, values)
    return rows
      .map((row) => ({ label: Number(row['label']), similarity: Number(row['similarity']) }))
      .sort((a, b) => b.similarity - a.similarity || a.label - b.label)
  }
}
