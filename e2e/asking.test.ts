import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { CLOSING } from '../src/testing/faces-api.ts'
import { ask, PageUnderTest } from './page-under-test.ts'

let tested: PageUnderTest
beforeAll(async () => {
  tested = await PageUnderTest.start()
})
afterEach(() => tested.closePages())
afterAll(() => tested?.stop())

test('the first question leads to an answer, its source card and the highlighted sentence in the whole document', async () => {
  const page = await tested.open()
  await ask(page, CLOSING.question)
  expect(await page.locator('.answer .quoted').innerText()).toBe(CLOSING.sentence)
  const card = page.getByRole('complementary', { name: 'Nguồn trích dẫn' })
  expect(await card.innerText()).toMatch(/Hội nghị Công an toàn quốc lần thứ 77[\s\S]*Lần thứ 77 · 29\/12\/2021[\s\S]*Chiều 29-12/)
  await page.getByRole('button', { name: 'Mở nguồn 1' }).click()
  const reader = page.getByRole('dialog')
  const cited = reader.locator('mark.cited')
  await cited.waitFor()
  expect(await cited.textContent()).toBe(CLOSING.sentence)
  const isInSight = () =>
    cited.evaluate((mark) => mark.getBoundingClientRect().top >= 0 && mark.getBoundingClientRect().bottom <= innerHeight)
  await expect.poll(isInSight).toBe(true)
  expect(await reader.innerText()).toContain('Bộ trưởng Tô Lâm phát biểu bế mạc Hội nghị')
  await page.keyboard.press('Escape')
  await reader.waitFor({ state: 'hidden' })
  await expect.poll(() => page.evaluate(() => document.activeElement?.className)).toBe('marker')
})

test('while the documents are searched the page says so, then the answer takes its place', async () => {
  const page = await tested.open()
  const states: string[] = []
  await page.exposeFunction('seen', (state: string) => states.push(state))
  await page.evaluate(() => {
    const report = Reflect.get(window, 'seen')
    new MutationObserver(() => {
      const turn = document.querySelector('.turn')
      if (turn !== null) report(`${turn.getAttribute('aria-busy')} ${turn.querySelector('.answer') !== null}`)
    }).observe(document.body, { subtree: true, childList: true, attributes: true })
  })
  await ask(page, CLOSING.question)
  expect(states).toContain('true false')
  expect(states.at(-1)).toBe('false true')
})

test('a follow-up is completed from the question before and shows what was really searched', async () => {
  const page = await tested.open()
  await ask(page, CLOSING.question)
  await ask(page, 'Còn lần thứ 76 thì sao?')
  const second = page.locator('.turn').nth(1)
  expect(await second.locator('.scope').innerText()).toMatch(/Hiểu là:.*lần thứ 76/)
  expect(await second.locator('.source-conference').first().innerText()).toBe('Hội nghị Công an toàn quốc lần thứ 76')
})

test('← and → go through the citations of an answer, also from document to document', async () => {
  const page = await tested.open()
  await ask(page, 'So sánh hội nghị lần thứ 76 và lần thứ 77: diễn ra khi nào?')
  expect(await page.locator('.marker').count()).toBeGreaterThan(1)
  await page.locator('.marker').first().click()
  await page.locator('mark.cited').first().waitFor()
  const title = () => page.getByRole('dialog').getByRole('heading').first().innerText()
  const [first, where] = [await title(), page.url()]
  await page.keyboard.press('ArrowRight')
  await expect.poll(title).not.toBe(first)
  await page.locator('mark.cited').first().waitFor()
  await page.keyboard.press('ArrowLeft')
  await expect.poll(() => page.url()).toBe(where)
  expect(await title()).toBe(first)
})

test('a refusal looks different, says why and offers the nearest conferences, which answer', async () => {
  const page = await tested.open()
  await ask(page, 'Hội nghị Công an toàn quốc lần thứ 90 kết thúc khi nào?')
  const refusal = page.locator('.refusal')
  expect(await refusal.innerText()).toMatch(/^Kho không có hội nghị hay thời gian này\n+.*lần thứ 90/)
  expect(await page.locator('.answer').count()).toBe(0)
  await refusal.getByRole('button', { name: 'Hỏi lại trong Hội nghị Công an toàn quốc lần thứ 77' }).click()
  const second = page.locator('.turn').nth(1)
  await second.locator('.answer-actions').waitFor()
  expect(await second.locator('.source-conference').first().innerText()).toBe('Hội nghị Công an toàn quốc lần thứ 77')
})

test('a greeting is told what can be asked, and offers nothing to ask again', async () => {
  const page = await tested.open()
  await ask(page, 'Xin chào')
  const told = page.locator('.refusal')
  expect(await told.innerText()).toMatch(/^Hỏi được gì ở đây\n+Thư Ký trả lời bằng lời trích nguyên văn/)
  expect(await told.getByRole('button').count()).toBe(0)
})

test('chips show where was searched; one click takes one away or another conference in, and asks again', async () => {
  const page = await tested.open()
  await ask(page, 'Bộ trưởng yêu cầu điều gì tại hội nghị lần thứ 77?')
  const first = page.locator('.turn').first()
  expect(await first.locator('.chip').allInnerTexts()).toEqual(['Hội nghị Công an toàn quốc lần thứ 77'])
  await first.getByRole('button', { name: 'Đổi phạm vi' }).click()
  await page.getByRole('combobox').fill('lan thu 76')
  await page.getByRole('option', { name: /lần thứ 76/ }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Bỏ giới hạn “Hội nghị Công an toàn quốc lần thứ 77”' }).click()
  await page.getByRole('button', { name: 'Hỏi lại trong phạm vi này' }).click()
  const second = page.locator('.turn').nth(1)
  await second.locator('.answer-actions').waitFor()
  expect(await second.locator('.chip').allInnerTexts()).toEqual(['Hội nghị Công an toàn quốc lần thứ 76'])
  expect(await second.locator('.source-conference').first().innerText()).toBe('Hội nghị Công an toàn quốc lần thứ 76')
  await second.getByRole('button', { name: /^Bỏ giới hạn/ }).click()
  const third = page.locator('.turn').nth(2)
  await third.locator('.answer-actions').waitFor()
  expect(await third.locator('.scope').innerText()).toContain('toàn bộ kho')
})

test('dates narrow the search, in the form people write them; what is no date is told', async () => {
  const page = await tested.open()
  await page.getByRole('button', { name: 'Giới hạn phạm vi' }).click()
  await page.getByLabel('Từ ngày').fill('31/02/2021')
  await page.getByRole('button', { name: 'Dùng phạm vi này' }).click()
  await page.getByText('Hãy viết ngày dạng').waitFor()
  await page.getByLabel('Từ ngày').fill('12/2021')
  await page.getByLabel('Đến ngày').fill('2021')
  await page.getByRole('button', { name: 'Dùng phạm vi này' }).click()
  expect(new URL(page.url()).search).toBe('?from=2021-12&to=2021')
  await ask(page, 'Hội nghị đã kết thúc ra sao?')
  expect(await page.locator('.turn .chip').allInnerTexts()).toEqual(['từ 12/2021 đến 2021'])
  expect(await page.locator('.source-conference').first().innerText()).toBe('Hội nghị Công an toàn quốc lần thứ 77')
})

test('Enter that ends a composition of an input method does not ask; the next Enter does', async () => {
  const page = await tested.open()
  const field = page.getByRole('textbox', { name: 'Câu hỏi' })
  await field.focus()
  const typing = await page.context().newCDPSession(page)
  await typing.send('Input.insertText', { text: CLOSING.question.slice(0, -1) })
  await typing.send('Input.imeSetComposition', { text: 'nà', selectionStart: 2, selectionEnd: 2 })
  await field.evaluate((area) => {
    area.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true, isComposing: true }))
    area.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', keyCode: 229, bubbles: true, cancelable: true }))
  })
  expect(await page.locator('.turn').count()).toBe(0)
  expect(await field.inputValue()).toMatch(/nà$/)
  await typing.send('Input.insertText', { text: '?' })
  expect(await field.inputValue()).toBe(CLOSING.question)
  await page.keyboard.press('Enter')
  await page.locator('.answer-actions').waitFor()
  expect(await page.locator('.asked').innerText()).toContain(CLOSING.question)
})

test('Shift+Enter breaks the line; a question that is too long is told and not sent', async () => {
  const page = await tested.open()
  const field = page.getByRole('textbox', { name: 'Câu hỏi' })
  await field.fill('dòng một')
  await page.keyboard.press('Shift+Enter')
  expect(await field.inputValue()).toBe('dòng một\n')
  await field.fill('a'.repeat(2001))
  await page.keyboard.press('Enter')
  await page.getByText('Câu hỏi dài quá 2.000 ký tự').waitFor()
  expect(await page.locator('.turn').count()).toBe(0)
})

test('an example question of the welcome is answered', async () => {
  const page = await tested.open()
  const example = page.locator('.example').first()
  const question = await example.innerText()
  await example.click()
  await page.locator('.answer-actions').waitFor()
  expect(await page.locator('.asked').innerText()).toContain(question)
  expect(await page.locator('.marker').count()).toBeGreaterThan(0)
})

test('copies hold the answer with its sources, and a citation as people put it into their own text', async () => {
  const page = await tested.open('', { permissions: ['clipboard-read', 'clipboard-write'] })
  await ask(page, CLOSING.question)
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText())
  await page.getByRole('button', { name: 'Chép câu trả lời kèm nguồn' }).click()
  await page.getByText('Đã chép.').waitFor()
  const copied = await clipboard()
  expect(copied).toContain(CLOSING.question)
  expect(copied).toMatch(/Nguồn trích dẫn:\n\[1\] “Chiều 29-12.*” \(Hội nghị Công an toàn quốc lần thứ 77, 29\/12\/2021\)/)
  await page.getByRole('button', { name: 'Chép trích dẫn' }).click()
  await expect.poll(clipboard).toBe(`“${CLOSING.sentence}” (Hội nghị Công an toàn quốc lần thứ 77, 29/12/2021)`)
})
