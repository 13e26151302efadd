// npm run eval:learn -- --data DIR: learns the weights of the sentence features on tune halves and writes data/sentence-weights.json
// with the figures that speak for them. Never looks at report or vault.
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Command } from 'commander'
import { FEATURE_NAMES, type FeatureName } from '../src/answering/feature-rows.ts'
import { FEATURE_GROUPS } from '../src/answering/sentence-feature-names.ts'
import { readSentenceWeights } from '../src/answering/sentence-weights.ts'
import { createAssistant } from '../src/assistant.ts'
import { type Config, loadConfig } from '../src/config.ts'
import { ThukyError } from '../src/errors.ts'
import type { QuestionForm } from '../src/evaluation/question-forms.ts'
import { type LanguageKnowledge, loadLanguageKnowledge } from '../src/language/knowledge.ts'
import { packageRoot } from '../src/package-root.ts'
import { readDataSet } from './data-sets.ts'
import { answeredQuestions, evidencedQuestions, rankedLists } from './labelled-sentences.ts'
import { type LearnerOptions, learnWeights, outcomes, type RankedList } from './ranking-learner.ts'
import { openSetAssistant } from './set-corpus.ts'

const SETS = ['viquad1_dev', 'uit_wiki', 'tvpl_faq_dev']
/** Reports of events: what the product is made for, and few questions, so each counts as often as this. */
const REPORTS = ['conferences', 'news-events', 'paired-reports']
const REPORT_REPEATS = 4
const FORMS: readonly QuestionForm[] = ['accented', 'unaccented']
const FOLDS = 5

/** The weights that were set by hand before. */
const HAND_SET: Readonly<Partial<Record<FeatureName, number>>> = {
  passage: 1,
  dense: 1,
  coverage: 1.4,
  passageCoverage: 0.6,
  pairs: 0.6,
  type: 0.5,
  role: 1,
  lead: 0.8,
  caption: -0.5,
}
/** Features that mean something in reports of events alone are learned from those, beginning here. */
const REPORT_PRIOR: Readonly<Partial<Record<FeatureName, number>>> = { role: 5, lead: 4, caption: -2.5 }
const SETTINGS: Partial<LearnerOptions> = { l2: 0.03, epochs: 12, prior: inOrder(REPORT_PRIOR) }

interface Options {
  readonly data: string
  readonly cache: string
}

const say = (line: string) => process.stderr.write(`${line}\n`)

function inOrder(weights: Readonly<Partial<Record<FeatureName, number>>>): number[] {
  return FEATURE_NAMES.map((name) => weights[name] ?? 0)
}

const weightsFile = () => join(packageRoot(), 'data', 'sentence-weights.json')

/** After a feature was added or renamed the file fits no longer, and nothing opens: weights of 0 are a beginning. */
function ensureUsableWeights(): void {
  try {
    readSentenceWeights()
  } catch (error) {
    if (!(error instanceof ThukyError)) throw error
    writeFileSync(weightsFile(), JSON.stringify({ weights: Object.fromEntries(FEATURE_NAMES.map((name) => [name, 0])) }))
  }
}

/** Documents and questions of a set of reports; the texts of the news are taken from the question sets they belong to. */
async function reportSet(set: string, data: string, cache: string): Promise<{ readonly config: Config; readonly gold: string }> {
  const goldFolder = join(packageRoot(), 'eval', 'gold')
  const index = join(cache, `${set}-index`)
  if (set === 'conferences') return { config: loadConfig({ index }), gold: join(goldFolder, 'conferences.jsonl') }
  if (set === 'paired-reports')
    return { config: loadConfig({ corpus: join(goldFolder, set), index }), gold: join(goldFolder, `${set}.jsonl`) }
  const folder = join(cache, set)
  await promisify(execFile)(process.execPath, [join(goldFolder, 'expand-news.mjs'), '--data', data, '--out', folder])
  return { config: loadConfig({ corpus: join(folder, 'corpus'), index }), gold: join(folder, 'gold.jsonl') }
}

async function collected({ data, cache }: Options, knowledge: LanguageKnowledge): Promise<RankedList[]> {
  const lists: RankedList[] = []
  for (const set of [...SETS, ...REPORTS]) {
    const reports = REPORTS.includes(set) ? await reportSet(set, data, cache) : undefined
    const assistant =
      reports === undefined
        ? await openSetAssistant(cache, `own-${set}`, [readDataSet(data, set, 'tune')], say)
        : createAssistant(reports.config)
    const questions = reports === undefined ? answeredQuestions(data, set, 'tune') : evidencedQuestions(reports.gold, 'tune')
    for (const form of FORMS) lists.push(...(await rankedLists(assistant, { knowledge, questions, form, group: `${set} ${form}` })))
    await assistant.close()
    say(`${set}: ${questions.length} questions`)
  }
  return lists
}

const isReport = ({ group }: RankedList) => REPORTS.some((set) => group.startsWith(set))

/** What is learned from: reports again and again, other sets without the features of reports. */
function taught(lists: readonly RankedList[]): RankedList[] {
  const reportOnly = FEATURE_GROUPS.report.map((name) => FEATURE_NAMES.indexOf(name))
  return lists.flatMap((list) => {
    if (isReport(list)) return Array<RankedList>(REPORT_REPEATS).fill(list)
    return { ...list, values: list.values.map((value, at) => (reportOnly.includes(at % FEATURE_NAMES.length) ? 0 : value)) }
  })
}

/** All forms of a question lie in one fold. */
const foldOf = ({ id }: RankedList) => (createHash('sha256').update(`fold ${id}`).digest()[0] as number) % FOLDS

/** Percent of each group whose first sentence is right, each question judged by weights learned without it. */
function crossValidated(lists: readonly RankedList[], used: readonly boolean[]): Record<string, number> {
  const right = new Map<RankedList, boolean>()
  for (let fold = 0; fold < FOLDS; fold++) {
    const training = taught(lists.filter((list) => foldOf(list) !== fold))
    const test = lists.filter((list) => foldOf(list) === fold)
    const weights = learnWeights(training, FEATURE_NAMES.length, { ...SETTINGS, used })
    outcomes(test, weights).forEach((ok, i) => {
      right.set(test[i] as RankedList, ok)
    })
  }
  return byGroup(
    lists,
    lists.map((list) => right.get(list) === true),
  )
}

function byGroup(lists: readonly RankedList[], right: readonly boolean[]): Record<string, number> {
  const groups = [...new Set(lists.map(({ group }) => group))]
  return Object.fromEntries(
    groups.map((group) => {
      const own = right.filter((_, i) => lists[i]?.group === group)
      return [group, Math.round((1000 * own.filter(Boolean).length) / own.length) / 10]
    }),
  )
}

async function main(options: Options): Promise<void> {
  ensureUsableWeights()
  const lists = await collected(options, loadLanguageKnowledge())
  const all = FEATURE_NAMES.map(() => true)
  const handSet = byGroup(lists, outcomes(lists, Float64Array.from(inOrder(HAND_SET))))
  const learned = crossValidated(lists, all)
  say(JSON.stringify({ handSet, learned }))
  const without: Record<string, Record<string, number>> = {}
  for (const [group, names] of Object.entries(FEATURE_GROUPS)) {
    const left: readonly string[] = names
    without[group] = crossValidated(
      lists,
      FEATURE_NAMES.map((name) => !left.includes(name)),
    )
    say(`without ${group}: ${JSON.stringify(without[group])}`)
  }
  const weights = learnWeights(taught(lists), FEATURE_NAMES.length, SETTINGS)
  const rounded = Object.fromEntries(FEATURE_NAMES.map((name, i) => [name, Math.round(1000 * (weights[i] as number)) / 1000]))
  const questions = Object.fromEntries(Object.keys(learned).map((group) => [group, lists.filter((list) => list.group === group).length]))
  const about =
    'Weights by which an answer is chosen among sentences, learned by eval/learn-weights.ts on tune halves; figures: percent of questions whose first sentence holds the answer, learned ones cross-validated. Features: src/answering/sentence-feature-names.ts.'
  writeFileSync(
    weightsFile(),
    `${JSON.stringify({ about, weights: rounded, training: { questions, handSet, learned, without } }, null, 2)}\n`,
  )
}

const program = new Command('eval:learn')
  .requiredOption('--data <dir>', 'folder of question sets')
  .option('--cache <dir>', 'folder of earlier evaluations', '.cache/eval')
await main(program.parse().opts<Options>())
