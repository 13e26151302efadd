// npm run eval:gates -- --data DIR [--news DIR]: learns from what likelihood on a question is answered, on tune halves, and writes
// data/refusal-weights.json with the figures that speak for it. Never looks at report or vault.
import { readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { Command } from 'commander'
import { z } from 'zod'
import { REFUSAL_FEATURE_GROUPS, REFUSAL_FEATURE_NAMES, type RefusalFeatureName } from '../src/answering/refusal-feature-names.ts'
import { SCOPED_EASE } from '../src/answering/refusal-gates.ts'
import { type RefusalModel, readRefusalWeights } from '../src/answering/refusal-weights.ts'
import { createAssistant } from '../src/assistant.ts'
import { loadConfig } from '../src/config.ts'
import { ThukyError } from '../src/errors.ts'
import { loadLanguageKnowledge } from '../src/language/knowledge.ts'
import { packageRoot } from '../src/package-root.ts'
import { crossValidated, FOREIGN, fitPlausible, isJudged, L2 } from './gate-learner.ts'
import { areaUnderCurve, fitLogistic, logOdds } from './logistic.ts'
import { proofCutRows } from './proof-cut.ts'
import { goldCases } from './refusal-cases.ts'
import { type RefusalRow, refusalRows } from './refusal-rows.ts'
import { SET_NAMES, setRows } from './refusal-sets.ts'

/** Answerable questions taken of a set. */
const LIMIT = 350
/** Features by which it is told what the corpus is about; few, so that they hold for any corpus. */
const BELONGING: readonly RefusalFeatureName[] = ['passageCosine', 'bestCoverage', 'corpusPairs', 'corpusCoverage']
const COSINES: readonly RefusalFeatureName[] = ['sentenceCosine', 'passageCosine', 'cosineLead']
const isReport = ({ group }: RefusalRow) => /^(?:conferences|english|news)/.test(group)
/** Share of right answers given up at strictness 0, 0.1, … 1: of reports, and pooled over the sets of other texts, whose short texts tell less. */
const GIVEN_UP = {
  reports: [0, 0.001, 0.002, 0.003, 0.004, 0.006, 0.015, 0.04, 0.1, 0.2, 0.4],
  texts: [0, 0.0005, 0.001, 0.002, 0.003, 0.004, 0.01, 0.03, 0.08, 0.15, 0.3],
}

interface Options {
  readonly data: string
  readonly cache: string
  readonly news?: string
  readonly again?: boolean
}

const say = (line: string) => process.stderr.write(`${line}\n`)
const weightsFile = () => join(packageRoot(), 'data', 'refusal-weights.json')
const curveOf = (thresholds: readonly number[]) =>
  thresholds.map((threshold, i) => ({ strictness: i / (thresholds.length - 1), threshold }))

/** After a feature was added or renamed the file fits no longer, and nothing opens: weights of 0 are a beginning. */
function ensureUsableWeights(): void {
  try {
    readRefusalWeights()
  } catch (error) {
    if (!(error instanceof ThukyError)) throw error
    const model = { bias: 1, weights: {} }
    const curves = { reports: curveOf([0, 0]), texts: curveOf([0, 0]) }
    writeFileSync(weightsFile(), JSON.stringify({ model: '', answering: model, belonging: model, usualCosines: {}, curves }))
  }
}

const rowsSchema = z.object({
  names: z.array(z.string()),
  rows: z.array(
    z.object({
      id: z.string(),
      group: z.string(),
      answerable: z.boolean(),
      right: z.boolean(),
      gated: z.boolean(),
      judged: z.boolean(),
      unscoped: z.boolean(),
      values: z.array(z.number()),
    }),
  ),
})
const rowsFile = (cache: string) => join(cache, 'gate-rows.json')

/** What the last run has measured. @throws when the features are others now */
function measuredBefore(cache: string): RefusalRow[] {
  const { names, rows } = rowsSchema.parse(JSON.parse(readFileSync(rowsFile(cache), 'utf8')))
  if (names.join() !== REFUSAL_FEATURE_NAMES.join()) throw new Error('The features are others than in the last run; leave out --again.')
  return rows
}

async function collected({ data, cache, news }: Options): Promise<RefusalRow[]> {
  const knowledge = loadLanguageKnowledge()
  const rows: RefusalRow[] = []
  for (const name of SET_NAMES) {
    rows.push(...(await setRows({ data, cache, name, split: 'tune', limit: LIMIT, made: true, knowledge, say })))
  }
  const corpora = [
    {
      files: ['conferences.jsonl', 'english.jsonl', 'near-misses.jsonl', 'out-of-corpus.jsonl'],
      config: { index: join(cache, 'conferences-index') },
    },
    ...(news === undefined
      ? []
      : [{ files: [join(news, 'gold.jsonl')], config: { corpus: join(news, 'corpus'), index: join(news, 'index') } }]),
  ]
  for (const { files, config } of corpora) {
    const assistant = createAssistant(loadConfig(config))
    for (const file of files) {
      const group = file.includes('/') ? 'news' : file === 'english.jsonl' ? 'english' : 'conferences'
      for (const form of ['accented', 'unaccented'] as const) {
        rows.push(...(await refusalRows(assistant, goldCases(file, group, 'tune'), { knowledge, form, alsoUnread: true })))
      }
    }
    await assistant.close()
  }
  const own = join(packageRoot(), 'eval', 'gold')
  const cut = [
    { group: 'conferences', corpus: join(packageRoot(), 'corpus'), gold: join(own, 'conferences.jsonl') },
    { group: 'conferences of pairs', corpus: join(own, 'paired-reports'), gold: join(own, 'paired-reports.jsonl') },
    ...(news === undefined ? [] : [{ group: 'news', corpus: join(news, 'corpus'), gold: join(news, 'gold.jsonl') }]),
  ]
  for (const task of cut) {
    rows.push(...(await proofCutRows({ ...task, folder: join(cache, 'cut', task.group), split: 'tune', knowledge, say })))
  }
  writeFileSync(rowsFile(cache), JSON.stringify({ names: REFUSAL_FEATURE_NAMES, rows }))
  return rows
}

const percent = (value: number) => Math.round(1000 * value) / 10
const setOf = ({ group }: RefusalRow) => group.split(' ')[0] as string

/** Area under the curve of each set: right answers against questions without an answer. */
function areas(rows: readonly RefusalRow[], odds: readonly number[]): Record<string, number> {
  const sets = [...new Set(rows.map(setOf))]
  return Object.fromEntries(
    sets.map((set) => {
      const own = rows.flatMap((row, i) => (setOf(row) === set && isJudged(row) ? [{ row, odd: odds[i] as number }] : []))
      const scores = (wanted: boolean) => own.filter(({ row }) => row.answerable === wanted).map(({ odd }) => odd)
      return [set, Math.round(1000 * areaUnderCurve(scores(true), scores(false))) / 1000]
    }),
  )
}

/** Share of rows of each group refused by a learned gate below a threshold, or by another gate, in percent. */
function refusedShares(rows: readonly RefusalRow[], odds: readonly number[], threshold: number): Record<string, number> {
  const judged = rows.flatMap((row, i) => (row.right || !row.answerable ? [{ row, odd: odds[i] as number }] : []))
  const groups = [...new Set(judged.map(({ row }) => row.group))]
  return Object.fromEntries(
    groups.map((group) => {
      const own = judged.filter(({ row }) => row.group === group)
      const refused = own.filter(({ row, odd }) => row.gated || (row.judged && odd < threshold - (row.unscoped ? 0 : SCOPED_EASE)))
      return [group, percent(refused.length / own.length)]
    }),
  )
}

/** Value below which a share of sorted values lies, on the straight line between its neighbours. */
function quantile(sorted: readonly number[], share: number): number {
  const place = share * (sorted.length - 1)
  const [low, high] = [sorted[Math.floor(place)] as number, sorted[Math.ceil(place)] as number]
  return low + (high - low) * (place - Math.floor(place))
}

/** The curve of one kind of corpus: from which odds on as many right answers are given up as each strictness allows. */
function learnedCurve(rows: readonly RefusalRow[], odds: readonly number[], givenUp: readonly number[]) {
  const right = rows.flatMap((row, i) => (row.right && row.unscoped && isJudged(row) ? [odds[i] as number] : [])).sort((a, b) => a - b)
  return givenUp.map((share, i) => {
    const threshold = round(quantile(right, share) - (share === 0 ? 5 : 0))
    return { strictness: i / (givenUp.length - 1), threshold, refused: refusedShares(rows, odds, threshold) }
  })
}

/**
 * What tells questions about the corpus from others: right answers against questions about anything else. The border is drawn halfway
 * between the even odds and the nearest question about anything else: another gate judges what lies between.
 */
function learnedBelonging(rows: readonly RefusalRow[]): { readonly model: RefusalModel; readonly refused: Record<string, number> } {
  const teaching = rows.filter(({ right, unscoped, group }) => unscoped && (right || group === FOREIGN))
  const share = (foreign: boolean) => teaching.filter(({ group }) => (group === FOREIGN) === foreign).length
  const valuesOf = ({ values }: RefusalRow) => BELONGING.map((name) => values[REFUSAL_FEATURE_NAMES.indexOf(name)] as number)
  const fitted = fitLogistic(
    teaching.map((row) => ({ values: valuesOf(row), positive: row.right, weight: 1 / share(row.group === FOREIGN) })),
    L2,
  )
  const highest = Math.max(...teaching.filter(({ group }) => group === FOREIGN).map((row) => logOdds(valuesOf(row), fitted)))
  const eased = { ...fitted, bias: fitted.bias - Math.min(0, highest) / 2 }
  const groups = [...new Set(teaching.map(({ group }) => group))]
  const refused = groups.map((group) => {
    const own = teaching.filter((row) => row.group === group)
    return [group, percent(own.filter((row) => logOdds(valuesOf(row), eased) < 0).length / own.length)] as const
  })
  const model = {
    bias: round(eased.bias),
    weights: Object.fromEntries(BELONGING.map((name, i) => [name, round(fitted.weights[i] as number)])),
  }
  return { model, refused: Object.fromEntries(refused) }
}

const round = (value: number) => Math.round(1000 * value) / 1000

async function main(options: Options): Promise<void> {
  ensureUsableWeights()
  const rows = options.again === true ? measuredBefore(options.cache) : await collected(options)
  const all = REFUSAL_FEATURE_NAMES.map(() => true)
  const odds = crossValidated(rows, all)
  const coverage = REFUSAL_FEATURE_NAMES.indexOf('passageCoverage')
  const area = {
    learned: areas(rows, odds),
    coverageAlone: areas(
      rows,
      rows.map(({ values }) => values[coverage] as number),
    ),
  }
  say(JSON.stringify(area))
  const without: Record<string, Record<string, number>> = {}
  for (const [group, names] of Object.entries(REFUSAL_FEATURE_GROUPS)) {
    const left: readonly RefusalFeatureName[] = names
    without[group] = areas(
      rows,
      crossValidated(
        rows,
        REFUSAL_FEATURE_NAMES.map((name) => !left.includes(name)),
      ),
    )
    say(`without ${group}: ${JSON.stringify(without[group])}`)
  }
  const fitted = fitPlausible(rows, all)
  const of = (reports: boolean) => {
    const own = rows.flatMap((row, i) => (isReport(row) === reports ? [{ row, odd: odds[i] as number }] : []))
    return learnedCurve(
      own.map(({ row }) => row),
      own.map(({ odd }) => odd),
      GIVEN_UP[reports ? 'reports' : 'texts'],
    )
  }
  const curves = { reports: of(true), texts: of(false) }
  const { model: belonging, refused: foreign } = learnedBelonging(rows)
  const groups = [...new Set(rows.map(({ group }) => group))]
  const sizes = Object.fromEntries(groups.map((group) => [group, rows.filter((row) => row.group === group).length]))
  const about =
    'From which log odds on a question is answered, learned by eval/learn-gates.ts on tune halves. Features: src/answering/refusal-feature-names.ts. `refused`: percent of each kind of question refused at that strictness, of answerable ones those whose best sentence is right; `area`: right answers against questions without an answer, cross-validated; `foreign`: percent said to be about something else.'
  const right = rows.filter(isJudged).filter((row) => row.right)
  const usual = (name: RefusalFeatureName) =>
    right.reduce((sum, { values }) => sum + (values[REFUSAL_FEATURE_NAMES.indexOf(name)] as number), 0) / right.length
  const learned = {
    about,
    model: basename(loadConfig().model),
    answering: {
      bias: round(fitted.bias),
      weights: Object.fromEntries(REFUSAL_FEATURE_NAMES.map((name, i) => [name, round(fitted.weights[i] as number)])),
    },
    belonging,
    usualCosines: Object.fromEntries(COSINES.map((name) => [name, round(usual(name))])),
    curves,
    training: { questions: sizes, area, without, foreign },
  }
  writeFileSync(weightsFile(), `${JSON.stringify(learned, null, 2)}\n`)
  for (const curve of Object.values(curves)) for (const point of curve) say(JSON.stringify(point))
  say(JSON.stringify(foreign))
}

const program = new Command('eval:gates')
  .requiredOption('--data <dir>', 'folder of question sets')
  .option('--cache <dir>', 'folder of earlier evaluations', '.cache/eval')
  .option('--news <dir>', 'what eval/gold/expand-news.mjs made')
  .option('--again', 'learn from what the last run has measured')
await main(program.parse().opts<Options>())
