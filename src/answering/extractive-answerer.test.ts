import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Assistant, createAssistant } from '../assistant.ts'
import { loadConfig } from '../config.ts'
import { packageRoot } from '../package-root.ts'
import type { RetrievalFilters } from '../retrieval/retrieval-filters.ts'
import { writeFiles } from '../testing/temporary-folder.ts'
import type { Answer } from './answer.ts'

const front = (conference: string, name: string, date: string, publisher: string) =>
  `---\ntitle: ${name}\nconference: ${conference}\nconferenceName: ${name}\ndate: ${date}\npublisher: ${publisher}\npublishedAt: ${date}\n---\n`

/** Two reports of one event, told in different words; one figure agrees, one does not. */
const RAID = 'Lễ ra quân cao điểm tuần tra đêm tỉnh Lạc Giang'
const REPORTS = {
  'ra-quan-a.md': `${front('ra-quan-lac-giang', RAID, '2025-03-04', 'Báo Lạc Giang')}Sáng 4/3, Công an tỉnh Lạc Giang tổ chức Lễ ra quân cao điểm tuần tra đêm. Tham gia lễ ra quân có 180 cán bộ, chiến sĩ của các phòng nghiệp vụ. Đại tá Đoàn Thế Vỹ, Giám đốc Công an tỉnh phát lệnh xuất quân.\n\nTrong đợt thử nghiệm, lực lượng đã thu giữ 46 hung khí các loại trên địa bàn tỉnh.`,
  'ra-quan-b.md': `${front('ra-quan-lac-giang', RAID, '2025-03-04', 'Đài Lạc Giang')}Lễ ra quân cao điểm tuần tra đêm diễn ra sáng 4/3 ở quảng trường tỉnh Lạc Giang, với sự tham gia của một trăm tám mươi cán bộ, chiến sĩ. Người phát lệnh xuất quân là Đại tá Đoàn Thế Vỹ, Giám đốc Công an tỉnh.\n\nTheo báo cáo, qua đợt thử nghiệm, các tổ tuần tra thu giữ 64 hung khí các loại.`,
  'hoi-nghi-cu.md': `${front('hoi-nghi-lac-giang-2021', 'Hội nghị tổng kết năm 2021 Công an tỉnh Lạc Giang', '2021-12-20', 'Báo Lạc Giang')}Ngày 20/12, Công an tỉnh Lạc Giang tổng kết công tác năm 2021. Phát biểu tại hội nghị, Đại tá Hứa Quang Định, Giám đốc Công an tỉnh biểu dương các đơn vị. Năm 2021, toàn tỉnh xảy ra 310 vụ trộm cắp.`,
}

let folder: string
let reports: Assistant
let conferences: Assistant

const assistantOver = (corpus: string) =>
  createAssistant(loadConfig({ corpus: join(folder, corpus), index: join(folder, `${corpus}-index`) }, {}, folder))

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'thuky-test-'))
  await writeFiles(join(folder, 'reports'), REPORTS)
  await cp(join(packageRoot(), 'corpus'), join(folder, 'conferences'), { recursive: true })
  reports = assistantOver('reports')
  conferences = assistantOver('conferences')
  await Promise.all([reports.open(), conferences.open()])
})
afterAll(async () => {
  await Promise.all([reports?.close(), conferences?.close()])
  await rm(folder, { recursive: true, force: true })
})

const answer = async (assistant: Assistant, question: string): Promise<Answer> => (await assistant.ask({ question })).answer
const cited = ({ citations }: Answer) => citations.map(({ document }) => document.id)

describe('a refusal under filters', () => {
  test('tells what was searched: what they left, nothing else', async () => {
    const ask = async (filters: RetrievalFilters) => (await reports.ask({ question: 'Giá vàng hôm nay bao nhiêu?', filters })).answer
    const one = await ask({ documentIds: ['hoi-nghi-cu'] })
    expect(one.refusal?.searched.map(({ id }) => id)).toEqual(['hoi-nghi-lac-giang-2021'])
    expect(one.text).not.toContain(RAID)
    const none = await ask({ from: '1990', to: '1991' })
    expect(none.refusal?.searched).toEqual([])
    expect(none.text).toContain('bộ lọc')
  })
})

describe('what is said to the assistant itself', () => {
  test.each(['Xin chào', 'cảm ơn bạn', 'trong kho có những hội nghị nào?'])(
    '"%s" is told what can be asked, without sentences',
    async (text) => {
      const earlierQuestions = ['Lễ ra quân ở Lạc Giang có bao nhiêu cán bộ tham gia?']
      const { answer } = await reports.ask({ question: text, earlierQuestions })
      expect(answer).toMatchObject({ answerable: false, refusal: { reason: 'out-of-corpus', nearest: [] } })
      expect(answer.text).toContain('từ 2 hội nghị và tài liệu')
      expect(answer.text).toContain(RAID)
    },
  )
})

describe('what there was at a time', () => {
  test.each(['Năm 2021 có những hội nghị nào?', 'nam 2021 co hoi nghi nao khong'])(
    '"%s" is told by the reports of it',
    async (question) => {
      const { answerable, citations } = await answer(reports, question)
      expect([answerable, citations.map(({ quote }) => quote)]).toEqual([
        true,
        ['Ngày 20/12, Công an tỉnh Lạc Giang tổng kết công tác năm 2021.'],
      ])
    },
  )

  test('and where there was nothing, that', async () => {
    const { text, refusal } = await answer(reports, 'Năm 2023 có hội nghị nào không?')
    expect(refusal?.reason).toBe('unknown-conference')
    expect(text).toContain('“Năm 2023”')
    expect(text).toContain(RAID)
  })
})

describe('several reports of one event', () => {
  test('a figure both give is one answer with two proofs', async () => {
    const given = await answer(reports, 'Lễ ra quân tuần tra đêm ở Lạc Giang có bao nhiêu cán bộ, chiến sĩ tham gia?')
    expect(cited(given).sort()).toEqual(['ra-quan-a', 'ra-quan-b'])
    expect(given.text).toContain('cũng nêu')
    expect(given.text).not.toContain('khác nhau')
  })

  test('figures that differ are both shown, with source and date, and none is stated as the fact', async () => {
    const given = await answer(reports, 'Đợt thử nghiệm tuần tra đêm ở Lạc Giang thu giữ bao nhiêu hung khí?')
    expect(cited(given).sort()).toEqual(['ra-quan-a', 'ra-quan-b'])
    expect(given.text).toContain('nêu số liệu khác nhau')
    expect(given.text).toMatch(/Báo Lạc Giang \(04\/03\/2025\): “[^”]*46 hung khí/)
    expect(given.text).toMatch(/Đài Lạc Giang \(04\/03\/2025\): “[^”]*64 hung khí/)
  })

  test('a person both name is proven twice', async () => {
    const given = await answer(reports, 'Ai phát lệnh xuất quân ở Lạc Giang?')
    expect(given.text).toMatch(/^Đoàn Thế Vỹ — theo /)
    expect(cited(given).sort()).toEqual(['ra-quan-a', 'ra-quan-b'])
  })
})

describe('an office that passed from one person to another', () => {
  test('is answered for each holder, latest first', async () => {
    const given = await answer(reports, 'Giám đốc Công an tỉnh là ai?')
    expect(
      given.text
        .split('\n')
        .filter((line) => line.includes(' — theo '))
        .map((line) => line.split(' — ')[0]),
    ).toEqual(['Đoàn Thế Vỹ', 'Hứa Quang Định'])
  })
})

describe('conferences set side by side', () => {
  test.each([
    ['Mục tiêu giảm tội phạm giữa năm và cuối năm 2021 khác gì nhau?', 2],
    ['Bộ trưởng Bộ Công an năm 2020 với năm 2024 có phải một người không?', 2],
    ['Ai kết luận hoặc bế mạc hai hội nghị sơ kết 6 tháng 2021 và 2023?', 2],
  ])('%s: one proof of each', async (question, sides) => {
    const { citations } = await answer(conferences, question)
    expect(new Set(citations.map(({ conference }) => conference.id)).size).toBe(sides)
  })
})

describe('facts from the metadata', () => {
  test('the day a report was published is said as such', async () => {
    const given = await answer(conferences, 'Bài trên ANTD.VN về sơ kết nửa đầu năm 2021 đăng ngày nào?')
    expect(given.text).toMatch(/^24\/06\/2021 — ngày đăng/)
  })
})

describe('a list', () => {
  test('of people in several roles has one proof for each role', async () => {
    const given = await answer(conferences, 'Hội nghị sơ kết Nghị quyết 12 có những ai chủ trì, điều hành?')
    expect(given.text).toContain('Lương Tam Quang')
    expect(given.text).toContain('Trần Quốc Tỏ')
  })
})
