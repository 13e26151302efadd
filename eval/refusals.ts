// npm run eval:refusals -- --data DIR: how many questions without an answer are refused for how many refused wrongly, by our gates and
// by the share of the question's words alone, on sets whose unanswerable questions were written to mislead. Report half.
import { Command } from 'commander'
import { REFUSAL_FEATURE_NAMES, type RefusalFeatures } from '../src/answering/refusal-feature-names.ts'
import { leastOdds, readRefusalWeights, refusalOdds } from '../src/answering/refusal-weights.ts'
import { loadLanguageKnowledge } from '../src/language/knowledge.ts'
import type { Split } from './data-sets.ts'
import { areaUnderCurve } from './logistic.ts'
import type { RefusalRow } from './refusal-rows.ts'
import { setRows } from './refusal-sets.ts'

const SETS = ['viquad2_dev', 'person_qa']
/** Shares of answerable questions refused wrongly at which the curve is read. */
const FALSE_REFUSALS = [0.01, 0.03, 0.05, 0.1, 0.2, 0.3, 0.5]
/** Below any learned odds: refused by another gate. */
const GATED = -1e6

interface Options {
  readonly data: string
  readonly cache: string
  readonly split: Split
  readonly strictness: string
}

const featuresOf = ({ values }: RefusalRow) =>
  Object.fromEntries(REFUSAL_FEATURE_NAMES.map((name, i) => [name, values[i]])) as RefusalFeatures

/** Share of `negatives` below the score under which a share of `positives` lies. */
function refusedAt(share: number, positives: readonly number[], negatives: readonly number[]): number {
  const threshold = [...positives].sort((a, b) => a - b)[Math.floor(share * positives.length)] as number
  return negatives.filter((score) => score < threshold).length / Math.max(1, negatives.length)
}

function lineOf(name: string, rows: readonly RefusalRow[], score: (row: RefusalRow) => number): string {
  const scores = (answerable: boolean) => rows.filter((row) => row.answerable === answerable).map(score)
  const [yes, no] = [scores(true), scores(false)]
  const shares = FALSE_REFUSALS.map((share) => (100 * refusedAt(share, yes, no)).toFixed(0))
  return `| ${[name, areaUnderCurve(yes, no).toFixed(3), ...shares].join(' | ')} |`
}

async function main({ data, cache, split, strictness }: Options): Promise<void> {
  const knowledge = loadLanguageKnowledge()
  const weights = readRefusalWeights()
  const odds = (row: RefusalRow) => (row.gated ? GATED : refusalOdds(featuresOf(row), weights.answering))
  for (const name of SETS) {
    const rows = await setRows({ data, cache, name, split, made: false, knowledge, say: (line) => process.stderr.write(`${line}\n`) })
    const count = (answerable: boolean) => rows.filter((row) => row.answerable === answerable)
    const refused = (some: readonly RefusalRow[]) =>
      some.filter((row) => odds(row) < leastOdds(Number(strictness), weights.curves.texts)).length
    const [yes, no] = [count(true), count(false)]
    process.stdout.write(
      `${name} (${split}): ${yes.length} answerable, ${no.length} not; refused at strictness ${strictness}: ${refused(no)} rightly, ${refused(yes)} wrongly\n\n` +
        `| percent refused rightly where so many are refused wrongly | area | ${FALSE_REFUSALS.map((share) => `${100 * share} %`).join(' | ')} |\n` +
        `|${' --- |'.repeat(FALSE_REFUSALS.length + 2)}\n` +
        `${lineOf('our gates', rows, odds)}\n` +
        `${lineOf('word coverage alone', rows, (row) => featuresOf(row).passageCoverage)}\n\n`,
    )
  }
}

const program = new Command('eval:refusals')
  .requiredOption('--data <dir>', 'folder of question sets')
  .option('--cache <dir>', 'folder of earlier evaluations', '.cache/eval')
  .option('--split <half>', 'tune, report or vault', 'report')
  .option('--strictness <number>', 'as THUKY_STRICTNESS', '0.5')
await main(program.parse().opts<Options>())
