// In: the name of a variant, such as `dense`, `without=words` or `fusion=rrf+strictness=0.2`. Out: the configuration and the parts
// that differ from the product as it is served.
import { basename, join, resolve } from 'node:path'
import { FEATURE_GROUPS } from '../answering/sentence-feature-names.ts'
import { readSentenceWeights, type SentenceWeights } from '../answering/sentence-weights.ts'
import type { AssistantOverrides } from '../assistant-options.ts'
import type { Config } from '../config.ts'
import { ThukyError } from '../errors.ts'
import type { FusionMethod } from '../retrieval/fusion.ts'

/** A way to set the product up. */
export interface Variant {
  readonly name: string
  readonly config: Config
  readonly overrides: Pick<AssistantOverrides, 'retrieval' | 'sentenceWeights'>
}

/** Name of the product as it is. */
export const SERVED = 'served'

const FUSIONS: Readonly<Record<string, FusionMethod>> = { dense: 'dense', bm25: 'lexical', rrf: 'rrf', fusion: 'min-max' }
const GROUPS = Object.keys(FEATURE_GROUPS) as readonly (keyof typeof FEATURE_GROUPS)[]

/** Variants that leave out one group of sentence features each. */
export const FEATURE_VARIANTS: readonly string[] = GROUPS.map((group) => `without=${group}`)

/** All settings, in words for people. */
export const VARIANT_HELP = `${SERVED}, dense, bm25, rrf, features (each group of sentence features off), or settings joined by +: fusion=dense|bm25|rrf, without=${GROUPS.join('|')}, strictness=0–1, reader=off|FOLDER, chat=off, model=FOLDER`

/** Sets a variant up. @throws ThukyError `usage` for a name that says nothing */
export function variantOf(name: string, config: Config): Variant {
  let variant: Variant = { name, config, overrides: {} }
  for (const part of name.split('+')) variant = withSetting(variant, part)
  return variant
}

function withSetting(variant: Variant, part: string): Variant {
  if (part === SERVED) return variant
  const { config, overrides } = variant
  const at = part.indexOf('=')
  const [key, value] = at < 0 ? ['fusion', part] : [part.slice(0, at), part.slice(at + 1)]
  if (key === 'fusion' && FUSIONS[value] !== undefined) {
    return { ...variant, overrides: { ...overrides, retrieval: { ...overrides.retrieval, fusion: { method: FUSIONS[value] } } } }
  }
  if (key === 'strictness' && /^(?:0(?:\.\d+)?|1(?:\.0+)?)$/.test(value))
    return { ...variant, config: { ...config, strictness: Number(value) } }
  const group = GROUPS.find((each) => each === value)
  if (key === 'without' && group !== undefined) {
    return { ...variant, overrides: { ...overrides, sentenceWeights: withoutGroup(overrides.sentenceWeights, group) } }
  }
  if (key === 'reader' && value !== '') return { ...variant, config: { ...config, reader: value === 'off' ? null : resolve(value) } }
  if (key === 'chat' && value === 'off') return { ...variant, config: { ...config, chatModel: null } }
  if (key === 'model' && value !== '') return { ...variant, config: withModel(config, value) }
  throw new ThukyError('usage', `There is no variant "${part}"; choose from: ${VARIANT_HELP}.`, { variant: part })
}

function withoutGroup(weights: SentenceWeights = readSentenceWeights(), group: keyof typeof FEATURE_GROUPS): SentenceWeights {
  return { ...weights, ...Object.fromEntries(FEATURE_GROUPS[group].map((name) => [name, 0])) }
}

/** Another model needs an index of its own. */
function withModel(config: Config, model: string): Config {
  return { ...config, model: resolve(model), indexDir: join(config.indexDir, 'evaluation', basename(model)) }
}
