import { readFile } from 'node:fs/promises'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { CLOSING } from '../src/testing/faces-api.ts'
import { ask, PageUnderTest } from './page-under-test.ts'

let tested: PageUnderTest
beforeAll(async () => {
  tested = await PageUnderTest.start()
})
afterEach(() => tested.closePages())
afterAll(() => tested?.stop())

const REFUSED = /ERR_CONNECTION_REFUSED|Failed to fetch|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE|ERR_INCOMPLETE_CHUNKED_ENCODING/

test('a link reopens the same answer with its source open, in another browser, after the server was started anew', async () => {
  const page = await tested.open()
  await ask(page, 'Còn ai phát biểu tại hội nghị lần thứ 76?')
  await ask(page, CLOSING.question)
  await page.getByRole('button', { name: 'Mở nguồn 1' }).last().click()
  await page.locator('mark.cited').waitFor()
  const { search } = new URL(page.url())
  expect(search).toMatch(/^\?conversation=[\w-]+&answer=[\w-]+&document=[^&]+&start=\d+&end=\d+$/)
  const answer = await page.locator('.turn').nth(1).locator('.answer').innerText()
  await tested.closePages()
  await tested.stopServer()
  await tested.startServerAgain()
  const again = await tested.open(search)
  await again.locator('mark.cited').waitFor()
  expect(await again.locator('mark.cited').textContent()).toBe(CLOSING.sentence)
  expect(await again.locator('.turn').nth(1).locator('.answer').innerText()).toBe(answer)
  await again.keyboard.press('Escape')
  const top = () =>
    again
      .locator('.turn')
      .nth(1)
      .evaluate((turn) => turn.getBoundingClientRect().top)
  await expect.poll(top).toBeLessThan(200)
})

test('back and forward go from answer to answer and close what was opened', async () => {
  const page = await tested.open()
  await ask(page, CLOSING.question)
  await page.getByRole('button', { name: 'Mở nguồn 1' }).click()
  await page.getByRole('dialog').waitFor()
  await page.goBack()
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  expect(await page.locator('.turn').count()).toBe(1)
  await page.goBack()
  await page.getByRole('heading', { name: 'Bạn muốn biết điều gì?' }).waitFor()
  await page.goForward()
  expect(await page.locator('.answer').innerText()).toContain(CLOSING.sentence)
})

test('a conversation is renamed, exported as Markdown and JSON, and deleted for good', async () => {
  const page = await tested.open()
  await ask(page, CLOSING.question)
  const entry = page.locator('.conversation-current')
  const choose = async (name: string) => {
    await entry.getByRole('button', { name: /^Thao tác với/ }).click()
    await page.getByRole('menuitem', { name }).click()
  }
  await choose('Đổi tên')
  await page.getByLabel('Tên mới').fill('Hội nghị 77: <b>ngày</b>')
  await page.getByRole('button', { name: 'Lưu' }).click()
  await entry.getByText('Hội nghị 77: <b>ngày</b>').waitFor()

  const exported = async (name: string) => {
    const waiting = page.waitForEvent('download')
    await choose(name)
    const download = await waiting
    return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') }
  }
  const markdown = await exported('Xuất Markdown')
  expect(markdown.name).toBe('hoi-nghi-77-b-ngay-b.md')
  expect(markdown.text).toContain(`## ${CLOSING.question}`)
  expect(markdown.text).toMatch(/^# Hội nghị 77: \\<b\\>ngày/)
  expect(markdown.text).toContain(`1. > ${CLOSING.sentence}`)
  const json = await exported('Xuất JSON')
  expect(JSON.parse(json.text)).toMatchObject({
    turns: [{ question: CLOSING.question, answer: { citations: [{ quote: CLOSING.sentence }] } }],
  })

  const gone = new URL(page.url()).searchParams.get('conversation')
  await choose('Xoá')
  await page.getByRole('alertdialog').getByRole('button', { name: 'Thôi' }).click()
  expect(await entry.count()).toBe(1)
  await choose('Xoá')
  await page.getByRole('alertdialog').getByRole('button', { name: 'Xoá' }).click()
  await page.getByRole('heading', { name: 'Bạn muốn biết điều gì?' }).waitFor()
  expect((await fetch(`${tested.url}/conversations/${gone}`)).status).toBe(404)
  await page.goto(`${tested.url}/?conversation=${gone}`)
  await page.getByText('Cuộc hỏi này không còn nữa').waitFor()
  await tested.closePages(/status of 404/)
})

test('what a person says about an answer is kept by the server', async () => {
  const page = await tested.open()
  await ask(page, CLOSING.question)
  const reply = page.waitForResponse((response) => response.url().endsWith('/feedback'))
  await page.getByRole('button', { name: 'Sai nguồn' }).click()
  expect((await reply).status()).toBe(201)
  await page.getByText('Đã ghi nhận, cảm ơn bạn.').waitFor()
  expect(await page.getByRole('button', { name: 'Sai nguồn' }).getAttribute('aria-pressed')).toBe('true')
})

test('a server that stops and comes back: told in words, nothing typed is lost, the question can be asked again', async () => {
  const page = await tested.open()
  await ask(page, CLOSING.question)
  await tested.stopServer()
  const field = page.getByRole('textbox', { name: 'Câu hỏi' })
  await field.fill('Ai khai mạc hội nghị lần thứ 76?')
  await page.keyboard.press('Enter')
  await page.locator('.turn').nth(1).getByText('Không kết nối được với máy chủ.').waitFor()
  await page.getByText('Chạy “npm start” rồi đợi').waitFor()
  await field.fill('câu đang gõ dở')
  await tested.startServerAgain()
  await page.getByText('Chạy “npm start” rồi đợi').waitFor({ state: 'hidden' })
  expect(await field.inputValue()).toBe('câu đang gõ dở')
  await page.locator('.turn').nth(1).getByRole('button', { name: 'Thử lại' }).click()
  await page.locator('.turn').nth(1).locator('.answer-actions').waitFor()
  expect(await page.locator('.turn').nth(1).locator('.asked').innerText()).toContain('Ai khai mạc hội nghị lần thứ 76?')
  await tested.closePages(REFUSED, /status of 503/)
})
