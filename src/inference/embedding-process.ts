// The child process: loads the models, turns texts into vectors and reads passages. In: messages of `ToChild`. Out: messages of
// `FromChild`.
// It runs apart because the runtime blocks its process while it computes and can only be stopped safely by ending it.
import { basename, dirname } from 'node:path'
import type { PreTrainedTokenizer } from '@xenova/transformers'
import { messageOf } from '../errors.ts'
import { lengthSortedBatches } from './batches.ts'
import type { EmbeddingProfile } from './embedding-profile.ts'
import type { FromChild, TextKind, ToChild } from './embedding-protocol.ts'
import { PassageReader } from './passage-reader.ts'

/** The tokeniser runs over the whole text before it cuts, so the text is cut first; 512 tokens never need more. */
const MAX_TEXT_LENGTH = 8000
const MAX_TOKENS = 512

interface Tensor {
  readonly data: Float32Array
  readonly dims: readonly number[]
}

/** A loaded model: embeds texts one batch after the other. */
class Embedder {
  private constructor(
    private readonly profile: EmbeddingProfile,
    private readonly tokenizer: PreTrainedTokenizer,
    private readonly encode: (text: string) => number[],
    private readonly run: (batch: readonly (readonly number[])[]) => Promise<Tensor>,
  ) {}

  static async load(profile: EmbeddingProfile, allowDownload: boolean): Promise<Embedder> {
    const { AutoModel, AutoTokenizer, env, Tensor } = await import('@xenova/transformers')
    env.allowRemoteModels = allowDownload && !profile.local
    env.allowLocalModels = profile.local
    if (profile.local) env.localModelPath = dirname(profile.model)
    const name = profile.local ? basename(profile.model) : profile.model
    const options = { local_files_only: profile.local }
    const tokenizer = await AutoTokenizer.from_pretrained(name, options)
    const session_options = { intraOpNumThreads: 1, interOpNumThreads: 1, executionMode: 'sequential' as const }
    const model = await AutoModel.from_pretrained(name, { ...options, dtype: profile.dtype, device: 'cpu', session_options })
    const padId = BigInt(tokenizer.pad_token_id ?? 0)
    const wantsTypes = JSON.stringify(Object.values(model.sessions).map((session) => session.inputNames)).includes('token_type_ids')
    const encode = (text: string) => {
      const tokens = tokenizer.encode(text) as number[]
      return tokens.length <= MAX_TOKENS ? tokens : [...tokens.slice(0, MAX_TOKENS - 1), tokens.at(-1) as number]
    }
    const run = async (batch: readonly (readonly number[])[]): Promise<Tensor> => {
      const length = Math.max(...batch.map((ids) => ids.length))
      const ids = new BigInt64Array(batch.length * length).fill(padId)
      const mask = new BigInt64Array(batch.length * length)
      batch.forEach((row, index) => {
        row.forEach((id, position) => {
          ids[index * length + position] = BigInt(id)
          mask[index * length + position] = 1n
        })
      })
      const dims = [batch.length, length]
      const inputs = {
        input_ids: new Tensor('int64', ids, dims),
        attention_mask: new Tensor('int64', mask, dims),
        ...(wantsTypes ? { token_type_ids: new Tensor('int64', new BigInt64Array(ids.length), dims) } : {}),
      }
      const { last_hidden_state } = await model(inputs)
      return last_hidden_state as Tensor
    }
    return new Embedder(profile, tokenizer, encode, run)
  }

  /** The tokenizer, when it is that of a folder. */
  tokenizerOf(folder: string): PreTrainedTokenizer | undefined {
    return this.profile.local && this.profile.model === folder ? this.tokenizer : undefined
  }

  /** Vectors row-major, n × dimension, L2-normalised, in the order of the texts. */
  async embed(
    kind: TextKind,
    texts: readonly string[],
  ): Promise<{ vectors: Float32Array; dimension: number; tokenizeMs: number; inferMs: number }> {
    const started = performance.now()
    const prefix = kind === 'query' ? this.profile.queryPrefix : this.profile.passagePrefix
    const ids = texts.map((text) => this.encode(prefix + text.slice(0, MAX_TEXT_LENGTH)))
    const tokenized = performance.now()
    let vectors = new Float32Array(0)
    let dimension = 0
    for (const batch of lengthSortedBatches(ids.map((row) => row.length))) {
      const rows = batch.map((position) => ids[position] as number[])
      const hidden = await this.run(rows)
      dimension = hidden.dims[2] as number
      if (vectors.length === 0) vectors = new Float32Array(texts.length * dimension)
      batch.forEach((position, index) => {
        const at = index * (hidden.dims[1] as number) * dimension
        const length = this.profile.pooling === 'cls' ? 1 : (rows[index] as number[]).length
        vectors.set(pooled(hidden.data, at, length, dimension), position * dimension)
      })
    }
    return { vectors, dimension, tokenizeMs: tokenized - started, inferMs: performance.now() - tokenized }
  }
}

/** Mean of `length` token rows from `at` on, scaled to length 1. */
function pooled(hidden: Float32Array, at: number, length: number, dimension: number): Float32Array {
  const sum = new Float32Array(dimension)
  for (let token = 0; token < length; token++) {
    for (let i = 0; i < dimension; i++) sum[i] = (sum[i] as number) + (hidden[at + token * dimension + i] as number)
  }
  const norm = Math.hypot(...sum) || 1
  return sum.map((value) => value / norm)
}

const send = (message: FromChild) => process.send?.(message)

let embedder: Embedder | undefined
/** Loaded when there is something to read: building an index needs none. */
let reader: (() => Promise<PassageReader>) | undefined

async function load({ profile, allowDownload, reader: wanted }: Extract<ToChild, { type: 'load' }>): Promise<FromChild> {
  const started = performance.now()
  try {
    const model = await Embedder.load(profile, allowDownload)
    embedder = model
    const { dimension } = await model.embed('query', ['a'])
    let loaded: Promise<PassageReader> | undefined
    if (wanted !== undefined) reader = () => (loaded ??= PassageReader.load(wanted, model.tokenizerOf(wanted.tokenizerFolder)))
    return { type: 'ready', dimension, loadMs: performance.now() - started }
  } catch (error) {
    return { type: 'unusable', message: messageOf(error) }
  }
}

async function done(message: Exclude<ToChild, { type: 'load' }>): Promise<FromChild> {
  const { id } = message
  try {
    if (message.type === 'read') {
      if (reader === undefined) throw new Error('no reader is loaded')
      return { type: 'read', id, readings: await (await reader()).read(message.question, message.windows) }
    }
    if (embedder === undefined) throw new Error('no model is loaded')
    const { vectors, tokenizeMs, inferMs } = await embedder.embed(message.kind, message.texts)
    return { type: 'embedded', id, vectors, tokenizeMs, inferMs }
  } catch (error) {
    return { type: 'failed', id, message: messageOf(error) }
  }
}

async function handle(message: ToChild): Promise<void> {
  send(message.type === 'load' ? await load(message) : await done(message))
}

let work: Promise<void> = Promise.resolve()
process.on('message', (message: ToChild) => {
  work = work.then(() => handle(message))
})
process.on('disconnect', () => process.exit(0))
process.on('SIGINT', () => {})
