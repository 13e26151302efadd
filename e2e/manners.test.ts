import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { CLOSING } from '../src/testing/faces-api.ts'
import { ask, PageUnderTest } from './page-under-test.ts'

let tested: PageUnderTest
beforeAll(async () => {
  tested = await PageUnderTest.start()
})
afterEach(() => tested.closePages())
afterAll(() => tested?.stop())

const PHONE = { viewport: { width: 360, height: 740 } }

const overflow = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth)

/** Controls that can be seen and are smaller than 24 px in a direction; links within text may be. */
const tooSmall = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('button, a, summary, input, textarea, [role=menuitem], [role=menuitemradio]')]
      .filter((one) => one.checkVisibility() && !one.closest('.offscreen, .skip') && one.getAttribute('type') !== 'file')
      .filter((one) => Math.min(one.getBoundingClientRect().width, one.getBoundingClientRect().height) < 24)
      .map((one) => `${one.className} ${one.textContent}`),
  )

test('360 px: nothing is wider than the screen, nothing smaller than a finger needs, sources below the answer', async () => {
  const page = await tested.open('', PHONE)
  await page.locator('.example').first().waitFor()
  expect([await overflow(page), await tooSmall(page)]).toEqual([0, []])
  await ask(page, CLOSING.question)
  expect([await overflow(page), await tooSmall(page)]).toEqual([0, []])
  const [answer, source] = [await page.locator('.answer').boundingBox(), await page.locator('.source').first().boundingBox()]
  expect(source?.y).toBeGreaterThan((answer?.y ?? 0) + (answer?.height ?? 0))
  await page.getByRole('button', { name: 'Mở nguồn 1' }).click()
  await page.locator('mark.cited').waitFor()
  expect([await overflow(page), await tooSmall(page)]).toEqual([0, []])
  await page.keyboard.press('Escape')
  for (const view of ['conferences', 'documents']) {
    await page.goto(`${tested.url}/?view=${view}`)
    await page.locator('.conference, .document-entry').first().waitFor()
    expect([view, await overflow(page), await tooSmall(page)]).toEqual([view, 0, []])
  }
})

test('1,440 px: the source stands beside the answer', async () => {
  const page = await tested.open()
  await ask(page, CLOSING.question)
  const [answer, source] = [await page.locator('.answer').boundingBox(), await page.locator('.source').first().boundingBox()]
  expect(source?.x).toBeGreaterThan((answer?.x ?? 0) + (answer?.width ?? 0))
  expect([await overflow(page), await tooSmall(page)]).toEqual([0, []])
})

test('dark follows the system, can be chosen against it, and is remembered', async () => {
  const page = await tested.open('', { colorScheme: 'dark' })
  const light = () => page.evaluate(() => Number(/\d+/.exec(getComputedStyle(document.body).backgroundColor)?.[0]) > 128)
  expect(await light()).toBe(false)
  const choose = async (name: string) => {
    await page.getByRole('button', { name: 'Tuỳ chọn' }).click()
    await page.getByRole('menuitemradio', { name }).click()
  }
  await choose('Sáng')
  await expect.poll(light).toBe(true)
  await page.reload()
  await page.locator('.example').first().waitFor()
  expect(await light()).toBe(true)
  await choose('Theo máy')
  await expect.poll(light).toBe(false)
})

test('the interface speaks Vietnamese first and English when chosen; texts of the corpus stay marked as Vietnamese', async () => {
  const page = await tested.open()
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('vi')
  await page.getByRole('button', { name: 'Tuỳ chọn' }).click()
  await page.getByRole('menuitemradio', { name: 'English' }).click()
  await page.getByRole('heading', { name: 'What would you like to know?' }).waitFor()
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('en')
  await ask(page, CLOSING.question)
  expect(await page.locator('.source-facts').first().innerText()).toBe('No. 77 · 29 Dec 2021')
  const langOf = (selector: string) =>
    page
      .locator(selector)
      .first()
      .evaluate((one) => one.closest('[lang]')?.getAttribute('lang'))
  expect(
    await Promise.all(['.asked', '.quoted', '.source-quote', '.source-conference', '.chip span', '.answer-actions'].map(langOf)),
  ).toEqual(['vi', 'vi', 'vi', 'vi', 'vi', 'en'])
  await ask(page, 'When did the 77th national public security conference end?')
  expect(await page.locator('.turn').nth(1).locator('.asked').getAttribute('lang')).toBe('en')
  await page.reload()
  await page.getByRole('textbox', { name: 'Question' }).waitFor()
})

test('everything from question to source and back can be done with the keyboard alone', async () => {
  const page = await tested.open()
  await page.keyboard.press('Tab')
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Đến nội dung chính')
  await page.getByRole('textbox', { name: 'Câu hỏi' }).focus()
  await page.keyboard.type(CLOSING.question)
  await page.keyboard.press('Enter')
  await page.locator('.answer-actions').waitFor()
  const reach = async (className: string) => {
    for (let tabs = 0; tabs < 60; tabs++) {
      if (await page.evaluate((name) => document.activeElement?.classList.contains(name), className)) return
      await page.keyboard.press('Shift+Tab')
    }
    throw new Error(`${className} cannot be reached`)
  }
  await reach('marker')
  await page.keyboard.press('Enter')
  await page.locator('mark.cited').waitFor()
  for (let tabs = 0; tabs < 20; tabs++) {
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.querySelector('[role=dialog]')?.contains(document.activeElement))).toBe(true)
  }
  await page.keyboard.press('Escape')
  await expect.poll(() => page.evaluate(() => document.activeElement?.className)).toBe('marker')
})

test('nothing jumps while the page loads', async () => {
  const page = await tested.openBlank()
  await page.addInitScript(() => {
    Reflect.set(window, 'shift', 0)
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        if (!Reflect.get(entry, 'hadRecentInput')) Reflect.set(window, 'shift', Reflect.get(window, 'shift') + Reflect.get(entry, 'value'))
      }
    }).observe({ type: 'layout-shift' })
  })
  await page.goto(tested.url)
  await page.locator('.example').first().waitFor()
  await page.waitForTimeout(300)
  expect(await page.evaluate(() => Reflect.get(window, 'shift'))).toBeLessThan(0.02)
})
