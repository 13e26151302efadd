// In: the folder (or hub id) of a transformers.js embedding model. Out: how it is to be used: prefixes, pooling, weights file.
// The folder's own sentence-transformers files decide; for folders and hub ids without them the model family does.
import { existsSync, readFileSync } from 'node:fs'
import { basename, isAbsolute, join, resolve } from 'node:path'
import { z } from 'zod'
import { ThukyError } from '../errors.ts'

/** How texts become vectors with one model. */
export interface EmbeddingProfile {
  /** Absolute folder, or a hub id when `local` is false. */
  readonly model: string
  readonly local: boolean
  /** transformers.js name of the weights: `q8` reads `onnx/model_quantized.onnx`. */
  readonly dtype: 'q8' | 'fp16' | 'fp32'
  readonly pooling: 'mean' | 'cls'
  /** Put before a question, e.g. `query: `. */
  readonly queryPrefix: string
  /** Put before a passage, e.g. `passage: `. */
  readonly passagePrefix: string
}

const poolingSchema = z.looseObject({ pooling_mode_cls_token: z.boolean().optional(), pooling_mode_mean_tokens: z.boolean().optional() })
const promptsSchema = z.looseObject({ prompts: z.record(z.string(), z.string()).optional() })

const WEIGHTS = [
  ['q8', 'onnx/model_quantized.onnx'],
  ['fp32', 'onnx/model.onnx'],
  ['fp16', 'onnx/model_fp16.onnx'],
] as const

/** Families that need prefixes or another pooling than the mean; used when a model does not say so itself. */
const FAMILIES: readonly [RegExp, Pick<EmbeddingProfile, 'pooling' | 'queryPrefix' | 'passagePrefix'>][] = [
  [/e5(?!.*instruct)/i, { pooling: 'mean', queryPrefix: 'query: ', passagePrefix: 'passage: ' }],
  [/bge|gte|arctic/i, { pooling: 'cls', queryPrefix: '', passagePrefix: '' }],
]
const PLAIN = { pooling: 'mean', queryPrefix: '', passagePrefix: '' } as const

/**
 * Reads how a model is to be used.
 * @throws ThukyError `model` when there is no such folder, a file is missing, or a download would be needed but is not allowed
 */
export function readEmbeddingProfile(model: string, allowDownload: boolean): EmbeddingProfile {
  const folder = resolve(model)
  if (existsSync(folder)) return localProfile(folder)
  if (isAbsolute(model) || model.startsWith('.')) {
    throw new ThukyError('model', `There is no embedding model in ${model}; correct THUKY_MODEL or unset it to use the bundled model.`, {
      model,
    })
  }
  if (!/^[\w.-]+\/[\w.-]+$/.test(model)) {
    throw new ThukyError('model', `THUKY_MODEL is "${model}", but has to be a folder or a hub id such as Xenova/multilingual-e5-small.`, {
      model,
    })
  }
  if (!allowDownload) {
    throw new ThukyError(
      'model',
      `The model ${model} is no folder here and downloads are off; set THUKY_ALLOW_DOWNLOAD=true or THUKY_MODEL to a folder.`,
      { model },
    )
  }
  return { model, local: false, dtype: 'q8', ...family(model) }
}

function localProfile(folder: string): EmbeddingProfile {
  for (const file of ['config.json', 'tokenizer.json', 'tokenizer_config.json']) {
    if (!existsSync(join(folder, file))) {
      throw new ThukyError('model', `The model folder ${folder} lacks ${file}; use a complete transformers.js model folder.`, {
        folder,
        file,
      })
    }
  }
  const weights = WEIGHTS.find(([, file]) => existsSync(join(folder, file)))
  if (weights === undefined) {
    throw new ThukyError(
      'model',
      `The model folder ${folder} lacks onnx/model_quantized.onnx; export the model to ONNX for transformers.js.`,
      { folder },
    )
  }
  const pooling = readJson(join(folder, '1_Pooling', 'config.json'), poolingSchema)
  const prompts = readJson(join(folder, 'config_sentence_transformers.json'), promptsSchema)?.prompts
  const byFamily = family(basename(folder))
  return {
    model: folder,
    local: true,
    dtype: weights[0],
    pooling: pooling === undefined ? byFamily.pooling : pooling.pooling_mode_cls_token === true ? 'cls' : 'mean',
    queryPrefix: prompts?.['query'] ?? byFamily.queryPrefix,
    passagePrefix: prompts?.['passage'] ?? prompts?.['document'] ?? byFamily.passagePrefix,
  }
}

function family(name: string): Pick<EmbeddingProfile, 'pooling' | 'queryPrefix' | 'passagePrefix'> {
  return FAMILIES.find(([pattern]) => pattern.test(name))?.[1] ?? PLAIN
}

function readJson<T>(path: string, schema: z.ZodType<T>): T | undefined {
  if (!existsSync(path)) return undefined
  const parsed = schema.safeParse(parseJson(path))
  if (parsed.success) return parsed.data
  throw new ThukyError('model', `${path} is not a valid sentence-transformers description; restore it from the model's origin.`, { path })
}

function parseJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}
