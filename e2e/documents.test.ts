import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { ask, PageUnderTest } from './page-under-test.ts'

let tested: PageUnderTest
beforeAll(async () => {
  tested = await PageUnderTest.start()
})
afterEach(() => tested.closePages())
afterAll(() => tested?.stop())

async function upload(page: Page, name: string, content: string | Buffer): Promise<void> {
  const folder = join(tested.workspace.folder, 'uploads')
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, name), content)
  await page.locator('input[type=file]').setInputFiles(join(folder, name))
}

const HARVEST = `Sáng 3/4/2025, tại Cần Thơ, Cục Trồng trọt tổ chức Hội nghị tổng kết vụ đông xuân 2025.

Cục trưởng Nguyễn Văn Bình cho biết năng suất lúa bình quân đạt 72,4 tạ trên một hecta.`

test('a file that is dropped becomes a document that answers at once; what is known about it is corrected in place', async () => {
  const page = await tested.open('?view=documents')
  await upload(page, 'vu-dong-xuan.txt', HARVEST)
  const entry = page.locator('.upload-entry')
  await entry.getByText('Đã thêm, có thể hỏi ngay.').waitFor()
  expect(await readdir(tested.workspace.corpusDir)).toContain('vu-dong-xuan.txt')
  await page.locator('.documents').getByText('vụ đông xuân 2025').first().waitFor()

  await entry.getByRole('link', { name: 'Mở tài liệu' }).click()
  const reader = page.getByRole('dialog')
  await reader.getByText('năng suất lúa bình quân').waitFor()
  await reader.getByText('Thông tin về tài liệu').click()
  expect(await reader.locator('.fact', { hasText: 'Tên hội nghị' }).innerText()).toMatch(/Lấy từ nội dung văn bản/)
  await reader.getByRole('button', { name: 'Sửa thông tin' }).click()
  await reader.getByLabel('Nơi đăng').fill('Báo Lúa Gạo')
  await reader.getByLabel('Địa chỉ gốc').fill('https://example.org/vu-dong-xuan')
  await reader.getByRole('button', { name: 'Lưu' }).click()
  await reader.getByText('Báo Lúa Gạo').first().waitFor()
  expect(await reader.locator('.fact', { hasText: 'Nơi đăng' }).innerText()).toMatch(/khai báo đầu tệp/)
  expect(await reader.locator('.fact', { hasText: 'Tên hội nghị' }).innerText()).toMatch(/Lấy từ nội dung văn bản/)
  const original = reader.getByRole('link', { name: /Bài gốc/ })
  expect(await original.getAttribute('href')).toBe('https://example.org/vu-dong-xuan')
  expect(await original.getAttribute('rel')).toContain('noopener')

  await reader.getByRole('link', { name: 'Hỏi trong tài liệu này' }).click()
  await ask(page, 'Năng suất lúa bình quân đạt bao nhiêu?')
  expect(await page.locator('.answer').innerText()).toContain('72,4 tạ')
  expect(await page.locator('.source-facts').first().innerText()).toContain('Báo Lúa Gạo')
})

test('a file of the same name is not replaced without asking', async () => {
  const page = await tested.open('?view=documents')
  await upload(page, 'vu-he-thu.txt', HARVEST.replaceAll('đông xuân', 'hè thu'))
  await page.getByText('Đã thêm, có thể hỏi ngay.').waitFor()
  await upload(page, 'vu-he-thu.txt', HARVEST.replaceAll('đông xuân', 'hè thu').replace('72,4', '58,1'))
  await page.getByText('Kho đã có tài liệu mang tên này.').waitFor()
  await page.getByRole('button', { name: 'Thay tài liệu cũ' }).click()
  await page.getByText('Đã thay tài liệu cũ.').waitFor()
})

test('files that cannot be read are told in words, each for its reason', async () => {
  const page = await tested.open('?view=documents')
  await upload(page, 'anh.png', 'x')
  await page.getByText('Không đọc được loại tệp này').waitFor()
  await upload(page, 'to.txt', Buffer.alloc(10 * 1024 * 1024 + 1, 'a'))
  await page.getByText('Tệp lớn hơn 10 MiB').waitFor()
  await upload(page, 'hong.pdf', 'không phải PDF')
  await page.locator('.upload-bad', { hasText: 'hong.pdf' }).getByText('Máy chủ cho biết').waitFor()
  await upload(page, 'trong.txt', ' ')
  await page.locator('.upload-bad', { hasText: 'trong.txt' }).waitFor()
  expect(await readdir(tested.workspace.corpusDir)).not.toContain('hong.pdf')
  await tested.closePages(/status of 4\d\d/)
})

const HOSTILE = `Hội nghị thử nghiệm an toàn trang ngày 5/5/2025 <img src=x onerror="window.hacked=1">

<script>window.hacked = 1</script> Đại tá Lê Văn <b onclick="window.hacked=1">Thử</b> phát biểu về <iframe src="javascript:window.hacked=1"></iframe> bảo mật.

[bấm vào đây](javascript:window.hacked=1) và {{constructor.constructor("window.hacked=1")()}} kết thúc.`

test('a document full of HTML and script is shown as text, in the reader, the answer, the lists and the search', async () => {
  const page = await tested.open('?view=documents')
  await upload(page, 'doc-hai.txt', HOSTILE)
  await page.getByText('Đã thêm, có thể hỏi ngay.').waitFor()
  await page.locator('.upload-entry').getByRole('link', { name: 'Mở tài liệu' }).click()
  const text = page.locator('.reader-text')
  await text.getByText('phát biểu về').waitFor()
  await expect.poll(async () => (await text.innerText()).replace(/\n+/g, '\n')).toBe(HOSTILE.replace(/\n+/g, '\n'))
  await page.getByRole('searchbox', { name: 'Tìm trong tài liệu' }).fill('<SCRIPT>')
  await page.locator('mark.hit-current').waitFor()
  await page.getByRole('link', { name: 'Hỏi trong tài liệu này' }).click()
  await ask(page, 'Ai phát biểu về bảo mật? <img src=x onerror="window.hacked=1">')
  await page.locator('.passages summary').click()
  expect(await page.locator('main img, main iframe, main script, [onclick], [onerror]').count()).toBe(0)
  expect(await page.evaluate(() => Reflect.get(window, 'hacked'))).toBeUndefined()
})

test('a search within a document finds words in any accents and goes from place to place', async () => {
  const page = await tested.open('?document=2021-12-29-hoi-nghi-cong-an-toan-quoc-77')
  const search = page.getByRole('searchbox', { name: 'Tìm trong tài liệu' })
  await search.fill('bo truong')
  const count = page.getByRole('dialog').locator('form [role=status]')
  await expect.poll(() => count.innerText()).toMatch(/^1\/\d+$/)
  expect(await page.locator('mark.hit-current').innerText()).toMatch(/^bộ trưởng$/i)
  await page.keyboard.press('Enter')
  await expect.poll(() => count.innerText()).toMatch(/^2\//)
  await search.fill('không có trong bài')
  await expect.poll(() => count.innerText()).toBe('Không thấy')
})

test('conferences stand in a timeline by year, are found by name, and lead to their documents and to a question about them', async () => {
  const page = await tested.open('?view=conferences')
  await page.locator('.conference').first().waitFor()
  expect(await page.locator('.timeline h2').allInnerTexts()).toEqual(expect.arrayContaining(['2024', '2023', '2021', '2020']))
  await page.getByRole('searchbox', { name: 'Tìm hội nghị' }).fill('toan quoc 77')
  await expect.poll(() => page.locator('.conference').count()).toBe(1)
  await page.getByRole('link', { name: 'Hỏi về hội nghị này' }).click()
  expect(await page.locator('.question-form .chip').allInnerTexts()).toEqual(['Hội nghị Công an toàn quốc lần thứ 77'])
})

test('a document is deleted only after a question, and is gone from the folder', async () => {
  const page = await tested.open('?view=documents')
  await upload(page, 'xoa-di.txt', HARVEST.replaceAll('đông xuân', 'mùa'))
  await page.getByText('Đã thêm, có thể hỏi ngay.').waitFor()
  await page.locator('.upload-entry').getByRole('link', { name: 'Mở tài liệu' }).click()
  await page.getByText('Thông tin về tài liệu').click()
  await page.getByRole('dialog').getByRole('button', { name: 'Xoá' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Xoá' }).click()
  await page.locator('.reader').waitFor({ state: 'hidden' })
  await expect.poll(() => readdir(tested.workspace.corpusDir)).not.toContain('xoa-di.txt')
})
