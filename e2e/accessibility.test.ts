import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { CLOSING } from '../src/testing/faces-api.ts'
import { findings } from './axe-findings.ts'
import { ask, PageUnderTest } from './page-under-test.ts'

let tested: PageUnderTest
beforeAll(async () => {
  tested = await PageUnderTest.start()
})
afterEach(() => tested.closePages())
afterAll(() => tested?.stop())

/** What has to be done to see a view. */
const VIEWS: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  welcome: async (page) => page.locator('.example').first().waitFor(),
  'an answer': (page) => ask(page, CLOSING.question),
  'a refusal': (page) => ask(page, 'Hội nghị Công an toàn quốc lần thứ 90 kết thúc khi nào?'),
  'the document reader': async (page) => {
    await ask(page, CLOSING.question)
    await page.locator('.marker').first().click()
    await page.locator('mark.cited').waitFor()
    await page.getByText('Thông tin về tài liệu').click()
    await page.getByRole('searchbox', { name: 'Tìm trong tài liệu' }).fill('hoi nghi')
    await page.locator('mark.hit').first().waitFor()
  },
  'the dialog for the scope': async (page) => {
    await page.getByRole('button', { name: 'Giới hạn phạm vi' }).click()
    await page.getByRole('combobox').fill('hội')
    await page.getByRole('option').first().waitFor()
  },
  'the settings': async (page) => {
    await page.getByRole('button', { name: 'Tuỳ chọn' }).click()
    await page.getByRole('menuitemradio').first().waitFor()
  },
  conferences: async (page) => {
    await page.getByRole('link', { name: 'Hội nghị', exact: true }).click()
    await page.locator('.conference').first().waitFor()
  },
  documents: async (page) => {
    await page.getByRole('link', { name: 'Tài liệu', exact: true }).click()
    await page.locator('.document-entry').first().waitFor()
  },
  'a conversation that is gone': async (page) => {
    await page.goto(`${tested.url}/?conversation=00000000-0000-4000-8000-000000000000`)
    await page.getByText('Cuộc hỏi này không còn nữa').waitFor()
  },
}

for (const colorScheme of ['light', 'dark'] as const) {
  for (const [name, see] of Object.entries(VIEWS)) {
    test(`axe finds nothing serious on ${name}, ${colorScheme}`, async () => {
      const page = await tested.open('', { colorScheme })
      await see(page)
      expect(await findings(page)).toEqual([])
      await tested.closePages(/status of 404/)
    })
  }
}

test('axe finds nothing serious on a phone, the list of conversations open', async () => {
  const page = await tested.open('', { viewport: { width: 360, height: 740 } })
  await ask(page, CLOSING.question)
  expect(await findings(page)).toEqual([])
  await page.getByRole('button', { name: 'Cuộc hỏi', exact: true }).click()
  await page.getByRole('dialog').getByRole('listitem').first().waitFor()
  expect(await findings(page)).toEqual([])
})
