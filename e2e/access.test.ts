import { afterEach, beforeEach, expect, test } from 'vitest'
import { CLOSING } from '../src/testing/faces-api.ts'
import { ask, PageUnderTest } from './page-under-test.ts'

const SECRET = 'mot-khoa-du-dai-0123'
const WITH_KEYS = { apiKeys: [{ name: 'van-phong', secret: SECRET }] }
const UNAUTHORISED = /status of 401/

let tested: PageUnderTest | undefined
beforeEach(() => {
  tested = undefined
})
afterEach(() => tested?.stop())

test('a server with keys: the page asks for one, a wrong one opens nothing, the right one everything, for this tab only', async () => {
  tested = await PageUnderTest.start(WITH_KEYS)
  const page = await tested.open()
  const dialog = page.getByRole('dialog', { name: 'Nhập khoá truy cập' })
  await dialog.getByLabel('Khoá', { exact: true }).fill('khong-phai-khoa-nay')
  await dialog.getByRole('button', { name: 'Lưu' }).click()
  await page.getByText('Cần khoá truy cập.').first().waitFor()
  await dialog.getByLabel('Khoá', { exact: true }).fill(SECRET)
  await dialog.getByRole('button', { name: 'Lưu' }).click()
  await page.locator('.example').first().waitFor()
  await ask(page, CLOSING.question)
  expect(page.url()).not.toContain(SECRET)
  expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain(SECRET)
  await page.getByRole('button', { name: 'Sai nguồn' }).waitFor()
  await tested.closePages(UNAUTHORISED)
})

test('a server that others may only read: questions are answered, nothing that writes is offered', async () => {
  tested = await PageUnderTest.start({ ...WITH_KEYS, public: true })
  const page = await tested.open()
  await ask(page, CLOSING.question)
  expect(await page.getByRole('button', { name: 'Sai nguồn' }).count()).toBe(0)
  await page.getByRole('link', { name: 'Tài liệu', exact: true }).click()
  await page.locator('.document-entry').first().click()
  await page.getByText('Thông tin về tài liệu').click()
  await page.locator('.fact').first().waitFor()
  expect(await page.getByRole('button', { name: 'Sửa thông tin' }).count()).toBe(0)
  expect(await page.locator('input[type=file]').count()).toBe(0)
  await tested.closePages()
})
