// The HTML report of an evaluation, made by the real product, opened from disk as a person would.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Baseline, baselineOf } from '../src/evaluation/baseline.ts'
import { evaluationReport } from '../src/evaluation/evaluation-report.ts'
import { goldQuestions } from '../src/evaluation/gold-question.ts'
import { htmlReport } from '../src/evaluation/html-report.ts'
import type { QuestionResult } from '../src/evaluation/question-result.ts'
import { runEvaluation } from '../src/evaluation/run-evaluation.ts'
import { packageRoot } from '../src/package-root.ts'
import { makeWorkspace, type Workspace } from '../src/testing/faces-workspace.ts'
import { findings } from './axe-findings.ts'
import { startBrowser } from './browser.ts'

let workspace: Workspace
let browser: Browser
let folder: string
let url: string

/** A baseline at which two of the questions went the other way. */
function otherBaseline(results: readonly QuestionResult[]): Baseline {
  const flipped = new Set(results.slice(0, 2).map(({ id }) => id))
  return baselineOf(
    results.map((result) =>
      flipped.has(result.id)
        ? { ...result, answer: 'Trước đây khác.', values: { ...result.values, passed: result.passed ? 0 : 1 } }
        : result,
    ),
  )
}

beforeAll(async () => {
  workspace = await makeWorkspace()
  const lines = (await readFile(join(packageRoot(), 'eval', 'gold', 'conferences.jsonl'), 'utf8')).trim().split('\n')
  const golds = goldQuestions(lines.filter((_, i) => i % 8 === 0).join('\n'))
  const forms = ['accented', 'unaccented', 'upper'] as const
  const run = await runEvaluation({
    config: workspace.config,
    golds,
    forms,
    variants: ['served', 'dense'],
    strictness: [0, 1],
    parallel: 2,
    resume: false,
  })
  const baseline = otherBaseline(run.runs[0]?.results ?? [])
  const report = evaluationReport(run, { product: '0.0.0-test', gold: ['conferences.jsonl'], forms, baseline, now: new Date(0) })
  folder = await mkdtemp(join(tmpdir(), 'thuky-report-'))
  await writeFile(join(folder, 'index.html'), await htmlReport(report, 'vi'))
  url = pathToFileURL(join(folder, 'index.html')).href
  browser = await startBrowser()
})
afterAll(async () => {
  await browser?.close()
  await workspace?.remove()
  await rm(folder, { recursive: true, force: true })
})

/** Opens the report; everything it asks of a network or says on the console is a fault. */
async function opened(width: number, colorScheme: 'light' | 'dark'): Promise<{ page: Page; faults: string[] }> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme })
  const page = await context.newPage()
  const faults: string[] = []
  page.on('console', (message) => faults.push(message.text()))
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('request', (request) => {
    if (request.url() !== url && !request.url().startsWith('data:')) faults.push(request.url())
  })
  await page.goto(url)
  return { page, faults }
}

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [1280, 390]) {
    test(`is whole and accessible at ${width} pixels, ${colorScheme}`, async () => {
      const { page, faults } = await opened(width, colorScheme)
      const plots = page.locator('figure svg')
      expect(await plots.count()).toBe(5)
      for (const plot of await plots.all()) {
        const box = await plot.boundingBox()
        expect(box?.width).toBeGreaterThan(250)
        expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(width)
        const marks = plot.locator('circle, rect, path')
        expect(await marks.count()).toBeGreaterThan(2)
      }
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
      await page.locator('details').first().click()
      expect(await findings(page)).toEqual([])
      expect(faults).toEqual([])
      await page.context().close()
    })
  }
}

test('a flipped question opens to both answers and the proof', async () => {
  const { page } = await opened(1280, 'light')
  const flip = page.locator('section', { hasText: 'Câu hỏi đổi kết quả so với mốc' }).locator('details').first()
  await flip.locator('summary').click()
  expect(await flip.innerText()).toMatch(/Câu trả lời hiện nay[\s\S]*Câu trả lời ở mốc\s+Trước đây khác\.[\s\S]*Bằng chứng/)
  await page.context().close()
})
