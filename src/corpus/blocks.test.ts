import { describe, expect, test } from 'vitest'
import { documentBlocks } from './blocks.ts'
import { loadCorpusRules } from './corpus-rules.ts'

const rules = loadCorpusRules()

/** Kind and text of every block. */
const blocks = (text: string) => documentBlocks(text, rules).map(({ kind, start, end }) => [kind, text.slice(start, end)])
const kinds = (text: string) => documentBlocks(text, rules).map(({ kind }) => kind)

const LEAD = 'Ngày 12/3, Sở Y tế tổ chức hội nghị sơ kết công tác phòng dịch.'

describe('documentBlocks', () => {
  test('takes the furniture of a web page for noise', () => {
    const text = `Tỉnh tổ chức hội nghị phòng dịch\n\n  • 24/06/2021 07:36\n  • 0 bình luận\n  • H.Q\n  • In bài\n${LEAD}`
    expect(blocks(text)).toEqual([
      ['headline', 'Tỉnh tổ chức hội nghị phòng dịch'],
      ['noise', '• 24/06/2021 07:36'],
      ['noise', '• 0 bình luận'],
      ['noise', '• H.Q'],
      ['noise', '• In bài'],
      ['body', LEAD],
    ])
  })

  test.each(['12/03/2022', 'Thứ bảy, 12/03/2022 - 08:15', '12-3-2022 08h15', '12.03.2022 | 08:15 GMT+7'])(
    'takes the time of publication "%s" for noise',
    (line) => {
      expect(kinds(`Tiêu đề\n\n${line}\n\n${LEAD}`)).toEqual(['headline', 'noise', 'body'])
    },
  )

  test.each(['12 bình luận', 'IN BÀI', 'Chia sẻ:', '3 phút đọc', 'quảng cáo'])('takes the line "%s" for noise', (line) => {
    expect(kinds(`${LEAD}\n\n${line}\n\n${LEAD}`)).toEqual(['body', 'noise', 'body'])
  })

  test('reads nothing after the list of other news', () => {
    expect(kinds(`${LEAD}\n\nTin cùng chuyên mục\n\nBắt nhóm trộm xe\n\nHội thao mùa xuân.`)).toEqual(['body', 'noise', 'noise', 'noise'])
  })

  test('reads on after a link to other news in the middle of a report', () => {
    const long =
      'Sở đã triển khai nhiều biện pháp để nâng cao sức khỏe của nhân dân trong tỉnh, từ tiêm chủng, xét nghiệm cho đến điều trị tại nhà cho người già yếu.'
    expect(kinds(`${LEAD}\n\nTin liên quan\n\n${long}`)).toEqual(['body', 'noise', 'body'])
  })

  test('takes the alternative text of a picture for noise and the line below for its caption', () => {
    expect(blocks(`${LEAD}\n\nHội nghị phòng dịch ảnh 1\n\nGiám đốc Sở phát biểu tại hội nghị\n\n${LEAD}`)).toEqual([
      ['body', LEAD],
      ['noise', 'Hội nghị phòng dịch ảnh 1'],
      ['caption', 'Giám đốc Sở phát biểu tại hội nghị'],
      ['body', LEAD],
    ])
  })

  test.each([
    ['Giám đốc Sở phát biểu. Ảnh: Minh Anh', 'Giám đốc Sở phát biểu.'],
    ['Giám đốc Sở phát biểu (ảnh Sở Y tế).', 'Giám đốc Sở phát biểu'],
    ['Giám đốc Sở phát biểu (Ảnh: CTV)', 'Giám đốc Sở phát biểu'],
    ['Quang cảnh. Nguồn ảnh: TTXVN', 'Quang cảnh.'],
  ])('keeps the caption of "%s" without the credit', (line, caption) => {
    expect(blocks(`${LEAD}\n\n${line}\n\n${LEAD}`)[1]).toEqual(['caption', caption])
  })

  test('drops a line that is a credit and nothing else', () => {
    expect(kinds(`${LEAD}\n\nẢnh: CTV\n\n${LEAD}`)).toEqual(['body', 'body'])
  })

  test('takes a short line without final punctuation for a heading, and a listed point for body', () => {
    expect(blocks(`${LEAD}\n\nKết quả nổi bật\n\n• Tiêm 5 nghìn liều\n• Khám 200 người.`)).toEqual([
      ['body', LEAD],
      ['heading', 'Kết quả nổi bật'],
      ['body', '• Tiêm 5 nghìn liều'],
      ['body', '• Khám 200 người.'],
    ])
  })

  test.each([
    ['a semicolon', 'Sở đã tiêm đủ liều cho "người già";', 'do đó được khen thưởng.'],
    ['a comma', 'Sở đã tiêm đủ liều,', 'khám cho mọi người.'],
    ['no mark, going on in lower case', 'Sở đã tiêm đủ liều', 'và khám cho mọi người.'],
  ])('joins a sentence broken over two paragraphs after %s', (_, first, second) => {
    expect(blocks(`${LEAD}\n\n${first}\n\n${second}`)).toEqual([
      ['body', LEAD],
      ['body', `${first}\n\n${second}`],
    ])
  })

  test('joins the lines of a hard-wrapped paragraph', () => {
    const wrapped = 'Sở đã triển khai nhiều biện pháp để nâng cao sức khỏe của nhân\nDân trong tỉnh và các vùng lân cận đều được hưởng lợi.'
    expect(blocks(wrapped)).toEqual([['body', wrapped]])
  })

  test('cuts a technical date mark off the first line', () => {
    expect(blocks(` date 2024-10 ${LEAD}`)).toEqual([
      ['noise', 'date 2024-10'],
      ['body', LEAD],
    ])
  })

  test('takes a document of one short line for its text', () => {
    expect(blocks('Hội nghị đã bế mạc')).toEqual([['body', 'Hội nghị đã bế mạc']])
  })
})
