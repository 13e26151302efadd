// npm run eval:reader -- --data DIR [--learn]: what the reader adds to the sentence features, on report halves; with --learn the weights
// of both together are learned on tune halves and written to data/reading-weights.json.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Command } from 'commander'
import { READING_FEATURES } from '../src/answering/reading-features.ts'
import { packageRoot } from '../src/package-root.ts'
import type { Split } from './data-sets.ts'
import { type LearnerOptions, learnWeights, outcomes, type RankedList } from './ranking-learner.ts'
import { closelyRead, type ReadQuestion, readQuestions } from './read-questions.ts'
import { areaUnderCurve } from './reader-metrics.ts'

const SETS = ['viquad1_dev', 'conferences', 'viquad2_dev', 'uit_wiki', 'tvpl_faq_dev'] as const
/** Questions written to mislead, many of which their passage does not answer. */
const ADVERSARIAL = 'viquad2_dev'
/** Reports of events: what the product is made for, and few questions, so each counts as often as this. */
const REPORT_REPEATS = 4
const SETTINGS: Partial<LearnerOptions> = { l2: 0.001, epochs: 40, prior: READING_FEATURES.map((name) => (name === 'odds' ? 1 : 0)) }

interface Options {
  readonly data: string
  readonly cache: string
  readonly limit: string
  readonly learn?: boolean
  readonly kept?: boolean
}

const say = (line: string) => process.stderr.write(`${line}\n`)
const percent = (part: number, whole: number) => Math.round((1000 * part) / whole) / 10
const taught = (lists: readonly RankedList[]) =>
  lists.flatMap((list) => (list.group.startsWith('conferences') ? Array<RankedList>(REPORT_REPEATS).fill(list) : [list]))

/** Percent of the questions of each group whose first sentence is right. */
function rightShares(lists: readonly RankedList[], weights: readonly number[]): Record<string, number> {
  const right = outcomes(lists, Float64Array.from(weights))
  return Object.fromEntries(
    [...new Set(lists.map(({ group }) => group))].map((group) => {
      const own = right.filter((_, i) => lists[i]?.group === group)
      return [group, percent(own.filter(Boolean).length, own.length)]
    }),
  )
}

const alone = (wanted: string) => READING_FEATURES.map((name) => (name === wanted ? 1 : 0))

function learn(questions: readonly ReadQuestion[]): void {
  const lists = questions.map(({ list }) => list)
  const weights = learnWeights(taught(lists), READING_FEATURES.length, SETTINGS)
  const rounded = Object.fromEntries(READING_FEATURES.map((name, i) => [name, Math.round(1000 * (weights[i] as number)) / 1000]))
  const training = {
    questions: Object.fromEntries(
      [...new Set(lists.map(({ group }) => group))].map((group) => [group, lists.filter((list) => list.group === group).length]),
    ),
    featuresAlone: rightShares(lists, alone('odds')),
    readerAlone: rightShares(lists, alone('span')),
    together: rightShares(lists, [...weights]),
  }
  const about =
    'Weights by which sentences are ordered when a reader has looked at them, learned by eval/reader.ts on tune halves; figures: percent of questions whose first sentence holds the answer. Features: src/answering/reading-features.ts.'
  writeFileSync(join(packageRoot(), 'data', 'reading-weights.json'), `${JSON.stringify({ about, weights: rounded, training }, null, 2)}\n`)
  say(JSON.stringify({ rounded, ...training }, null, 1))
}

/** Reads the questions of a half, or takes the sets that an earlier run has read. */
async function collected({ data, cache, limit, kept }: Options, split: Split): Promise<ReadQuestion[]> {
  const file = join(cache, `readings-${split}.json`)
  const questions: ReadQuestion[] = kept === true && existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : []
  const known = new Set(questions.map(({ list }) => list.group.split(' ')[0]))
  for (const set of SETS.filter((name) => !known.has(name))) {
    questions.push(...(await readQuestions({ data, cache, set, split, limit: Number(limit), say })))
    writeFileSync(
      file,
      JSON.stringify(questions, (_, value) => (value instanceof Float64Array ? [...value] : value)),
    )
  }
  return questions
}

async function main(options: Options): Promise<void> {
  const all = await collected(options, options.learn === true ? 'tune' : 'report')
  const isAdversarial = ({ list }: ReadQuestion) => list.group.startsWith(ADVERSARIAL)
  const questions = all.filter((question) => !isAdversarial(question))
  if (options.learn === true) learn(all.filter(({ answerable }) => answerable))
  const { weights } = closelyRead()
  const lists = questions.map(({ list }) => list)
  const adversarial = all.filter(isAdversarial)
  const auc = (of: (question: ReadQuestion) => number) =>
    areaUnderCurve(adversarial.filter(({ answerable }) => answerable).map(of), adversarial.filter(({ answerable }) => !answerable).map(of))
  const table = {
    featuresAlone: rightShares(lists, alone('odds')),
    readerAlone: rightShares(lists, alone('span')),
    together: rightShares(lists, weights),
    refusalAuc: { reader: auc(({ answerability }) => answerability), coverage: auc(({ coverage }) => coverage), n: adversarial.length },
    medianMs: { embed: median(questions.map(({ embedMs }) => embedMs)), read: median(questions.map(({ readMs }) => readMs)) },
  }
  process.stdout.write(`${JSON.stringify(table, null, 1)}\n`)
}

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]

const program = new Command('eval:reader')
  .requiredOption('--data <dir>', 'folder of question sets')
  .option('--cache <dir>', 'folder of earlier evaluations', '.cache/eval')
  .option('--limit <n>', 'questions of a set and form', '100000')
  .option('--kept', 'take the sets that an earlier run has read')
  .option('--learn', 'learn the weights on tune halves')
await main(program.parse().opts<Options>())
