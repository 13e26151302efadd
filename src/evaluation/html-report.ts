// In: a report. Out: one HTML page that needs nothing else: no network, no script; plots are drawn here.
import { html, raw } from 'hono/html'
import type { EvaluationReport, VariantReport } from './evaluation-report.ts'
import type { FigureChange, Flip } from './gate.ts'
import { METRICS, type MetricName } from './metric-table.ts'
import type { QuestionResult } from './question-result.ts'
import { coveragePlot, figurePlot, kindPlot, latencyPlot, rankPlot } from './report-plots.ts'
import { REPORT_STYLES } from './report-styles.ts'
import { type ReportWords, reportWords } from './report-words.ts'

const HEADLINES: readonly MetricName[] = ['answers', 'refusals', 'exactQuotes', 'conferencePrecision', 'supportRecall', 'ndcg10']
const COMPARED: readonly MetricName[] = ['answers', 'refusals', 'abstention', 'containment', 'hit1', 'recall5', 'ndcg10', 'exactQuotes']
/** Most questions shown with their answers; the JSON has all. */
const MAX_SHOWN = 200

type Html = ReturnType<typeof html>

/** The page. */
export async function htmlReport(report: EvaluationReport, language: 'vi' | 'en'): Promise<string> {
  const words = reportWords(language)
  const [first] = report.variants
  if (first === undefined) return ''
  const { model, documents, passages, name } = first
  const asked = report.results.length / Math.max(1, report.forms.length)
  const page = html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${words.title} · Thư Ký</title>
<link rel="icon" href="data:,">
<style>${raw(REPORT_STYLES)}</style>
</head>
<body>
<main>
<h1>${words.title}</h1>
<p class="subject">${words.subject(documents, passages, asked, report.forms.length)} · ${name} · ${model.split('/').at(-1)} · ${report.product} · ${report.createdAt.slice(0, 16).replace('T', ' ')}</p>
${verdict(report, words)}
${headlines(first, words)}
<div class="plots">
<div class="column">
${figure(words.figures, words.figuresNote, figurePlot(first, report, words))}
${figure(words.coverage, words.coverageNote, coveragePlot(report, words))}
</div>
<div class="column">
${figure(words.byKind, words.byKindNote, kindPlot(first, words))}
${figure(words.ranks, words.ranksNote, rankPlot(report, words))}
${figure(words.latency, words.latencyNote, latencyPlot(report, words))}
</div>
</div>
<br>
${report.variants.length > 1 ? variantSection(report.variants, words) : ''}
${changeSection(report.gate.changes, words)}
${flipSection(report.gate.flips, words)}
${failingSection(report, words)}
</main>
</body>
</html>
`
  return String(await page)
}

const percent = (value: number | undefined) => (value === undefined ? '–' : (100 * value).toFixed(1))

function verdict({ gate }: EvaluationReport, words: ReportWords): Html {
  if (gate.failures.length === 0) return html`<div class="verdict"><strong>✓ ${words.passedGate}</strong></div>`
  const items = gate.failures.map(({ metric, message }) => html`<li><strong>${metric}</strong>: ${message}</li>`)
  return html`<div class="verdict failed"><strong>✗ ${words.failedGate}</strong><ul>${items}</ul></div>`
}

function headlines({ all }: VariantReport, { language }: ReportWords): Html {
  const cards = HEADLINES.flatMap((name) => {
    const found = all.figures[name]
    return found === undefined
      ? []
      : [html`<div class="headline"><dt>${METRICS[name][language]}</dt><dd>${percent(found.value)} %</dd></div>`]
  })
  return html`<dl class="headlines">${cards}</dl>`
}

function figure(title: string, note: string, svg: string): Html {
  return html`<figure><h2>${title}</h2><p class="note">${note}</p>${raw(svg)}</figure>`
}

function table(label: string, head: readonly string[], rows: readonly (readonly string[])[], numbersFrom: number): Html {
  const cls = (i: number) => (i >= numbersFrom ? 'number' : '')
  return html`<div class="table" role="region" tabindex="0" aria-label="${label}"><table>
<thead><tr>${head.map((cell, i) => html`<th scope="col" class="${cls(i)}">${cell}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${row.map((cell, i) => html`<td class="${cls(i)}">${cell}</td>`)}</tr>`)}</tbody>
</table></div>`
}

function variantSection(variants: readonly VariantReport[], words: ReportWords): Html {
  const rows = variants.map(({ name, all, againstFirst }) => [
    name,
    ...COMPARED.map((metric) => percent(all.figures[metric]?.value)),
    againstFirst === null ? '' : `${againstFirst.onlyFirst} / ${againstFirst.onlySecond}`,
    againstFirst === null ? '' : againstFirst.p.toFixed(3),
  ])
  return html`<section><h2>${words.variants}</h2><p class="note">${words.variantsNote}</p>
${table(words.variants, ['', ...COMPARED, words.onlyFirst, 'p'], rows, 1)}</section>`
}

function changeSection(changes: readonly FigureChange[], words: ReportWords): Html {
  if (changes.length === 0) return html`<section><h2>${words.changes}</h2><p class="note">${words.noChanges}</p></section>`
  const rows = changes.map(({ metric, form, before, now, p, fails }) => [
    metric,
    form,
    METRICS[metric][words.language],
    percent(before),
    percent(now),
    `${now > before ? '+' : '−'}${percent(Math.abs(now - before))}`,
    `${p.toFixed(4)}${fails ? ' ✗' : ''}`,
  ])
  const head = [words.figure, words.form, words.meaning, words.before, words.now, '±', 'p']
  return html`<section><h2>${words.changes}</h2>${table(words.changes, head, rows, 3)}</section>`
}

function flipSection(flips: readonly Flip[], words: ReportWords): Html {
  if (flips.length === 0) return html`<section><h2>${words.flips}</h2><p class="note">${words.noFlips}</p></section>`
  const lost = flips.filter(({ now }) => !now.passed)
  const won = flips.filter(({ now }) => now.passed)
  const items = [...lost, ...won].slice(0, MAX_SHOWN).map((flip) => shown(flip.now, words, flip.answerBefore))
  return html`<section><h2>${words.flips} (−${lost.length} +${won.length})</h2>${items}</section>`
}

function failingSection({ results }: EvaluationReport, words: ReportWords): Html {
  const failing = results.filter(({ form, passed }) => form === results[0]?.form && !passed)
  return html`<section><h2>${words.failing} (${failing.length})</h2>${failing.slice(0, MAX_SHOWN).map((result) => shown(result, words))}</section>`
}

/** A question beside its answers and the proof. */
function shown(result: QuestionResult, words: ReportWords, answerBefore?: string): Html {
  const { id, form, question, passed, answer, proof, expected, why, category } = result
  const tag = html`<span class="tag ${passed ? 'right' : 'wrong'}">${passed ? words.becameRight : words.becameWrong}</span>`
  const part = (title: string, body: Html) => html`<div><h3>${title}</h3>${body}</div>`
  const quoted =
    proof === null
      ? html`<p>–</p>`
      : html`<blockquote>${proof.quote}</blockquote><p class="note">${proof.conference} · ${proof.documentId}</p>`
  return html`<details><summary><span class="id">${id} · ${category} · ${form}</span>${question}${answerBefore === undefined ? '' : tag}</summary>
<div class="beside">${part(words.answerNow, html`<p>${answer || '–'}</p>`)}${answerBefore === undefined ? '' : part(words.answerBefore, html`<p>${answerBefore || '–'}</p>`)}${part(words.proof, quoted)}</div>
<p class="note">${words.expected}: ${expected || '–'}${why.length > 0 ? ` · ${words.why}: ${why.join('; ')}` : ''}</p></details>`
}
