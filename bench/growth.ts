// How the whole retrieval (spelling, scope, both legs, fusion) grows from about 1,000 indexed texts to more than 100,000: the same
// questions of both, in turn, the embedding left out.
import { median } from 'simple-statistics'
import { readDataSet } from '../eval/data-sets.ts'
import type { BenchRun, Figure } from './bench-run.ts'
import { overRounds, stretches } from './spread.ts'
import { textsOf } from './starts.ts'

const QUESTIONS = 200
const WARM_UP = 20
const ROUNDS = 6

/** The part; nothing without data. */
export async function growthFigures({ corpora, data, say }: BenchRun): Promise<Figure[]> {
  if (corpora === undefined || data === undefined) return []
  const [small, large] = [await corpora.small(), await corpora.large()]
  const assistants = [await corpora.assistant(small), await corpora.assistant(large)] as const
  try {
    const questions = readDataSet(data, 'viquad1_dev', 'tune', QUESTIONS + WARM_UP).questions.map(({ question }) => question)
    for (const question of questions.slice(0, WARM_UP)) for (const assistant of assistants) await assistant.search(question)
    const rounds: { small: number; large: number }[][] = []
    for (const [i, stretch] of stretches(questions.slice(WARM_UP), ROUNDS).entries()) {
      say(`growth: round ${i + 1} of ${ROUNDS}`)
      const round: { small: number; large: number }[] = []
      for (const question of stretch) {
        const [first, second] = [await assistants[0].search(question), await assistants[1].search(question)]
        round.push({ small: first.timingsMs.retrieve, large: second.timingsMs.retrieve })
      }
      rounds.push(round)
    }
    const of = (name: 'small' | 'large') => (items: readonly { small: number; large: number }[]) => median(items.map((item) => item[name]))
    const part = 'Growth of retrieval'
    const [few, many] = [await textsOf(small), await textsOf(large)]
    return [
      { part, name: `retrieval over ${few} texts`, unit: 'ms', ...overRounds(rounds, of('small')) },
      { part, name: `retrieval over ${many} texts`, unit: 'ms', ...overRounds(rounds, of('large')) },
      {
        part,
        name: `growth for ${Math.round(many / few)} times the texts`,
        unit: '×',
        ...overRounds(rounds, (items) => of('large')(items) / of('small')(items)),
        most: 15,
      },
    ]
  } finally {
    for (const assistant of assistants) await assistant.close()
  }
}
