import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CorpusIndex } from '../indexing/corpus-index.ts'
import { openUpToDateIndex } from '../indexing/update-index.ts'
import { packageRoot } from '../package-root.ts'
import { FakeIndexSources } from '../testing/fake-index-sources.ts'
import { interpret } from './interpretation.ts'
import { namedEvent } from './named-event.ts'

const SHORT: Record<string, string> = {
  'hoi-nghi-cong-an-toan-quoc-76': '76',
  'hoi-nghi-cong-an-toan-quoc-77': '77',
  'hoi-nghi-so-ket-cong-tac-cong-an-6-thang-dau-nam-2021': '2021/1',
  'hoi-nghi-so-ket-cong-tac-cong-an-6-thang-dau-nam-2023': '2023/1',
  'hoi-nghi-so-ket-2-nam-nghi-quyet-12-chi-thi-11': '2024',
}

let folder: string
let index: CorpusIndex

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'thuky-test-'))
  index = (await openUpToDateIndex(new FakeIndexSources(join(packageRoot(), 'corpus'), folder))).index
})

afterAll(() => rm(folder, { recursive: true, force: true }))

/** Short names of the conferences a question is bound to; `-` for none, `?` before a phrase the corpus has nothing for. */
function scopeOf(question: string): string {
  const { conferenceIds, unmatched } = interpret(question, index)
  const bound = (conferenceIds ?? []).map((id) => SHORT[id]).sort()
  const missing = unmatched.map(({ phrase }) => `?${phrase}`)
  return [...bound, ...missing].join(' ') || '-'
}

describe('a question is bound to the conferences it names', () => {
  test.each([
    // ordinals: digits, words, Roman, abbreviations, without accents, several
    ['Hội nghị Công an toàn quốc lần thứ 77 kết thúc khi nào?', '77'],
    ['hội nghị 77 nói gì', '77'],
    ['hoi nghi lan 76 ai khai mac', '76'],
    ['Hội nghị lần thứ bảy mươi sáu do ai khai mạc?', '76'],
    ['Hội nghị lần thứ bảy mươi bảy bế mạc ngày nào?', '77'],
    ['Hội nghị Công an toàn quốc lần thứ LXXVII', '77'],
    ['HN CA toàn quốc lần 77 bế mạc ngày mấy?', '77'],
    ['HỘI NGHỊ LẦN THỨ 76 BÀN GÌ', '76'],
    ['hội nghị 76 và 77 khác gì nhau', '76 77'],
    ['So sánh hội nghị 76 với hội nghị 77', '76 77'],
    ['hội nghị lần thứ 76 hay 77 có Thủ tướng dự?', '76 77'],
    ['Hội nghị lần thứ 75 họp khi nào?', '?lần thứ 75'],
    ['hội nghị 78 do ai chủ trì', '?hội nghị 78'],
    ['So sánh hội nghị 77 và 79?', '77 ?79'],
    // numbers bound to other nouns
    ['Đại hội lần thứ XIII của Đảng nói gì?', '-'],
    ['Đại hội Đảng bộ Công an Trung ương lần thứ VII', '-'],
    ['bầu cử Quốc hội khóa XV', '-'],
    ['Nghị quyết số 12 về việc gì?', '-'],
    ['Công an 5 thành phố trực thuộc trung ương làm gì?', '-'],
    ['giảm ít nhất 5% số vụ', '-'],
    ['Đề án 06 là gì?', '-'],
    // days
    ['Hội nghị ngày 29/12/2021 nói gì?', '77'],
    ['ngày 29-12-2021 Bộ Công an thông tin gì', '77'],
    ['ngày 29 tháng 12 năm 2021', '77'],
    ['29/12 có hội nghị nào?', '77'],
    ['Ngày 7/12/2020 ai khai mạc?', '76'],
    ['ngay 7 thang 12 nam 2020 hop gi', '76'],
    ['Hội nghị 26/6/2023 bế mạc buổi nào?', '2023/1'],
    ['Cuộc họp ngày 26/6 năm 2023 gồm những gì', '2023/1'],
    ['ngày 26 tháng 6 có gì', '2023/1'],
    ['Bài đăng ngày 24/6/2021 nói gì?', '2021/1'],
    ['Hội nghị ngày 1/1/2019', '?ngày 1/1/2019'],
    ['ngày 30-4-2022 họp gì', '?ngày 30-4-2022'],
    // months
    ['hội nghị tháng 12/2021', '77'],
    ['tháng 12 năm 2020 ai phát biểu?', '76'],
    ['hội nghị tháng 10/2024 do ai chủ trì?', '2024'],
    ['T10/2024 họp gì', '2024'],
    ['tháng 6-2023 có hội nghị nào', '2023/1'],
    ['Tháng 6/2021 Bộ trưởng yêu cầu gì?', '2021/1'],
    ['tháng mười hai năm 2021', '77'],
    ['hội nghị tháng 3/2022', '?tháng 3/2022'],
    // half-years, quarters, seasons
    ['sơ kết 6 tháng đầu năm 2021', '2021/1'],
    ['6T đầu 2023 công an làm được gì', '2023/1'],
    ['nửa đầu năm 2023', '2023/1'],
    ['nua dau nam 2021 muc tieu giam toi pham', '2021/1'],
    ['sáu tháng đầu năm 2021', '2021/1'],
    ['giữa năm 2023', '2023/1'],
    ['cuối năm 2021 yêu cầu gì về giao thông', '77'],
    ['cuối 2020', '76'],
    ['quý IV/2021', '77'],
    ['quý 2 năm 2023', '2023/1'],
    ['6 tháng đầu năm 2022', '?6 tháng đầu năm 2022'],
    // years: binding only next to the word conference
    ['hội nghị năm 2024', '2024'],
    ['Hội nghị Công an toàn quốc năm 2021 có gì mới?', '2021/1 77'],
    ['hội nghị 2023 ai báo cáo', '2023/1'],
    ['Năm 2020 dịch Covid-19 được đánh giá ra sao?', '-'],
    ['giảm tội phạm so với năm 2020', '-'],
    ['mục tiêu đến năm 2030', '-'],
    ['nhiệm vụ năm 2022', '-'],
    ['Hội nghị năm 2019 bàn gì?', '?năm 2019'],
    ['năm 1998 có gì', '?năm 1998'],
    // terms are content
    ['nhiệm kỳ 2020 - 2025', '-'],
    ['Hội đồng nhân dân nhiệm kỳ 2021-2026', '-'],
    // relative phrases
    ['hội nghị mới nhất do ai chủ trì?', '2024'],
    ['hoi nghi gan day nhat ban gi', '2024'],
    ['Hội nghị 77 khác gì hội nghị trước?', '76 77'],
    ['sau hội nghị 76, hội nghị tiếp theo ai bế mạc', '76 77'],
    ['6 tháng đầu năm 2023 so với cùng kỳ năm trước', '2023/1 ?cùng kỳ năm trước'],
    // periods that share a year or a kind
    ['giữa năm và cuối năm 2021 giống nhau chỗ nào', '2021/1 77'],
    ['sơ kết 6 tháng đầu năm 2021 và 2023 ai kết luận', '2021/1 2023/1'],
    ['hai hội nghị sơ kết 6 tháng 2021 và 2023', '2021/1 2023/1'],
    // years set side by side
    ['Bộ trưởng năm 2020 với năm 2024 có phải một người không?', '2024 76'],
    ['hội nghị 77 đặt yêu cầu gì, còn 2024 thì ghi nhận gì?', '2024 77'],
    ['So sánh năm 2020 với năm 2023', '2023/1 76'],
    ['hội nghị 77 nói gì về năm 2022', '77'],
    // agreement of several phrases
    ['Hội nghị lần thứ 77 cuối năm 2021', '77'],
    ['hội nghị 76 tháng 12/2020', '76'],
    // English
    ['conference in 2024', '2024'],
    ['first half of 2023', '2023/1'],
    ['on 29 December 2021', '77'],
    ['in October 2024', '2024'],
    // nothing named
    ['Ai là Bộ trưởng Bộ Công an?', '-'],
    ['Công an xã được ví là gì?', '-'],
  ])('%s → %s', (question, expected) => {
    expect(scopeOf(question)).toBe(expected)
  })
})

describe('an event named by its name', () => {
  test.each([
    ['2 nam nghi quyet 12 chi thi 11', '2024'],
    ['2 nam nghi quyet 12 chi thi 19', undefined],
    ['nghi quyet', undefined],
  ])('%s → %s', (words, expected) => {
    const event = namedEvent(words.split(' '), index)
    expect(event === undefined ? undefined : SHORT[event.id]).toBe(expected)
  })
})

describe('a year that binds nothing', () => {
  test('is remembered, so that what happened in it comes first', () => {
    expect(interpret('Năm 2021 chống dịch ra sao?', index).years).toEqual([2021])
  })

  test('is not remembered when it is only compared with or aimed at', () => {
    expect(interpret('giảm 5% so với năm 2020, đến năm 2030', index).years).toEqual([])
  })
})
