// In: a question and windows: lists of neighbouring sentences of a passage. Out: what the reader says of each. Runs in the model
// process only.
import { basename, dirname } from 'node:path'
import type { PreTrainedTokenizer } from '@xenova/transformers'
import { lengthSortedBatches } from './batches.ts'
import type { ReaderProfile } from './reader-profile.ts'
import { type WindowReading, windowReading } from './window-reading.ts'
import { rememberingEncoder, type WordEncoder, type WordTokens, wordTokens } from './word-tokens.ts'

/** Most tokens of the question and of the whole pair, as in training. */
const QUESTION_TOKENS = 56
const PAIR_TOKENS = 320

interface Tensor {
  readonly data: Float32Array
  readonly dims: readonly number[]
}

/** Ids that open a pair, close its parts, and fill up. */
interface SpecialIds {
  readonly open: number
  readonly close: number
  readonly pad: number
}

type Run = (inputs: { ids: BigInt64Array; mask: BigInt64Array; dims: number[] }) => Promise<Tensor>

/** A loaded reader. */
export class PassageReader {
  private constructor(
    private readonly encode: WordEncoder,
    private readonly special: SpecialIds,
    private readonly run: Run,
  ) {}

  /** @param loaded the tokenizer of the same folder, where it is in memory already */
  static async load({ folder, tokenizerFolder }: ReaderProfile, loaded?: PreTrainedTokenizer): Promise<PassageReader> {
    const { AutoModel, AutoTokenizer, env, Tensor } = await import('@xenova/transformers')
    env.allowLocalModels = true
    env.localModelPath = dirname(tokenizerFolder)
    const tokenizer = loaded ?? (await AutoTokenizer.from_pretrained(basename(tokenizerFolder), { local_files_only: true }))
    env.localModelPath = dirname(folder)
    const session_options = {
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
      executionMode: 'sequential' as const,
      // Windows have ever new lengths; to plan memory for each of them takes 30 MB and saves no time.
      enableMemPattern: false,
    }
    const model = await AutoModel.from_pretrained(basename(folder), {
      local_files_only: true,
      dtype: 'q8',
      device: 'cpu',
      session_options,
    })
    const [open, close] = tokenizer.encode('') as number[]
    const encode = rememberingEncoder((word) => tokenizer.encode(word, { add_special_tokens: false }) as number[])
    const run: Run = async ({ ids, mask, dims }) => {
      const inputs = {
        input_ids: new Tensor('int64', ids, dims),
        attention_mask: new Tensor('int64', mask, dims),
        token_type_ids: new Tensor('int64', new BigInt64Array(ids.length), dims),
      }
      return (await model(inputs)).logits as Tensor
    }
    return new PassageReader(encode, { open: open as number, close: close as number, pad: tokenizer.pad_token_id ?? 1 }, run)
  }

  /** One reading for each window, in order. */
  async read(question: string, windows: readonly (readonly string[])[]): Promise<WindowReading[]> {
    const { open, close } = this.special
    const head = [open, ...wordTokens(question, this.encode, QUESTION_TOKENS).ids, close, close]
    const read = windows.map((sentences) => this.#tokens(sentences, PAIR_TOKENS - head.length - 1))
    const rows = read.map((sentences) => [...head, ...sentences.flatMap(({ ids }) => ids), close])
    const readings: WindowReading[] = []
    for (const batch of lengthSortedBatches(rows.map((row) => row.length))) {
      const scores = await this.#scores(batch.map((place) => rows[place] as number[]))
      batch.forEach((place, i) => {
        readings[place] = windowReading(read[place] as WordTokens[], { scores: scores[i] as Float32Array, offset: head.length })
      })
    }
    return readings
  }

  /** Tokens of the sentences, at most `limit` together. */
  #tokens(sentences: readonly string[], limit: number): WordTokens[] {
    let left = limit
    return sentences.map((sentence) => {
      const tokens = wordTokens(sentence, this.encode, left)
      left -= tokens.ids.length
      return tokens
    })
  }

  async #scores(rows: readonly (readonly number[])[]): Promise<Float32Array[]> {
    const length = Math.max(...rows.map((row) => row.length))
    const ids = new BigInt64Array(rows.length * length).fill(BigInt(this.special.pad))
    const mask = new BigInt64Array(ids.length)
    rows.forEach((row, at) => {
      row.forEach((id, token) => {
        ids[at * length + token] = BigInt(id)
        mask[at * length + token] = 1n
      })
    })
    const { data } = await this.run({ ids, mask, dims: [rows.length, length] })
    return rows.map((row, at) => data.slice(2 * at * length, 2 * (at * length + row.length)))
  }
}
