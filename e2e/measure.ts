// In: the real page over the corpus. Out: its figures as a table in docs/page.md: what is transferred, first paint, long tasks, shifts.
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { availableParallelism, loadavg } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import { packageRoot } from '../src/package-root.ts'
import { ask, PageUnderTest } from './page-under-test.ts'

/** Loads of each view, each in a browser that has nothing in its cache; the median counts. */
const RUNS = 7
const QUESTION = 'Hội nghị Công an toàn quốc lần thứ 77 kết thúc khi nào?'

interface Load {
  readonly requests: number
  readonly kilobytes: number
  readonly firstPaintMs: number
  /** Until something can be typed or read. */
  readonly usableMs: number
  readonly longTasks: number
  readonly longestTaskMs: number
  readonly shift: number
}

/** Observed from the first moment on; buffered entries of long tasks do not exist before an observer does. */
const OBSERVE = `window.seen = { tasks: [], shift: 0 }
new PerformanceObserver((list) => { for (const { duration } of list.getEntries()) seen.tasks.push(duration) }).observe({ type: 'longtask' })
new PerformanceObserver((list) => { for (const one of list.getEntries()) if (!one.hadRecentInput) seen.shift += one.value }).observe({ type: 'layout-shift' })`

async function load(tested: PageUnderTest, address: string, usable: (page: Page) => Promise<void>): Promise<Load> {
  const page = await tested.openBlank()
  await page.addInitScript(OBSERVE)
  const session = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  const sizes: number[] = []
  session.on('Network.loadingFinished', ({ encodedDataLength }) => sizes.push(encodedDataLength))
  await page.goto(`${tested.url}/${address}`)
  await usable(page)
  const usableMs = await page.evaluate(() => performance.now())
  await page.waitForTimeout(500)
  const seen = await page.evaluate(() => ({
    ...Reflect.get(window, 'seen'),
    paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
  }))
  await tested.closePages()
  return {
    requests: sizes.length,
    kilobytes: sizes.reduce((sum, size) => sum + size, 0) / 1000,
    firstPaintMs: seen.paint,
    usableMs,
    longTasks: seen.tasks.length,
    longestTaskMs: Math.max(0, ...seen.tasks),
    shift: seen.shift,
  }
}

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

async function row(name: string, measure: () => Promise<Load>): Promise<string> {
  const loads: Load[] = []
  for (let run = 0; run < RUNS; run++) loads.push(await measure())
  const of = (key: keyof Load, digits = 0) => median(loads.map((one) => one[key])).toFixed(digits)
  const cells = [
    of('requests'),
    `${of('kilobytes')} kB`,
    `${of('firstPaintMs')} ms`,
    `${of('usableMs')} ms`,
    of('longTasks'),
    `${of('longestTaskMs')} ms`,
    of('shift', 3),
  ]
  return `| ${[name, ...cells].join(' | ')} |`
}

/** Sum of the compiled files, each packed with gzip. */
async function packedKilobytes(): Promise<number> {
  const folder = join(packageRoot(), 'dist', 'page')
  const names = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((one) => one.isFile())
  const files = await Promise.all(names.map(({ parentPath, name }) => readFile(join(parentPath, name))))
  return files.reduce((sum, file) => sum + gzipSync(file).length, 0) / 1000
}

const tested = await PageUnderTest.start()
const rows: string[] = []
try {
  const first = await tested.open()
  await ask(first, QUESTION)
  await first.locator('.marker').first().click()
  await first.locator('mark.cited').waitFor()
  const { search } = new URL(first.url())
  await tested.closePages()
  const welcome = (page: Page) => page.locator('.example').first().waitFor()
  rows.push(await row('welcome', () => load(tested, '', welcome)))
  rows.push(
    await row('an answer with its source open, by link', () => load(tested, search, (page) => page.locator('mark.cited').waitFor())),
  )
  rows.push(await row('conferences', () => load(tested, '?view=conferences', (page) => page.locator('.conference').first().waitFor())))
} finally {
  await tested.stop()
}

const table = [
  `The whole page packed with gzip: **${(await packedKilobytes()).toFixed(1)} kB** (limit 150 kB). Medians of ${RUNS} loads without a cache, ${tested.browser.browserType().name()} ${tested.browser.version()}, ${availableParallelism()} cores, load ${loadavg()[0]?.toFixed(1)} at the end.`,
  '',
  '| view | requests | transferred | first contentful paint | usable after | long tasks (> 50 ms) | longest | layout shift |',
  '| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
  ...rows,
].join('\n')
const path = join(packageRoot(), 'docs', 'page.md')
const text = await readFile(path, 'utf8')
const place = /(<!-- figures -->)[\s\S]*?(<!-- \/figures -->)/
if (!place.test(text)) throw new Error(`There is no place for the figures in ${path}; put <!-- figures --> and <!-- /figures --> into it.`)
await writeFile(
  path,
  text.replace(place, (_, before, after) => `${before}\n${table}\n${after}`),
)
console.log(table)
