// In: a report. Out: the same as tables for a terminal. Prints nothing itself; colours are the caller's.
import Table from 'cli-table3'
import { quantile } from 'simple-statistics'
import type { EvaluationReport, VariantReport } from './evaluation-report.ts'
import type { Figure } from './figures.ts'
import { METRIC_NAMES, METRICS, type MetricName } from './metric-table.ts'

/** Colours of a terminal. */
export interface Palette {
  readonly red: (text: string) => string
  readonly green: (text: string) => string
  readonly bold: (text: string) => string
  readonly dim: (text: string) => string
}

const WORDS = {
  en: {
    nothingFell: 'Nothing fell.',
    failed: 'FAILED',
    flips: (right: number, wrong: number) => `since the baseline ${right} answers became right and ${wrong} wrong`,
    questions: (added: number, removed: number, edited: number) => `questions added ${added}, removed ${removed}, edited ${edited}`,
    latency: (median: string, most: string) => `a question takes ${median} ms, 95 % at most ${most} ms`,
  },
  vi: {
    nothingFell: 'Không chỉ số nào kém đi.',
    failed: 'KHÔNG ĐẠT',
    flips: (right: number, wrong: number) => `so với mốc: ${right} câu nay đúng, ${wrong} câu nay sai`,
    questions: (added: number, removed: number, edited: number) => `câu hỏi thêm ${added}, bớt ${removed}, sửa ${edited}`,
    latency: (median: string, most: string) => `một câu hỏi mất ${median} ms, 95 % không quá ${most} ms`,
  },
} as const

const HEADLINES: readonly MetricName[] = ['answers', 'refusals', 'abstention', 'hit1', 'ndcg10', 'supportRecall', 'exactQuotes']

/** The whole report. */
export function terminalReport(report: EvaluationReport, palette: Palette, language: 'vi' | 'en'): string {
  const [first] = report.variants
  if (first === undefined) return ''
  const parts = [heading(first, report, palette), figureTable(first, palette, language), kindTable(first, palette)]
  if (report.variants.length > 1) parts.push(variantTable(report.variants, palette))
  parts.push(gateText(report, palette, language))
  return `${parts.join('\n\n')}\n`
}

function heading(
  { name, model, documents, passages }: VariantReport,
  { gold, forms, results }: EvaluationReport,
  { bold }: Palette,
): string {
  const asked = results.length / Math.max(1, forms.length)
  const size = `${documents} documents, ${passages} passages`
  return `${bold(name)} · ${model.split('/').at(-1)} · ${size} · ${asked} questions in ${forms.length} forms (${gold.join(', ')})`
}

const percent = (value: number | undefined) => (value === undefined ? '' : (100 * value).toFixed(1))

function figureTable({ all, byForm }: VariantReport, { bold, dim }: Palette, language: 'vi' | 'en'): string {
  const forms = Object.entries(byForm)
  const table = plainTable(['figure, %', 'all', '95 %', ...forms.map(([form]) => form), 'meaning'], bold)
  for (const name of METRIC_NAMES) {
    const figure = all.figures[name]
    if (figure === undefined) continue
    table.push([
      name,
      percent(figure.value),
      dim(intervalOf(figure)),
      ...forms.map(([, set]) => percent(set.figures[name]?.value)),
      dim(METRICS[name][language]),
    ])
  }
  return table.toString()
}

const intervalOf = ({ low, high }: Figure) => `${percent(low)}–${percent(high)}`

function kindTable({ byKind, byForm, passedByKindAndForm }: VariantReport, { bold }: Palette): string {
  const forms = Object.keys(byForm)
  const table = plainTable(['passed by kind, %', 'n', ...forms], bold)
  for (const kind of Object.keys(byKind)) {
    const own = passedByKindAndForm.filter((cell) => cell.kind === kind)
    table.push([kind, String(own[0]?.asked ?? 0), ...forms.map((form) => percent(own.find((cell) => cell.form === form)?.value))])
  }
  return table.toString()
}

function variantTable(variants: readonly VariantReport[], { bold }: Palette): string {
  const table = plainTable(['variant, %', ...HEADLINES, 'only first / only this passes', 'p'], bold)
  for (const { name, all, againstFirst } of variants) {
    table.push([
      name,
      ...HEADLINES.map((metric) => percent(all.figures[metric]?.value)),
      againstFirst === null ? '' : `${againstFirst.onlyFirst} / ${againstFirst.onlySecond}`,
      againstFirst === null ? '' : againstFirst.p.toFixed(3),
    ])
  }
  return table.toString()
}

function gateText({ gate, results }: EvaluationReport, { red, green, dim }: Palette, language: 'vi' | 'en'): string {
  const words = WORDS[language]
  const { failures, flips, added, removed, edited } = gate
  const times = results.filter(({ form }) => form === results[0]?.form).map(({ timings }) => timings.total)
  const latency = times.length === 0 ? [] : [words.latency(quantile(times, 0.5).toFixed(0), quantile(times, 0.95).toFixed(0))]
  const lost = flips.filter(({ now }) => !now.passed)
  const notes = [
    ...latency,
    ...(flips.length > 0 ? [words.flips(flips.length - lost.length, lost.length)] : []),
    ...lost.slice(0, 10).map(({ now }) => `  ${now.id} (${now.form}) ${now.question} — ${now.why.join('; ')}`),
    ...(added.length + removed.length + edited.length > 0 ? [words.questions(added.length, removed.length, edited.length)] : []),
  ]
  const verdict =
    failures.length === 0 ? [green(words.nothingFell)] : failures.map(({ metric, message }) => red(`${words.failed} ${metric}: ${message}`))
  return [...notes.map(dim), ...verdict].join('\n')
}

function plainTable(head: readonly string[], bold: (text: string) => string): Table.Table {
  const none = {
    top: '',
    'top-mid': '',
    'top-left': '',
    'top-right': '',
    bottom: '',
    'bottom-mid': '',
    'bottom-left': '',
    'bottom-right': '',
  }
  const chars = { ...none, left: '', 'left-mid': '', mid: '', 'mid-mid': '', right: '', 'right-mid': '', middle: '  ' }
  return new Table({ head: head.map(bold), chars, style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0, compact: true } })
}
