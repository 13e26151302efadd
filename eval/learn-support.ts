// npm run eval:support -- --data DIR: learns from what likelihood on a sentence of a chat model is held by what it cites, on the tune
// half of questions made into statements, and writes data/support-weights.json with the figures that speak for it.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Command } from 'commander'
import { SUPPORT_FEATURES, supportFeatures } from '../src/answering/claim-likeness.ts'
import { createAssistant } from '../src/assistant.ts'
import { loadConfig } from '../src/config.ts'
import { loadLanguageKnowledge } from '../src/language/knowledge.ts'
import { packageRoot } from '../src/package-root.ts'
import { readPassages, type Split, setQueries } from './data-sets.ts'
import { areaUnderCurve, fitLogistic, logOdds } from './logistic.ts'
import { type SupportCase, supportCases } from './support-claims.ts'

/** Questions read of each half. */
const LIMIT = 900
const L2 = 0.01
/** Share of statements that may pass with a sentence which does not hold them. */
const PASSING = 0.02

const round = (value: number) => Math.round(1e4 * value) / 1e4
const percent = (value: number) => Math.round(1000 * value) / 10

interface Row {
  readonly values: readonly number[]
  readonly positive: boolean
  readonly weight: number
}

async function main({ data }: { readonly data: string }): Promise<void> {
  const passages = new Map(readPassages(data, 'viquad1_train').map(({ id, text }) => [id, text]))
  const assistant = createAssistant(loadConfig())
  const { functionWords } = loadLanguageKnowledge()
  const vectorsOf = async (texts: readonly string[]) => {
    const { vectors, dimension } = await assistant.embed('passage', texts)
    return texts.map((_, row) => vectors.subarray(row * dimension, (row + 1) * dimension))
  }
  const rowsOf = async (split: Split): Promise<Row[]> => {
    const cases = setQueries(data, 'viquad1_train', split, LIMIT).flatMap(({ question, answers, relevant }): SupportCase[] => {
      const passage = passages.get([...relevant][0] ?? '')
      const answer = answers[0]
      return passage === undefined || answer === undefined ? [] : supportCases(question, answer, passage)
    })
    const rows: Row[] = []
    for (let at = 0; at < cases.length; at += 64) {
      const some = cases.slice(at, at + 64)
      const [claims, sentences] = [await vectorsOf(some.map(({ claim }) => claim)), await vectorsOf(some.map(({ sentence }) => sentence))]
      for (const [i, { claim, sentence, holds }] of some.entries()) {
        const cosine = claims[i]?.reduce((sum, value, k) => sum + value * (sentences[i]?.[k] as number), 0) as number
        const features = supportFeatures(claim, sentence, { known: '', functionWords, cosine })
        rows.push({ values: SUPPORT_FEATURES.map((name) => features[name]), positive: holds, weight: 1 })
      }
    }
    return rows
  }
  const [tune, report] = [await rowsOf('tune'), await rowsOf('report')]
  await assistant.close()
  const model = fitLogistic(tune, L2)
  const odds = (rows: readonly Row[], positive: boolean) =>
    rows.filter((row) => row.positive === positive).map(({ values }) => logOdds(values, model))
  const wrong = odds(tune, false).sort((a, b) => b - a)
  const threshold = wrong[Math.floor(PASSING * wrong.length)] as number
  const share = (values: readonly number[]) => percent(values.filter((value) => value >= threshold).length / values.length)
  const figures = (rows: readonly Row[]) => ({
    statements: rows.length / 2,
    area: round(areaUnderCurve(odds(rows, true), odds(rows, false))),
    heldPass: share(odds(rows, true)),
    othersPass: share(odds(rows, false)),
  })
  const learned = {
    about:
      'From which log odds on a sentence of a chat model is held by what it cites, learned by eval/learn-support.ts on the tune half of questions made into statements: each with the sentence that holds it and with the most similar other one of its passage. Features: src/answering/claim-likeness.ts. `heldPass`, `othersPass`: percent of both that reach the threshold.',
    bias: round(model.bias),
    weights: Object.fromEntries(SUPPORT_FEATURES.map((name, i) => [name, round(model.weights[i] as number)])),
    threshold: round(threshold),
    training: { tune: figures(tune), report: figures(report) },
  }
  writeFileSync(join(packageRoot(), 'data', 'support-weights.json'), `${JSON.stringify(learned, null, 2)}\n`)
  process.stderr.write(`${JSON.stringify(learned, null, 2)}\n`)
}

await main(new Command().requiredOption('--data <folder>', 'folder of question sets').parse().opts())
