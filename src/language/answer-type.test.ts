import { describe, expect, test } from 'vitest'
import { type AnswerType, answerType, isEnglish } from './answer-type.ts'
import { fold } from './folding.ts'

const TABLE: [string, AnswerType][] = [
  ['Ai chủ trì hội nghị?', 'person'],
  ['Bộ trưởng là ai?', 'person'],
  ['Thứ trưởng nào đọc báo cáo?', 'person'],
  ['Vị vua đầu tiên nào dời đô?', 'person'],
  ['Ông Hà Trọng Trung giữ chức vụ gì?', 'office'],
  ['Chức danh nào bị xử lý?', 'office'],
  ['Ông ấy mang quân hàm gì?', 'office'],
  ['Hội nghị diễn ra khi nào?', 'date'],
  ['Hội nghị họp ngày nào?', 'date'],
  ['Thành phố bị chiếm vào thời điểm nào?', 'date'],
  ['Ông sống ở thế kỷ thứ mấy?', 'date'],
  ['Hội nghị tổ chức ở đâu?', 'place'],
  ['Họp ở hội trường nào?', 'place'],
  ['Lễ ra quân mở ở công viên nào?', 'place'],
  ['Quốc gia nào tham gia?', 'place'],
  ['Giảm bao nhiêu phần trăm?', 'number'],
  ['Giảm bao nhiêu phần trăm so với năm 2020?', 'number'],
  ['Tỷ lệ giảm tội phạm năm 2021?', 'number'],
  ['Hội nghị kéo dài bao lâu?', 'duration'],
  ['Thực hiện được bao nhiêu năm?', 'duration'],
  ['Vì sao năm 2021 quan trọng?', 'reason'],
  ['Vì sao số lượng tội phạm tăng?', 'reason'],
  ['Nguyên nhân chính của tồn tại là gì?', 'reason'],
  ['Phong trào nhằm mục đích gì?', 'reason'],
  ['Đại hội lần thứ mấy?', 'ordinal'],
  ['Quốc hội khóa nào?', 'ordinal'],
  ['Trích nguyên văn lời Bộ trưởng', 'quote'],
  ['Hội nghị 76 và 77 khác nhau ra sao?', 'comparison'],
  ['So với năm 2023 thì sao?', 'comparison'],
  ['Hội nghị gồm những gì?', 'list'],
  ['Những nhiệm vụ nào được giao?', 'list'],
  ['ANTT là gì?', 'definition'],
  ['Tội phạm được xử lý như thế nào?', 'manner'],
  ['Bộ trưởng có dự hội nghị không?', 'yes-no'],
  ['Bối cảnh hội nghị', 'statement'],
  ['Cơ quan nào tổ chức hội nghị?', 'statement'],
  ['Hội nghị do ai tổ chức?', 'statement'],
  ['Ai chủ trì và ban hành?', 'person'],
  ['Hội nghị bàn về vấn đề gì?', 'statement'],
  ['Tổ chức nào đưa ra số liệu?', 'statement'],
  ['Lực lượng nào tham gia?', 'statement'],
]

const ENGLISH: [string, AnswerType][] = [
  ['Who chaired the conference?', 'person'],
  ['Who organised the conference?', 'statement'],
  ['What did the minister say about officers who shield criminals?', 'statement'],
  ['What happened when the conference closed?', 'statement'],
  ['By which year should the force be modern?', 'date'],
  ['In which city was the conference held?', 'place'],
  ['Where was it held?', 'place'],
  ['How many cities were asked to pilot the model?', 'number'],
  ['What percentage is the target?', 'number'],
  ['How long did it last?', 'duration'],
  ['Why was 2021 important?', 'reason'],
  ['What rank and post did he have?', 'office'],
  ['How was the fight against crime assessed?', 'manner'],
  ['What does ANTT stand for?', 'definition'],
  ['Which term does the congress cover?', 'ordinal'],
  ['What is the difference between the two conferences?', 'comparison'],
  ['Please quote the minister', 'quote'],
  ['Which tasks were given to the police?', 'list'],
  ['Did the Prime Minister attend the conference?', 'yes-no'],
]

describe('answerType', () => {
  test.each(TABLE)('%s → %s', (question, type) => {
    expect(answerType(question)).toBe(type)
  })

  test.each(TABLE)('%s without accents → %s', (question, type) => {
    expect(answerType(fold(question))).toBe(type)
  })

  test.each(ENGLISH)('%s → %s', (question, type) => {
    expect(answerType(question)).toBe(type)
  })

  test.each([
    ['Phần đầu bài nói về sự kiện lớn', 'statement'],
    ['Máy bay hạ cánh', 'statement'],
    ['Bác sĩ mổ não', 'statement'],
    ['Chứa nhiều thông tin', 'statement'],
  ] as const)('with other accents a word asks nothing: %s', (text, type) => {
    expect(answerType(text)).toBe(type)
  })

  test('a question that asks whether something is so ends in "à"; the polite "ạ" asks nothing', () => {
    expect(answerType('Bế mạc luôn trong ngày à?')).toBe('yes-no')
    expect(answerType('Bế mạc luôn trong ngày ạ?')).toBe('statement')
  })

  test('"ai" inside another word asks for nobody', () => {
    expect(answerType('tại hội nghị')).toBe('statement')
  })
})

describe('isEnglish', () => {
  test.each(['Who chaired the 2024 conference?', 'When was it held?', 'what is the crime reduction target'])('%s is', (question) => {
    expect(isEnglish(question)).toBe(true)
  })

  test.each(['the nao la the ky', 'to lam la ai', 'hoi nghi an ninh to chuc o dau', 'Who là ai?'])('%s is not', (question) => {
    expect(isEnglish(question)).toBe(false)
  })
})
