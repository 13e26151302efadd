// In: the real page over the corpus. Out: pictures of its main views: the two of the README in docs/screenshots, all others in
// .cache/screenshots, to be looked at after a change.
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { packageRoot } from '../src/package-root.ts'
import { ask, PageUnderTest } from './page-under-test.ts'

interface View {
  readonly name: string
  readonly options?: BrowserContextOptions
  readonly address?: string
  readonly inReadme?: boolean
  readonly see: (page: Page) => Promise<void>
}

const PHONE = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2 }
const DARK = { colorScheme: 'dark' } as const
const QUESTION = 'Bộ trưởng Bộ Công an là ai?'

const example = (page: Page) => page.locator('.example').first().waitFor()
const answer = (page: Page) => ask(page, QUESTION)
const refusal = (page: Page) => ask(page, 'Hội nghị Công an toàn quốc lần thứ 90 kết thúc khi nào?')
const source = async (page: Page) => {
  await answer(page)
  await page.locator('.marker').first().click()
  await page.locator('mark.cited').first().waitFor()
}

const VIEWS: readonly View[] = [
  { name: 'answer', see: answer, inReadme: true },
  { name: 'source', see: source, inReadme: true },
  { name: 'welcome', see: example },
  { name: 'welcome-dark', options: DARK, see: example },
  { name: 'answer-dark', options: DARK, see: answer },
  { name: 'refusal', see: refusal },
  { name: 'refusal-dark', options: DARK, see: refusal },
  { name: 'conferences', address: '?view=conferences', see: (page) => page.locator('.conference').first().waitFor() },
  { name: 'documents', address: '?view=documents', see: (page) => page.locator('.document-entry').first().waitFor() },
  { name: 'phone-welcome', options: PHONE, see: example },
  { name: 'phone-answer', options: PHONE, see: answer },
  { name: 'phone-answer-dark', options: { ...PHONE, ...DARK }, see: answer },
  { name: 'phone-source', options: PHONE, see: source },
  { name: 'phone-refusal', options: PHONE, see: refusal },
]

const [shown, others] = [join(packageRoot(), 'docs', 'screenshots'), join(packageRoot(), '.cache', 'screenshots')]
for (const folder of [shown, others]) await mkdir(folder, { recursive: true })
const tested = await PageUnderTest.start()
try {
  for (const { name, options = {}, address = '', inReadme = false, see } of VIEWS) {
    const page = await tested.open(address, options)
    await see(page)
    await page.mouse.move(0, 0)
    await page.evaluate(() => (document.activeElement instanceof HTMLElement ? document.activeElement.blur() : undefined))
    const path = join(inReadme ? shown : others, `${name}.png`)
    await page.screenshot({ path })
    console.log(path)
    await tested.closePages()
  }
} finally {
  await tested.stop()
}
