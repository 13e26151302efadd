// In: the figures of a run. Out: docs/benchmarks.md between its marks, the same as JSON and as a drawing. No figure is typed by hand.
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import type { Figure, SystemRow } from './bench-run.ts'
import { drawing } from './drawing.ts'

const MARKS = ['<!-- figures: made by npm run bench -->', '<!-- end of figures -->'] as const

/** What a run was made on. */
interface Machine {
  readonly date: string
  readonly node: string
  readonly cores: number
  readonly processor: string
  readonly memoryGb: number
  readonly commit: string
}

/** Figures that are not what they should be. */
export const failures = (figures: readonly Figure[]): Figure[] =>
  figures.filter(({ value, most, least }) => (most !== undefined && value > most) || (least !== undefined && value < least))

/** Writes benchmarks.md, benchmarks.json and benchmarks.svg; text outside the marks stays. */
export function writeReport(folder: string, figures: readonly Figure[], systems: readonly SystemRow[]): void {
  const machine = machineNow()
  writeFileSync(join(folder, 'benchmarks.json'), `${JSON.stringify({ machine, figures, systems }, undefined, 1)}\n`)
  writeFileSync(join(folder, 'benchmarks.svg'), `${drawing(figures)}\n`)
  const path = join(folder, 'benchmarks.md')
  const before = existsSync(path) ? readFileSync(path, 'utf8') : `# Benchmarks\n\n${MARKS.join('\n')}\n`
  const [start, end] = MARKS.map((mark) => before.indexOf(mark)) as [number, number]
  if (start < 0 || end < 0) throw new Error(`${path} has lost its marks ${MARKS.join(' and ')}.`)
  const line = `Run of ${machine.date}, commit ${machine.commit}, Node ${machine.node}, ${machine.cores} × ${machine.processor}, ${machine.memoryGb} GB.`
  const drawn = '![How much of each mark is used](benchmarks.svg)'
  const made = `${MARKS[0]}\n${line}\n\n${printed(figures, systems)}\n${drawn}\n`
  writeFileSync(path, `${before.slice(0, start)}${made}\n${before.slice(end)}`)
}

/** All figures as Markdown. */
export function printed(figures: readonly Figure[], systems: readonly SystemRow[]): string {
  const parts = [...new Set(figures.map(({ part }) => part))]
  const tables = parts.map((part) => {
    const rows = figures.filter((figure) => figure.part === part).map(rowOf)
    return table([part, 'figure', 'rounds from–to', 'wanted', ''], rows)
  })
  return [...tables, ...(systems.length === 0 ? [] : [systemTable(systems)])].join('\n')
}

function rowOf(figure: Figure): string[] {
  const { name, value, low, high, most, least, unit } = figure
  const text = (number: number) => `${rounded(number, unit)}${UNITS[unit]}`
  const wanted = most === undefined ? (least === undefined ? '' : `≥ ${text(least)}`) : `≤ ${text(most)}`
  const verdict = wanted === '' ? '' : failures([figure]).length === 0 ? 'met' : '**not met**'
  return [name, text(value), low === undefined || high === undefined ? '' : `${rounded(low, unit)}–${rounded(high, unit)}`, wanted, verdict]
}

const UNITS: Readonly<Record<Figure['unit'], string>> = {
  '×': ' ×',
  ms: ' ms',
  s: ' s',
  MB: ' MB',
  share: '',
  'texts/s': ' texts/s',
  texts: '',
  'KB/text': ' KB',
}

function rounded(value: number, unit: Figure['unit']): string {
  const digits = unit === 'texts' || unit === 'MB' ? 0 : unit === 'share' ? 3 : unit === 'texts/s' ? 1 : 2
  return value.toFixed(digits)
}

function systemTable(systems: readonly SystemRow[]): string {
  const percent = (value: number) => (100 * value).toFixed(1)
  const { documents, questions } = systems[0] as SystemRow
  const head = [
    `Side by side (${documents} documents, ${questions} questions)`,
    'index, s',
    'question, ms',
    'memory, MB',
    'recall@1',
    'recall@5',
    'without accents: recall@1',
    'recall@5',
  ]
  const rows = systems.map(({ system, indexSeconds, questionMs, memoryMb, recall: { accented, unaccented } }) => [
    system,
    indexSeconds.toFixed(1),
    questionMs.toFixed(1),
    memoryMb.toFixed(0),
    ...[accented, unaccented].flatMap(({ at1, at5 }) => [percent(at1), percent(at5)]),
  ])
  return table(head, rows)
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |\n`).join('')
}

function machineNow(): Machine {
  return {
    date: new Date().toISOString().slice(0, 10),
    node: process.versions.node,
    cores: availableParallelism(),
    processor: cpus()[0]?.model ?? 'unknown',
    memoryGb: Math.round(totalmem() / 1024 ** 3),
    commit: commitNow(),
  }
}

function commitNow(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim()
  } catch {
    return 'unknown'
  }
}
