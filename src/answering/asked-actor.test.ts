import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Assistant, createAssistant } from '../assistant.ts'
import { loadConfig } from '../config.ts'
import { writeFiles } from '../testing/temporary-folder.ts'

const front = (name: string, date: string) => `---\ntitle: ${name}\nconferenceName: ${name}\ndate: ${date}\n---\n`
const TALK = 'Hội nghị Công an tỉnh Lạc Giang lần thứ 5'
const LATER = 'Hội nghị Công an tỉnh Lạc Giang lần thứ 6'
const DOCUMENTS = {
  'hoi-nghi-5.md': `${front(TALK, '2025-03-04')}Sáng 4/3, Công an tỉnh Lạc Giang tổ chức ${TALK}.\n\nTrung tướng Đỗ Hữu Khải, Thứ trưởng Bộ Công an tới dự và phát biểu chỉ đạo Hội nghị.\n\nTrong công tác phòng cháy, Đại tá Hứa Quang Định, Giám đốc Công an tỉnh yêu cầu các đơn vị thực hiện nghiêm chỉ thị của Thủ tướng Chính phủ về kiểm tra chung cư cũ. Các đội phải tập huấn mỗi quý một lần cho dân phòng ở từng khu phố.\n\nThượng tá Lò Văn Pha, Phó Giám đốc Công an tỉnh báo cáo rằng đường dây nóng đã nhận 412 cuộc gọi.`,
  'hoi-nghi-6.md': `${front(LATER, '2025-09-10')}Chiều 12-9, Công an tỉnh cho biết ${LATER} đã bế mạc sau ba ngày làm việc. Bộ trưởng Nguyễn Trọng Sâm phát biểu khai mạc, cho biết năm 2026 sẽ có thêm 20 đồn công an.\n\nGiám đốc Hứa Quang Định cũng đề nghị các phường lắp thêm camera ở trường học.`,
}

let folder: string
let assistant: Assistant
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'thuky-test-'))
  await writeFiles(join(folder, 'corpus'), DOCUMENTS)
  assistant = createAssistant(loadConfig({ corpus: join(folder, 'corpus'), index: join(folder, 'index') }, {}, folder))
  await assistant.open()
})
afterAll(async () => {
  await assistant.close()
  await rm(folder, { recursive: true, force: true })
})

const answerTo = async (question: string) => (await assistant.ask({ question })).answer

describe('what somebody said', () => {
  test.each([
    ['Thủ tướng yêu cầu gì về phòng cháy tại hội nghị lần thứ 5?'],
    ['thu tuong noi gi ve phong chay tai hoi nghi lan thu 5'],
    ['Ông Đỗ Hữu Khải yêu cầu gì về kiểm tra chung cư cũ?'],
    ['Bộ trưởng đề nghị các phường lắp gì ở trường học tại hội nghị lần thứ 6?'],
  ])('is not told in the words of somebody else: %s', async (question) => {
    expect(await answerTo(question)).toMatchObject({ answerable: false })
  })

  test.each([
    ['Giám đốc Công an tỉnh yêu cầu gì về phòng cháy tại hội nghị lần thứ 5?', 'kiểm tra chung cư cũ'],
    ['Ông Hứa Quang Định đề nghị gì ở hội nghị lần thứ 6?', 'lắp thêm camera'],
    ['Đại tá Hứa Quang Định đề nghị lắp camera ở đâu?', 'trường học'],
    ['Giám đốc yêu cầu các đội tập huấn dân phòng bao lâu một lần?', 'mỗi quý'],
  ])('is told in their own words, or in those that follow them: %s', async (question, words) => {
    expect((await answerTo(question)).citations[0]?.quote).toContain(words)
  })

  test('is not told by the sentence that only says that they spoke', async () => {
    expect(await answerTo('Thứ trưởng phát biểu gì tại hội nghị lần thứ 5?')).toMatchObject({ answerable: false })
  })
})

describe('whether somebody was there', () => {
  test('is told by a sentence that names them', async () => {
    expect((await answerTo('Thứ trưởng có dự hội nghị lần thứ 5 không?')).citations[0]?.quote).toContain('tới dự')
  })

  test('is not told by one that does not', async () => {
    expect(await answerTo('Tổng Bí thư có dự hội nghị lần thứ 5 không?')).toMatchObject({ answerable: false })
  })
})

describe('who somebody is', () => {
  test('is told by a sentence that gives them an office, the latest', async () => {
    const { text, citations } = await answerTo('Ông Hứa Quang Định giữ chức vụ gì?')
    expect(citations[0]?.quote).toContain('Giám đốc Hứa Quang Định')
    expect(text).not.toContain('Bộ trưởng —')
  })

  test('is never told as the name of another person in the sentence', async () => {
    expect((await answerTo('Nguyễn Trọng Sâm là ai?')).text).not.toContain('Hứa Quang Định —')
    expect((await answerTo('Hứa Quang Định là ai?')).text).not.toMatch(/^(?!Theo)[^“]*—/u)
  })

  test('holding an office is not told by a sentence about somebody who holds another', async () => {
    expect(await answerTo('Bộ trưởng Bộ Công an hồi tháng 3/2025 là ai?')).toMatchObject({ answerable: false })
    expect((await answerTo('Thứ trưởng Bộ Công an hồi tháng 3/2025 là ai?')).text).toContain('Đỗ Hữu Khải')
  })

  test('is not told of a director by a sentence about the deputy', async () => {
    const { answerable, citations } = await answerTo('Phó Giám đốc Công an tỉnh báo cáo đường dây nóng nhận bao nhiêu cuộc gọi?')
    expect([answerable, citations[0]?.quote.includes('412')]).toEqual([true, true])
  })
})

describe('when an event was opened', () => {
  test('is the day its report begins with', async () => {
    expect((await answerTo('Hội nghị lần thứ 5 khai mạc khi nào?')).citations[0]?.quote).toContain('Sáng 4/3')
  })

  test.each(['Hội nghị lần thứ 6 khai mạc khi nào?', `${LATER} khai mạc khi nào?`])(
    'is not told by a report that begins with its closing, nor by what was said there of other times: %s',
    async (question) => {
      const { answerable, refusal } = await answerTo(question)
      expect([answerable, refusal?.reason]).toEqual([false, 'not-stated'])
    },
  )

  test('is asked by its whole name as by its number', async () => {
    expect((await answerTo(`${TALK} diễn ra khi nào?`)).text).toMatch(/^Sáng 4\/3 — theo/)
  })
})
