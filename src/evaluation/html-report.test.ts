import { parseHTML } from 'linkedom'
import { describe, expect, test } from 'vitest'
import { baselineOf } from './baseline.ts'
import { coverageCurve } from './coverage-curve.ts'
import { type EvaluationReport, evaluationReport } from './evaluation-report.ts'
import { htmlReport } from './html-report.ts'
import { METRIC_NAMES, type MetricValues } from './metric-table.ts'
import type { QuestionResult } from './question-result.ts'

const nothing = Object.fromEntries(METRIC_NAMES.map((name) => [name, null])) as Record<keyof MetricValues, null>

/** A result that passes or not; odd ones are unanswerable. */
function result(i: number, passed: boolean): QuestionResult {
  const answerable = i % 2 === 0
  const refused = answerable !== passed
  return {
    id: `q${i}`,
    form: 'accented',
    category: answerable ? 'when' : 'near_miss',
    gold: 'abc',
    question: `Hội nghị lần thứ ${i} <khi nào> & ở đâu?`,
    answerable,
    expected: 'ngày 29-12',
    passed,
    why: passed ? [] : ['lacks ngày 29-12'],
    refused,
    answer: refused ? 'Không có trong tài liệu.' : '“Chiều 29-12 <b>…</b>” [1]',
    proof: refused ? null : { quote: 'Chiều 29-12 <script>', documentId: 'tai-lieu', conference: 'Hội nghị' },
    confidence: refused ? null : i / 10,
    citations: refused ? 0 : 1,
    exactCitations: refused ? 0 : 1,
    rank: answerable ? i + 1 : null,
    values: {
      ...nothing,
      passed: passed ? 1 : 0,
      answers: answerable ? (passed ? 1 : 0) : null,
      hit1: answerable ? 1 : null,
      abstention: 1,
    },
    timings: { embed: 5, retrieve: 1, answer: 1, total: 7 + i },
    error: null,
  }
}

const before = Array.from({ length: 10 }, (_, i) => result(i, true))
const now = before.map((each, i) => (i === 2 || i === 3 ? result(i, false) : each))

function report(): EvaluationReport {
  const run = { name: 'served', model: '/m/small', strictness: 0.5, documents: 2, passages: 9, resumed: 0, results: now }
  const strict = { ...run, strictness: 1, results: before }
  const context = { product: '0.0.0', gold: ['g.jsonl'], forms: ['accented' as const], baseline: baselineOf(before), now: new Date(0) }
  return evaluationReport({ runs: [run, { ...run, name: 'dense', results: before }], strictness: [strict], faults: [] }, context)
}

describe('the HTML report', () => {
  test('loads nothing, runs nothing, and shows every text as text', async () => {
    const page = await htmlReport(report(), 'vi')
    expect(page).not.toMatch(/(?:src|href)="(?!data:,")|url\((?!#)|@import|<script/)
    expect(page).toContain('Hội nghị lần thứ 2 &lt;khi nào&gt; &amp; ở đâu?')
    expect(page).toContain('Chiều 29-12 &lt;script&gt;')
  })

  test('draws five plots with their marks, each with a name', async () => {
    const { document } = parseHTML(await htmlReport(report(), 'en'))
    const plots = [...document.querySelectorAll('figure svg')]
    expect(plots).toHaveLength(5)
    for (const plot of plots) {
      expect(plot.getAttribute('aria-label')).toMatch(/\w/)
      expect(plot.querySelectorAll('rect, circle, path[d^="M"]').length).toBeGreaterThan(2)
      expect(plot.outerHTML).not.toContain('NaN')
    }
    const dots = [...(document.querySelector('figure svg[aria-label="Figures"]')?.querySelectorAll('circle') ?? [])]
    expect(dots.length).toBeGreaterThan(3)
    for (const dot of dots) expect(Number(dot.getAttribute('cx'))).toBeGreaterThan(100)
  })

  test('shows each flipped question beside both answers and its proof', async () => {
    const { document } = parseHTML(await htmlReport(report(), 'en'))
    const flips = [...document.querySelectorAll('section')].find((section) => section.textContent?.includes('changed since'))
    const items = [...(flips?.querySelectorAll('details') ?? [])]
    expect(items.map((item) => item.querySelector('.id')?.textContent)).toEqual(['q2 · when · accented', 'q3 · near_miss · accented'])
    expect(items[0]?.textContent).toMatch(/Answer now[\s\S]*Không có trong tài liệu[\s\S]*Answer at the baseline[\s\S]*Chiều 29-12/)
    expect(items[1]?.querySelector('blockquote')?.textContent).toBe('Chiều 29-12 <script>')
  })

  test('says the same in Vietnamese', async () => {
    const page = await htmlReport(report(), 'vi')
    expect(page).toContain('<html lang="vi">')
    expect(page).toContain('Câu hỏi đổi kết quả so với mốc')
    expect(page).not.toContain('Answer now')
  })
})

test('the curve goes from what is answered now to answering nothing, and never back', () => {
  const curve = coverageCurve(now)
  expect(curve[0]).toMatchObject({ coverage: 0.8, refusals: 0.8 })
  expect(curve.at(-1)).toMatchObject({ coverage: 0, refusals: 1 })
  for (const [i, point] of curve.slice(1).entries()) {
    expect(point.coverage).toBeLessThanOrEqual(curve[i]?.coverage ?? 0)
    expect(point.refusals).toBeGreaterThanOrEqual(curve[i]?.refusals ?? 1)
  }
})
