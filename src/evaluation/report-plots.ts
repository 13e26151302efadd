// In: a report. Out: its plots as SVG texts, drawn without a browser. Colours are CSS variables of the page around them, so that
// one drawing serves light and dark.
import * as Plot from '@observablehq/plot'
import { parseHTML } from 'linkedom'
import { quantile } from 'simple-statistics'
import { coverageCurve } from './coverage-curve.ts'
import type { EvaluationReport, VariantReport } from './evaluation-report.ts'
import { METRIC_NAMES } from './metric-table.ts'
import type { ReportWords } from './report-words.ts'

/** Width of every drawing in CSS pixels; it shrinks with a narrow page. */
const WIDTH = 460
const FONT = { fontSize: '12px', overflow: 'visible' }
const ACCENT = 'var(--accent)'
const MUTED = 'var(--muted)'
const BAD = 'var(--bad)'
const GOOD = 'var(--good)'

/** The next ten per cent below a share. */
const tenBelow = (share: number) => 10 * Math.floor(10 * share)

const percentText = (value: number) => `${Math.round(100 * value)}`

function svg(label: string, options: Plot.PlotOptions): string {
  const { document } = parseHTML('<html><body></body></html>')
  const drawn = Plot.plot({ width: WIDTH, style: FONT, ...options, document })
  for (const group of drawn.querySelectorAll('g[aria-label]')) group.removeAttribute('aria-label')
  drawn.setAttribute('role', 'img')
  drawn.setAttribute('aria-label', label)
  return drawn.outerHTML
}

/** Share of questions that pass, by kind and form: what is not perfect stands out. */
export function kindPlot({ passedByKindAndForm: cells, byKind }: VariantReport, words: ReportWords): string {
  const kinds = Object.keys(byKind)
  return svg(words.byKind, {
    height: 60 + 24 * kinds.length,
    marginLeft: 104,
    marginTop: 52,
    padding: 0.06,
    x: { label: null, axis: 'top', tickRotate: -30, tickSize: 0, domain: [...new Set(cells.map(({ form }) => form))] },
    y: { label: null, tickSize: 0, domain: kinds },
    marks: [
      Plot.cell(cells, { x: 'form', y: 'kind', fill: GOOD, fillOpacity: 0.13 }),
      Plot.cell(cells, { x: 'form', y: 'kind', fill: BAD, fillOpacity: ({ value }) => 0.7 * (1 - value) }),
      Plot.text(cells, { x: 'form', y: 'kind', text: ({ value }) => percentText(value), fill: 'currentColor' }),
    ],
  })
}

/** Every figure with its interval, and where it was at the baseline. */
export function figurePlot({ all }: VariantReport, { gate }: EvaluationReport, words: ReportWords): string {
  const rows = METRIC_NAMES.flatMap((name) => {
    const figure = all.figures[name]
    return figure === undefined ? [] : [{ name, ...figure }]
  })
  const before = gate.changes.filter(({ form, metric }) => form === 'all' && rows.some(({ name }) => name === metric))
  return svg(words.figures, {
    height: 50 + 21 * rows.length,
    marginLeft: 130,
    marginRight: 40,
    x: { domain: [tenBelow(Math.min(0.9, ...rows.map(({ low }) => low))), 100], percent: true, grid: true, label: '%' },
    y: { label: null, domain: rows.map(({ name }) => name), tickSize: 0 },
    marks: [
      Plot.ruleY(rows, { y: 'name', x1: 'low', x2: 'high', stroke: ACCENT, strokeWidth: 5, strokeOpacity: 0.3, strokeLinecap: 'round' }),
      Plot.tickX(before, { x: 'before', y: 'metric', stroke: 'currentColor', strokeWidth: 2 }),
      Plot.dot(rows, { x: 'value', y: 'name', fill: ACCENT, r: 4 }),
      Plot.text(rows, { x: 1, y: 'name', text: ({ value }) => (100 * value).toFixed(1), dx: 22, fill: 'currentColor' }),
    ],
  })
}

/** Coverage against refusals: what a threshold on the score would do, and what THUKY_STRICTNESS does. */
export function coveragePlot({ results, strictness, variants }: EvaluationReport, words: ReportWords): string {
  const written = results.filter(({ form }) => form === results[0]?.form)
  const curve = coverageCurve(written)
  const served = variants[0]
  const now = { ...curve[0], strictness: served?.strictness ?? 0.5 }
  const tried = [...strictness, { strictness: now.strictness, coverage: now.coverage ?? 0, refusals: now.refusals ?? 0 }]
  tried.sort((a, b) => a.strictness - b.strictness)
  const least = Math.min(...tried.map(({ coverage, refusals }) => Math.min(coverage, refusals)))
  const domain = [Math.max(0, tenBelow(least - 0.05)), 100]
  return svg(words.coverage, {
    height: 340,
    marginBottom: 42,
    marginLeft: 44,
    grid: true,
    x: { domain, percent: true, label: words.coverageAxis },
    y: { domain, percent: true, label: words.refusalAxis },
    r: { type: 'identity' },
    marks: [
      Plot.line(curve, { x: 'coverage', y: 'refusals', stroke: MUTED, strokeDasharray: '4 3', curve: 'step-after', clip: true }),
      Plot.line(tried, { x: 'coverage', y: 'refusals', stroke: ACCENT, strokeWidth: 2 }),
      Plot.dot(tried, { x: 'coverage', y: 'refusals', fill: ACCENT, r: ({ strictness: each }) => (each === now.strictness ? 6 : 3.5) }),
      Plot.text(tried, {
        x: 'coverage',
        y: 'refusals',
        text: ({ strictness: each }) => String(each),
        dx: -8,
        textAnchor: 'end',
        fill: 'currentColor',
      }),
    ],
  })
}

/** Ranks of the first proving passage. */
export function rankPlot({ results }: EvaluationReport, words: ReportWords): string {
  const written = results.filter(({ form, values }) => form === results[0]?.form && values.hit1 !== null && values.hit1 !== undefined)
  const groups: [string, (rank: number) => boolean][] = [
    ...[1, 2, 3, 4, 5].map((n): [string, (rank: number) => boolean] => [String(n), (rank) => rank === n]),
    ['6–10', (rank) => rank > 5 && rank <= 10],
    ['11–20', (rank) => rank > 10 && rank <= 20],
    [words.notFound, (rank) => rank > 20],
  ]
  const bars = groups.map(([rank, isIn]) => ({
    rank,
    questions: written.filter((result) => isIn(result.rank ?? Number.POSITIVE_INFINITY)).length,
  }))
  return svg(words.ranks, {
    height: 260,
    marginBottom: 42,
    marginTop: 28,
    x: { label: words.rankAxis, domain: bars.map(({ rank }) => rank), tickSize: 0 },
    y: { label: words.questions, grid: true },
    marks: [
      Plot.barY(bars, { x: 'rank', y: 'questions', fill: ACCENT, fillOpacity: 0.75 }),
      Plot.text(bars, { x: 'rank', y: 'questions', text: ({ questions }) => String(questions), dy: -8, fill: 'currentColor' }),
      Plot.ruleY([0], { stroke: 'currentColor' }),
    ],
  })
}

/** How long questions took, with median and 95th percentile. */
export function latencyPlot({ results }: EvaluationReport, words: ReportWords): string {
  const times = results.filter(({ form, error }) => form === results[0]?.form && error === null).map(({ timings }) => timings.total)
  const marks = times.length === 0 ? [] : [0.5, 0.95].map((share) => ({ at: quantile(times, share), share: `${100 * share} %` }))
  const longest = Math.max(...marks.map(({ at }) => at * 1.4), 10)
  return svg(words.latency, {
    height: 260,
    marginBottom: 42,
    marginTop: 28,
    x: { label: words.latencyAxis, domain: [0, longest] },
    y: { label: words.questions, grid: true },
    marks: [
      Plot.rectY(
        times.map((ms) => ({ ms: Math.min(ms, longest) })),
        { ...Plot.binX({ y: 'count' }, { x: 'ms', thresholds: 30 }), fill: ACCENT, fillOpacity: 0.75 },
      ),
      Plot.ruleX(marks, { x: 'at', stroke: 'currentColor', strokeDasharray: '4 3' }),
      Plot.text(marks, {
        x: 'at',
        text: ({ at, share }) => `${share} ≤ ${at.toFixed(0)} ms`,
        frameAnchor: 'top',
        dy: -14,
        fill: 'currentColor',
        stroke: 'var(--card)',
        strokeWidth: 4,
      }),
      Plot.ruleY([0], { stroke: 'currentColor' }),
    ],
  })
}
