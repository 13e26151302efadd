// LanceDB in hybrid mode: its full-text index and vectors of the same pieces, with the model's prefixes, joined by its rank fusion.
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect, Index, rerankers, type Table } from '@lancedb/lancedb'
import { embedder, pieces, serve } from './peer.js'

let table: Table | undefined
let embed: Awaited<ReturnType<typeof embedder>> | undefined

serve({
  async index(documents, model) {
    embed = await embedder(model)
    const rows: Record<string, unknown>[] = []
    for (const { id, text } of await pieces(documents)) rows.push({ document: id, text, vector: await embed('passage', text) })
    const database = await connect(mkdtempSync(join(tmpdir(), 'lancedb-')))
    table = await database.createTable('pieces', rows)
    await table.createIndex('text', { config: Index.fts() })
  },
  async ask(question) {
    const vector = (await embed?.('query', question)) ?? []
    const reranker = await rerankers.RRFReranker.create()
    const found = await table?.query().nearestTo(vector).fullTextSearch(question).rerank(reranker).limit(20).toArray()
    return (found ?? []).map((row) => String(row.document))
  },
})
