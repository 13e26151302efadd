import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { standaloneQuestion } from './standalone-question.ts'

/** What was asked before, what is asked now, and the question that stands alone. */
const FOLLOW_UPS: readonly [string, string, string][] = [
  ['Hội nghị Công an toàn quốc lần thứ 77 kết thúc khi nào?', 'Còn lần thứ 76?', 'Hội nghị Công an toàn quốc lần thứ 76 kết thúc khi nào?'],
  [
    'Hội nghị Công an toàn quốc lần thứ 77 kết thúc khi nào?',
    'Thế lần 76 thì sao?',
    'Hội nghị Công an toàn quốc lần thứ 76 kết thúc khi nào?',
  ],
  ['Hội nghị Công an toàn quốc lần thứ 77 kết thúc khi nào?', 'Còn 76?', 'Hội nghị Công an toàn quốc lần thứ 76 kết thúc khi nào?'],
  ['Hội nghị Công an toàn quốc lần thứ 77 kết thúc khi nào?', 'Ai chủ trì?', 'Ai chủ trì Hội nghị Công an toàn quốc lần thứ 77?'],
  ['Hội nghị Công an toàn quốc lần thứ 77 kết thúc khi nào?', 'Kéo dài bao lâu?', 'Hội nghị Công an toàn quốc lần thứ 77 kéo dài bao lâu?'],
  ['Hội nghị Công an toàn quốc lần thứ 77 kết thúc khi nào?', 'Ở đâu?', 'Hội nghị Công an toàn quốc lần thứ 77 kết thúc ở đâu?'],
  ['Hội nghị Công an toàn quốc lần thứ 77 kết thúc khi nào?', 'Vì sao?', 'Vì sao hội nghị Công an toàn quốc lần thứ 77 kết thúc?'],
  [
    'Hội nghị Công an toàn quốc lần thứ 77 kết thúc khi nào?',
    'Có bao nhiêu đại biểu tham dự?',
    'Hội nghị Công an toàn quốc lần thứ 77 có bao nhiêu đại biểu tham dự?',
  ],
  [
    'Hội nghị Công an toàn quốc lần thứ 77 kết thúc khi nào?',
    'Trích nguyên văn giúp tôi',
    'Hội nghị Công an toàn quốc lần thứ 77 kết thúc khi nào, trích nguyên văn?',
  ],
  ['Hội nghị Công an toàn quốc lần thứ 77 kết thúc khi nào?', 'Giá vàng hôm nay bao nhiêu?', 'Giá vàng hôm nay bao nhiêu?'],
  [
    'Hội nghị Công an toàn quốc lần thứ 77 kết thúc khi nào?',
    'Hội nghị sơ kết 6 tháng đầu năm 2023 do ai chủ trì?',
    'Hội nghị sơ kết 6 tháng đầu năm 2023 do ai chủ trì?',
  ],
  ['Ai chủ trì hội nghị lần thứ 76?', 'hội nghị đó diễn ra khi nào?', 'Hội nghị lần thứ 76 diễn ra khi nào?'],
  ['Ai chủ trì hội nghị lần thứ 76?', 'Khi nào?', 'Hội nghị lần thứ 76 diễn ra khi nào?'],
  ['Ai chủ trì hội nghị lần thứ 76?', 'Ông ấy giữ chức gì?', 'Người chủ trì hội nghị lần thứ 76 giữ chức gì?'],
  ['Ai chủ trì hội nghị lần thứ 76?', 'Ông ấy nói gì về tội phạm?', 'Người chủ trì hội nghị lần thứ 76 nói gì về tội phạm?'],
  ['Ai chủ trì hội nghị lần thứ 76?', 'Còn khai mạc?', 'Ai khai mạc hội nghị lần thứ 76?'],
  ['Ai chủ trì hội nghị lần thứ 76?', 'Còn năm 2023?', 'Ai chủ trì hội nghị năm 2023?'],
  ['Ai chủ trì hội nghị lần thứ 76?', 'Bà ấy phát biểu gì ở đó?', 'Người chủ trì hội nghị lần thứ 76 phát biểu gì?'],
  ['Bộ trưởng Bộ Công an là ai?', 'Ông ấy phát biểu gì?', 'Bộ trưởng Bộ Công an phát biểu gì?'],
  [
    'Ông Trần Quốc Tỏ làm gì ở hội nghị sơ kết 6 tháng đầu năm 2023?',
    'Còn ông Lương Tam Quang?',
    'Ông Lương Tam Quang làm gì ở hội nghị sơ kết 6 tháng đầu năm 2023?',
  ],
  [
    'Ông Trần Quốc Tỏ làm gì ở hội nghị sơ kết 6 tháng đầu năm 2023?',
    'Ông ấy giữ chức vụ gì?',
    'Tại hội nghị sơ kết 6 tháng đầu năm 2023, ông Trần Quốc Tỏ giữ chức vụ gì?',
  ],
  ['Đại tướng Tô Lâm phát biểu gì tại Hội nghị 77?', 'Ông ấy giữ chức gì?', 'Tại Hội nghị 77, Đại tướng Tô Lâm giữ chức gì?'],
  [
    'Chỉ tiêu giảm tội phạm 6 tháng đầu năm 2021 là bao nhiêu?',
    'so với năm 2023 thì sao?',
    'Chỉ tiêu giảm tội phạm 6 tháng đầu năm 2021 so với năm 2023 thì sao?',
  ],
  ['Chỉ tiêu giảm tội phạm 6 tháng đầu năm 2021 là bao nhiêu?', 'Còn 2023?', 'Chỉ tiêu giảm tội phạm 6 tháng đầu năm 2023 là bao nhiêu?'],
  [
    'Chỉ tiêu giảm tội phạm 6 tháng đầu năm 2021 là bao nhiêu?',
    'Năm 2023 thì sao?',
    'Chỉ tiêu giảm tội phạm 6 tháng đầu năm 2023 là bao nhiêu?',
  ],
  ['hoi nghi 77 noi gi ve toi pham', 'con cong an xa thi sao', 'hoi nghi 77 noi gi ve cong an xa'],
  ['hoi nghi 77 noi gi ve toi pham', 'con lan thu 76', 'Hoi nghi 76 noi gi ve toi pham'],
  ['hoi nghi 77 noi gi ve toi pham', 'ai chu tri', 'Ai chu tri hoi nghi 77?'],
  ['hoi nghi 77 noi gi ve toi pham', 'hoi nghi do dien ra o dau', 'Hoi nghi 77 dien ra o dau'],
  ['When did the 76th national conference end?', 'who chaired it?', 'Who chaired the 76th national conference?'],
  ['When did the 76th national conference end?', 'What about the 77th?', 'When did the 77th national conference end?'],
  ['When did the 76th national conference end?', 'Where was that conference held?', 'Where was the 76th national conference held?'],
  [
    'Who chaired the 76th conference?',
    'What did he say about crime?',
    'What did the person who chaired the 76th conference say about crime?',
  ],
  ['Who chaired the 76th conference?', 'and the 77th?', 'Who chaired the 77th conference?'],
  ['Hội nghị Công an toàn quốc lần thứ 76 diễn ra khi nào?', 'who chaired it?', 'Who chaired the 76th conference?'],
  ['Who chaired the 76th conference?', 'Hội nghị đó diễn ra khi nào?', 'Hội nghị lần thứ 76 diễn ra khi nào?'],
  ['What did the 77th conference say about crime?', 'And traffic?', 'What did the 77th conference say about traffic?'],
  [
    'Hội nghị Công an toàn quốc lần thứ 76 diễn ra ở đâu?',
    'Cuộc họp ấy bàn những gì?',
    'Hội nghị Công an toàn quốc lần thứ 76 bàn những gì?',
  ],
  [
    'Hội nghị Công an toàn quốc lần thứ 76 diễn ra ở đâu?',
    'Lúc đó ai là Bộ trưởng?',
    'Tại Hội nghị Công an toàn quốc lần thứ 76 ai là Bộ trưởng?',
  ],
  [
    'Hội nghị Công an toàn quốc lần thứ 76 diễn ra ở đâu?',
    'Ở đó Thủ tướng phát biểu gì?',
    'Tại Hội nghị Công an toàn quốc lần thứ 76 Thủ tướng phát biểu gì?',
  ],
  [
    'Hội nghị Công an toàn quốc lần thứ 76 diễn ra ở đâu?',
    'Có những ai tham dự?',
    'Có những ai tham dự Hội nghị Công an toàn quốc lần thứ 76?',
  ],
  [
    'Hội nghị Công an toàn quốc lần thứ 76 diễn ra ở đâu?',
    'Hội nghị kết thúc khi nào?',
    'Hội nghị Công an toàn quốc lần thứ 76 kết thúc khi nào?',
  ],
  [
    'Hội nghị Công an toàn quốc lần thứ 76 diễn ra ở đâu?',
    'Chỉ tiêu giảm tội phạm là bao nhiêu?',
    'Tại Hội nghị Công an toàn quốc lần thứ 76, chỉ tiêu giảm tội phạm là bao nhiêu?',
  ],
  [
    'Hội nghị Công an toàn quốc lần thứ 76 diễn ra ở đâu?',
    'Thế còn về phòng chống ma túy?',
    'Hội nghị Công an toàn quốc lần thứ 76 nói gì về phòng chống ma túy?',
  ],
  [
    'Hội nghị Công an toàn quốc lần thứ 76 diễn ra ở đâu?',
    'Hội nghị trước đó thì sao?',
    'Hội nghị Công an toàn quốc lần thứ 75 diễn ra ở đâu?',
  ],
  ['Hội nghị Công an toàn quốc lần thứ 76 diễn ra ở đâu?', 'Đề án 06 là gì?', 'Đề án 06 là gì?'],
  ['Hội nghị Công an toàn quốc lần thứ 76 diễn ra ở đâu?', 'cảm ơn', 'cảm ơn'],
  [
    'Hội nghị sơ kết công tác Công an 6 tháng đầu năm 2021 do ai chủ trì?',
    'Còn 6 tháng đầu năm 2023?',
    'Hội nghị sơ kết công tác Công an 6 tháng đầu năm 2023 do ai chủ trì?',
  ],
  [
    'Hội nghị sơ kết công tác Công an 6 tháng đầu năm 2021 do ai chủ trì?',
    'Còn năm 2023 thì ai chủ trì?',
    'Hội nghị sơ kết công tác Công an 6 tháng đầu năm 2023 do ai chủ trì?',
  ],
  [
    'Hội nghị sơ kết công tác Công an 6 tháng đầu năm 2021 do ai chủ trì?',
    'Ai đọc báo cáo?',
    'Ai đọc báo cáo tại Hội nghị sơ kết công tác Công an 6 tháng đầu năm 2021?',
  ],
  [
    'Hội nghị sơ kết công tác Công an 6 tháng đầu năm 2021 do ai chủ trì?',
    'Năm đó tội phạm giảm bao nhiêu phần trăm?',
    'Năm 2021 tội phạm giảm bao nhiêu phần trăm?',
  ],
  [
    'Phong trào thi đua về công an xã năm 2024 có chủ đề gì?',
    'Phong trào đó do ai phát động?',
    'Phong trào thi đua về công an xã năm 2024 do ai phát động?',
  ],
  ['Công an xã được đánh giá ra sao?', 'Còn công an phường?', 'Công an phường được đánh giá ra sao?'],
  ['Hội nghị 76 do ai khai mạc?', 'Bế mạc khi nào?', 'Hội nghị 76 bế mạc khi nào?'],
  ['Hội nghị 76 do ai khai mạc?', 'Còn bế mạc?', 'Hội nghị 76 do ai bế mạc?'],
  ['Hội nghị 76 do ai khai mạc?', 'Ai vậy?', 'Hội nghị 76 do ai khai mạc?'],
  ['Hội nghị 76 do ai khai mạc?', 'Nói rõ hơn', 'Hội nghị 76 do ai khai mạc?'],
  ['Hội nghị ngày 26/6/2023 do cơ quan nào tổ chức?', 'Còn tháng 10 năm 2024?', 'Hội nghị tháng 10 năm 2024 do cơ quan nào tổ chức?'],
  ['Nghị quyết số 12 nói về việc gì?', 'Nghị quyết đó do ai ban hành?', 'Nghị quyết số 12 do ai ban hành?'],
  ['HỘI NGHỊ 77 KẾT THÚC KHI NÀO?', 'CÒN LẦN THỨ 76?', 'Hội nghị 76 kết thúc khi nào?'],
  ['When did the 76th national conference end?', 'Where was it held?', 'Where was the 76th national conference held?'],
  ['Cuối năm 2023 có bao nhiêu vụ cháy?', 'Đầu năm đó thì sao?', 'Đầu năm 2023 có bao nhiêu vụ cháy?'],
  ['Ai khai mạc hội nghị năm 2020?', 'So với năm 2021 thì sao?', 'Ai khai mạc hội nghị năm 2021?'],
  [
    'Chỉ tiêu giảm số vụ cháy nêu giữa năm 2022 là bao nhiêu?',
    'Tính so với năm nào?',
    'Chỉ tiêu giảm số vụ cháy nêu giữa năm 2022 tính so với năm nào?',
  ],
  ['Hội nghị 76 tổ chức khi nào?', 'Còn lần thứ 77 thì ở đâu?', 'Hội nghị 77 tổ chức ở đâu?'],
  ['Hội nghị 77 giao chỉ tiêu gì?', 'Nhắc lại giúp con số đó, trích nguyên văn', 'Hội nghị 77 giao chỉ tiêu gì, trích nguyên văn?'],
  ['Ai bế mạc hội nghị 77?', 'Họp ở hội trường nào?', 'Hội nghị 77 họp ở hội trường nào?'],
  ['Đề án 06 là gì?', 'Dữ liệu đó phải đạt yêu cầu gì?', 'Dữ liệu của Đề án 06 phải đạt yêu cầu gì?'],
  ['Hội nghị 77 kết thúc khi nào?', 'Cho mình hỏi ai chủ trì ạ?', 'Ai chủ trì Hội nghị 77?'],
  ['Cho tôi xin hỏi: Hội nghị 77 nói gì về tội phạm ạ?', 'Cho tôi xin hỏi: Còn về giao thông ạ?', 'Hội nghị 77 nói gì về giao thông?'],
  ['Ai chủ trì hội nghị 77?', 'Xem lại tài liệu đi, ai chủ trì?', 'Ai chủ trì hội nghị 77?'],
  ['Ai khai mạc hội nghị 76?', 'Không, ý tôi là hội nghị 77', 'Ai khai mạc hội nghị 77?'],
  ['Ai khai mạc hội nghị 76?', 'À nhầm, lần thứ 77 cơ', 'Ai khai mạc hội nghị 77?'],
  ['Ai khai mạc hội nghị 76?', 'Thế bế mạc thì ai?', 'Ai bế mạc hội nghị 76?'],
  ['Ai khai mạc hội nghị 76?', 'Thế trạm Suối Bạc do ai phụ trách?', 'Thế trạm Suối Bạc do ai phụ trách?'],
  ['Ai khai mạc hội nghị 76?', 'Bạn chắc không?', 'Ai khai mạc hội nghị 76?'],
  ['Ai khai mạc hội nghị 76?', 'Nguồn ở đâu?', 'Ai khai mạc hội nghị 76?'],
  ['Ai khai mạc hội nghị 76?', 'Thủ tướng có dự không?', 'Tại hội nghị 76, Thủ tướng có dự không?'],
  ['Hội nghị 77 kết thúc khi nào?', 'Bộ trưởng yêu cầu gì về giao thông?', 'Tại Hội nghị 77, Bộ trưởng yêu cầu gì về giao thông?'],
  ['Hội nghị 77 kết thúc khi nào?', 'Nội dung chính là gì?', 'Tại Hội nghị 77, nội dung chính là gì?'],
  ['Hội nghị 77 kết thúc khi nào?', 'Tóm tắt giúp tôi', 'Tóm tắt Hội nghị 77'],
  ['Hội nghị 77 kết thúc khi nào?', 'Nêu các nhiệm vụ được giao', 'Nêu các nhiệm vụ được giao tại Hội nghị 77'],
  ['Hội nghị 77 kết thúc khi nào?', 'Lần này ai phát biểu bế mạc?', 'Tại Hội nghị 77 ai phát biểu bế mạc?'],
  ['Hội nghị 77 kết thúc khi nào?', 'Còn Covid thì sao?', 'Hội nghị 77 nói gì về Covid?'],
  ['Hội nghị 77 kết thúc khi nào?', 'Bao nhiêu người dự?', 'Hội nghị 77 có bao nhiêu người dự?'],
  ['Hội nghị 77 nói gì về công an xã?', 'Thế năm 2024 nói gì?', 'Hội nghị năm 2024 nói gì về công an xã?'],
  [
    'Hội nghị 77 nói gì về công an xã?',
    'So sánh với hội nghị năm 2024',
    'Hội nghị 77 nói gì về công an xã, so sánh với hội nghị năm 2024?',
  ],
  ['Hội nghị 77 nói gì về công an xã?', 'Khác gì hội nghị 76?', 'Hội nghị 77 nói gì về công an xã, so sánh với hội nghị 76?'],
  ['Hội nghị 77 nói gì về công an xã?', 'Ai nói câu đó?', 'Ai nói về công an xã tại Hội nghị 77?'],
  ['Hội nghị tháng 6 năm 2023 ai phát biểu?', 'Cùng kỳ năm 2021 thì sao?', 'Hội nghị năm 2021 ai phát biểu?'],
  ['Tô Lâm phát biểu gì tại hội nghị 76?', 'Còn Nguyễn Xuân Phúc?', 'Nguyễn Xuân Phúc phát biểu gì tại hội nghị 76?'],
  ['Tô Lâm phát biểu gì tại hội nghị 76?', 'Thế Thủ tướng thì sao?', 'Thủ tướng phát biểu gì tại hội nghị 76?'],
  ['Tô Lâm phát biểu gì tại hội nghị 76?', 'Còn ở hội nghị 77 ông nói gì?', 'Ở hội nghị 77 Tô Lâm nói gì?'],
  ['Chỉ tiêu giảm tội phạm năm 2021 là bao nhiêu?', 'Ai đặt ra chỉ tiêu đó?', 'Ai đặt ra chỉ tiêu giảm tội phạm năm 2021?'],
  ['Chỉ tiêu giảm tội phạm năm 2021 là bao nhiêu?', 'Nêu ở hội nghị nào?', 'Chỉ tiêu giảm tội phạm năm 2021 nêu ở hội nghị nào?'],
  ['Nghị quyết 12 nói về gì?', 'Của cơ quan nào ban hành?', 'Nghị quyết 12 của cơ quan nào ban hành?'],
  ['Nghị quyết 12 nói về gì?', 'Nó được sơ kết khi nào?', 'Nghị quyết 12 được sơ kết khi nào?'],
  ['Hội nghị nào bàn về Nghị quyết 12?', 'Họp khi nào?', 'Hội nghị bàn về Nghị quyết 12 họp khi nào?'],
  [
    'Tổng Bí thư đánh giá lực lượng công an thế nào năm 2023?',
    'Còn Bộ trưởng nhận định thành tích đó ra sao?',
    'Năm 2023 Bộ trưởng nhận định thành tích của lực lượng công an ra sao?',
  ],
  [
    'What did the 77th conference say about crime?',
    'How does that compare with the 76th?',
    'What did the 77th conference say about crime, compared with the 76th conference?',
  ],
  ['Who chaired the 2024 conference?', 'Who moderated?', 'Who moderated the 2024 conference?'],
  ['Which conference mentioned Project 06?', 'When was it held?', 'When was the conference that mentioned Project 06 held?'],
]

test.each(FOLLOW_UPS)('after "%s" the follow-up "%s" means "%s"', (before, question, expected) => {
  expect(standaloneQuestion(question, [before]).text).toBe(expected)
})

describe('over several turns', () => {
  test('what one follow-up carried goes on to the next', () => {
    const turns = ['Hội nghị 76 diễn ra khi nào?', 'Lãnh đạo nào dự?', 'Còn lần thứ 77?']
    expect(standaloneQuestion('Thế ai bế mạc?', turns).text).toBe('Ai bế mạc Hội nghị 77?')
  })

  test('a digression does not lose the event, a new event replaces it', () => {
    const turns = ['Hội nghị 76 diễn ra khi nào?', 'Mai trời có mưa không?']
    expect(standaloneQuestion('Ai khai mạc?', turns).text).toBe('Ai khai mạc Hội nghị 76?')
    expect(standaloneQuestion('Ai khai mạc?', [...turns, 'Hội nghị 77 kết thúc khi nào?']).text).toBe('Ai khai mạc Hội nghị 77?')
  })

  test('words for whom or what was asked after are told with the question they come from, also over several turns', () => {
    const who = 'Ai bế mạc hội nghị 77?'
    const person = { kind: 'person', text: 'người bế mạc hội nghị 77', question: who }
    expect(standaloneQuestion('Ông ấy nói gì về tội phạm?', [who]).described).toEqual([person])
    expect(standaloneQuestion('Còn về giao thông?', [who, 'Ông ấy nói gì về tội phạm?']).described).toEqual([person])
    expect(standaloneQuestion('Hội nghị 76 họp khi nào?', [who, 'Ông ấy nói gì về tội phạm?']).described).toEqual([])
    const which = 'Đề án 06 được nhắc ở hội nghị nào?'
    expect(standaloneQuestion('Hội nghị ấy họp hôm nào?', [which]).described).toEqual([
      { kind: 'conference', text: 'hội nghị mà Đề án 06 được nhắc', question: which },
    ])
  })

  test('what the documents never speak of is another topic', () => {
    const turns = ['Hội nghị 77 kết thúc khi nào?']
    const isKnown = (words: string) => !/thời tiết|phở|tổng thống|capital/i.test(words)
    for (const topic of ['Thời tiết Hà Nội ra sao?', 'Công thức nấu phở là gì?', 'Ai là tổng thống Mỹ?', 'What is the capital of France?'])
      expect(standaloneQuestion(topic, turns, isKnown).text).toBe(topic)
    expect(standaloneQuestion('Họp ở hội trường nào?', turns, () => false).text).toBe('Hội nghị 77 họp ở hội trường nào?')
    expect(standaloneQuestion('Bối cảnh thế nào?', turns, isKnown).text).toBe('Tại Hội nghị 77, bối cảnh thế nào?')
  })

  test('what was carried is told', () => {
    const { carried } = standaloneQuestion('Ông ấy nói gì về tội phạm?', ['Ai chủ trì hội nghị lần thứ 76?'])
    expect(carried).toEqual([{ slot: 'person', text: 'người chủ trì hội nghị lần thứ 76' }])
  })
})

test('every word comes from the user or joins what the user said; nothing breaks, and the same gives the same', () => {
  const words = fc.constantFrom(
    ...'hội nghị đó lần thứ 76 còn thế ông ấy ai chủ trì về tội phạm năm 2023 thì sao ? so với khi nào ở đâu it he the conference , Bộ trưởng trích'.split(
      ' ',
    ),
  )
  const question = fc.array(words, { minLength: 1, maxLength: 12 }).map((parts) => parts.join(' '))
  const joining = new Set(
    'ai ở tại nói gì về làm với thì sao vì kéo dài diễn ra trích nguyên văn verbatim quote what did say about was held at in the person who người của mà lần thứ hội nghị năm 75 77'.split(
      ' ',
    ),
  )
  const wordsOf = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
  const number = /^\d+(?:st|nd|rd|th)$/
  fc.assert(
    fc.property(question, fc.array(question, { maxLength: 4 }), (asked, turns) => {
      const { text } = standaloneQuestion(asked, turns)
      const known = new Set(
        [asked, ...turns].flatMap(wordsOf).flatMap((word) => [word, word.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/g, 'd')]),
      )
      expect(wordsOf(text).filter((word) => !known.has(word) && !joining.has(word) && !number.test(word))).toEqual([])
      expect(standaloneQuestion(asked, turns).text).toBe(text)
    }),
    { numRuns: 300 },
  )
})

test('long hostile turns take no longer than a blink', () => {
  const turns = Array.from({ length: 50 }, (_, i) => `hội nghị ${'lần thứ '.repeat(40)} ${i} ông ấy ở đó`)
  const started = performance.now()
  standaloneQuestion('còn ông ấy ở hội nghị đó thì sao?', turns)
  standaloneQuestion('Ai chủ trì?', ['hội nghị '.repeat(220)])
  standaloneQuestion('Ai chủ trì?', [`the ${'a '.repeat(990)}`, `là ${'là '.repeat(660)}`, `ông ${'đại tướng '.repeat(190)}`])
  expect(performance.now() - started).toBeLessThan(1500)
})
