import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ThukyError } from '../errors.ts'
import { canonicalText } from '../language/canonical.ts'
import { packageRoot } from '../package-root.ts'
import { buildDocument, documentId } from './build-document.ts'
import { loadCorpusRules } from './corpus-rules.ts'
import { splitFrontMatter } from './front-matter.ts'
import { passageHeader } from './passage-header.ts'

const rules = loadCorpusRules()
const read = (text: string) => buildDocument('bao/a.md', canonicalText(text), rules).document

/** The text below the front matter of a document that comes with the package. */
function shipped(id: string): string {
  return splitFrontMatter(readFileSync(join(packageRoot(), 'corpus', `${id}.md`), 'utf8')).text
}

describe('the documents that come with the package', () => {
  test.each([
    ['2020-12-07-hoi-nghi-cong-an-toan-quoc-76', '241853382c4a4656457cd4aa006c0144004089b6b100929ea79e4cab75f946d4'],
    ['2021-06-24-so-ket-6-thang-dau-nam-2021', 'cebb34e8ef4dae04bb3dbc6009d078c7c17303ad936b2c76cd337ff72b3e13e6'],
    ['2021-12-29-hoi-nghi-cong-an-toan-quoc-77', '62dff49692603d16f98713711a226d2cc1b55aa7307991978eba8ddfddadc339'],
    ['2023-06-26-so-ket-6-thang-dau-nam-2023', '6ab4da5f13927b6ba7a493cac80895ebc94c96291878915354681fb0d8f1ff45'],
    ['2024-10-so-ket-nghi-quyet-12-chi-thi-11', '0c953a748d450c55ce3c7d9c07405402c5e3496ab6a6e4da8edf6785e782149a'],
  ])('%s is its source to the byte, and stays so when it is read', (id, sha256) => {
    const { document } = buildDocument(`${id}.md`, canonicalText(readFileSync(join(packageRoot(), 'corpus', `${id}.md`), 'utf8')), rules)
    expect(document.sha256).toBe(sha256)
    expect(document.text).toBe(shipped(id))
  })

  test.each([
    ['2020-12-07-hoi-nghi-cong-an-toan-quoc-76', 'Hội nghị Công an toàn quốc lần thứ 76', 76, '2020-12-07'],
    ['2021-06-24-so-ket-6-thang-dau-nam-2021', 'Hội nghị sơ kết công tác Công an 6 tháng đầu năm 2021', null, '2021-06'],
    ['2021-12-29-hoi-nghi-cong-an-toan-quoc-77', 'Hội nghị Công an toàn quốc lần thứ 77', 77, '2021-12-29'],
    ['2023-06-26-so-ket-6-thang-dau-nam-2023', 'Hội nghị sơ kết công tác công an 6 tháng đầu năm 2023', null, '2023-06-26'],
    ['2024-10-so-ket-nghi-quyet-12-chi-thi-11', 'Hội nghị trực tuyến sơ kết 2 năm thực hiện Nghị quyết số 12', null, null],
  ])('%s tells event, ordinal and date without its front matter', (id, name, ordinal, date) => {
    const { metadata } = read(shipped(id))
    expect(metadata.conferenceName).toContain(name)
    expect(metadata).toMatchObject({ ordinal, date })
  })

  test('the report of June 2021 tells its headline, publisher and time of publication', () => {
    const { metadata, provenance } = read(shipped('2021-06-24-so-ket-6-thang-dau-nam-2021'))
    expect(metadata).toMatchObject({
      title: 'Việc càng khó, Công an các đơn vị, địa phương càng phải quyết tâm thực hiện',
      publisher: 'ANTD.VN',
      publishedAt: '2021-06-24T07:36',
    })
    expect(provenance).toMatchObject({ title: 'text', publisher: 'text', publishedAt: 'text', date: 'text' })
  })

  test('the report of 2024 tells its month where the technical mark stands before it', () => {
    const { metadata } = read(` date 2024-10 ${shipped('2024-10-so-ket-nghi-quyet-12-chi-thi-11')}`)
    expect(metadata).toMatchObject({ date: '2024-10', ordinal: null, publisher: 'BBK' })
  })
})

describe('metadata read out of reports of other events', () => {
  test('a headline, a publisher in brackets and a full date in the lead', () => {
    const { metadata } = read(
      'Trường làng vinh danh thầy cô\n\n(Dân trí) - Ngày 20/11/2022, Trường THCS An Bình tổ chức Lễ kỷ niệm 40 năm thành lập trường.\n\nGần 300 học sinh đã dự.',
    )
    expect(metadata).toMatchObject({
      title: 'Trường làng vinh danh thầy cô',
      publisher: 'Dân trí',
      date: '2022-11-20',
      conferenceName: 'Lễ kỷ niệm 40 năm thành lập trường',
      ordinal: null,
    })
  })

  test('an ordinal in words, and a day that takes its year from the time of publication', () => {
    const { metadata } = read(
      'Diễn đàn về rừng ngập mặn\n\n05/06/2019 - 10:20 (GMT+7)\n\nSáng 4/6, Diễn đàn Lâm nghiệp ven biển lần thứ mười hai khai mạc tại Cà Mau.\n\nCác đại biểu bàn về rừng.',
    )
    expect(metadata).toMatchObject({
      conferenceName: 'Diễn đàn Lâm nghiệp ven biển lần thứ mười hai',
      ordinal: 12,
      date: '2019-06-04',
      publishedAt: '2019-06-05T10:20',
    })
  })

  test('a day that takes its year from the results reviewed, not from the tasks planned', () => {
    const { metadata } = read(
      'Chiều 28/12, Sở Y tế tổ chức Hội nghị tổng kết công tác y tế năm 2018, triển khai nhiệm vụ năm 2019.\n\nNăm 2018, ngành đã đạt nhiều kết quả so với năm 2017.\n\nNhiệm vụ năm 2019 rất nặng nề; đến năm 2025 phải xong.',
    )
    expect(metadata).toMatchObject({ date: '2018-12-28', conferenceName: 'Hội nghị tổng kết công tác y tế năm 2018' })
  })

  test('the first day of a conference of several days', () => {
    const { metadata } = read('Từ ngày 27-29/12/2022, Bộ Nội vụ tổ chức Hội nghị cải cách hành chính toàn quốc tại Huế.')
    expect(metadata.date).toBe('2022-12-27')
  })

  test('the conference reported, not the congress whose resolution it carries out', () => {
    const { metadata } = read(
      'Tỉnh ủy tổ chức hội nghị quán triệt Nghị quyết Đại hội lần thứ XIII của Đảng tại hội trường lớn.\n\nHội nghị chào mừng Đại hội Đoàn lần thứ XII.',
    )
    expect(metadata.conferenceName).toBe('Hội nghị quán triệt Nghị quyết Đại hội lần thứ XIII của Đảng')
    expect(metadata.ordinal).toBeNull()
  })

  test('the same event told by two papers, with other accents and capitals, has one id', () => {
    const one = read('Ngày 5/5/2021, Hội nghị Thủy lợi toàn quốc lần thứ 9 khai mạc.').metadata
    const other = read('Hôm 5/5/2021 đã diễn ra hội nghị thuỷ lợi toàn quốc lần thứ IX tại Huế.').metadata
    expect(one.conference).toBe(other.conference)
    expect([one.ordinal, other.ordinal]).toEqual([9, 9])
  })

  test('a report without accents tells the same', () => {
    const { metadata } = read('Ngay 5/5/2021, Bo Thuy loi to chuc Hoi nghi toan quoc lan thu 9 tai Hue.')
    expect(metadata).toMatchObject({ conferenceName: 'Hoi nghi toan quoc lan thu 9', ordinal: 9, date: '2021-05-05' })
  })

  test('words that only look like an event without their accents name none', () => {
    const { metadata } = read('Tỷ lệ hộ nghèo giảm sâu trên cả nước. Lẽ ra phải sớm hơn nhiều năm trước.')
    expect(metadata.conferenceName).not.toMatch(/^(?:Lệ|Lẽ)/)
  })

  test('a text of no event goes by its first words and its file', () => {
    const { id, metadata, provenance } = read('Giá xăng tăng nhẹ. Người dân bình tĩnh.')
    expect(metadata).toMatchObject({
      title: 'Giá xăng tăng nhẹ. Người dân bình tĩnh.',
      conference: id,
      ordinal: null,
      date: null,
      publisher: null,
    })
    expect(provenance).toEqual({ title: 'first words', conferenceName: 'first words', conference: 'file name' })
  })
})

describe('buildDocument', () => {
  test('lets front matter win over the text and remembers where each value came from', () => {
    const { metadata, provenance } = read(
      '---\nconferenceName: Họp mặt đầu xuân\ndate: 2022-02\n---\nNgày 5/5/2021, Hội nghị toàn quốc lần thứ 9 khai mạc.',
    )
    expect(metadata).toMatchObject({ conferenceName: 'Họp mặt đầu xuân', date: '2022-02', ordinal: null, title: 'Họp mặt đầu xuân' })
    expect(provenance).toMatchObject({ conferenceName: 'front matter', date: 'front matter' })
  })

  test('takes the first day of a span for the date', () => {
    const { metadata } = read('---\nstart: 2022-12-27\nend: 2022-12-29\n---\nHội nghị đã họp.')
    expect(metadata).toMatchObject({ start: '2022-12-27', end: '2022-12-29', date: '2022-12-27' })
  })

  test.each(['---\ntitle: a\n---\n', '---\ntitle: a\n---\n  • In bài\n'])('refuses %j: there is no text to search', (fileText) => {
    expect(() => read(fileText)).toThrow(ThukyError)
    expect(() => read(fileText)).toThrow(/no text in it; write some or remove the file/)
  })

  test('makes the id out of the path: no extension, / written ~, composed letters', () => {
    expect(documentId('báo cáo/2021/họp.v2.md'.normalize('NFD'))).toBe('báo cáo~2021~họp.v2')
  })

  test('the header of a passage says what is known and nothing else', () => {
    const known = read('---\nconferenceName: Hội nghị A\ndate: 2020-12-07\npublisher: Báo B\ntitle: Tin C\n---\nCâu một.')
    expect(passageHeader(known, 'Mục D')).toBe('Hội nghị A | ngày 7 tháng 12 năm 2020 | Báo B | Tin C | Mục D')
    expect(passageHeader(read('---\ndate: 2024-10\n---\nGiá xăng tăng.'), null)).toBe('tháng 10 năm 2024')
    expect(passageHeader(read('Giá xăng tăng.'), null)).toBe('')
  })
})
