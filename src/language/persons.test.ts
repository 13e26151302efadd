import { describe, expect, test } from 'vitest'
import { readDataFile } from './data-file.ts'
import { PersonTable, titleFileSchema } from './persons.ts'

const persons = new PersonTable(readDataFile('titles.json', titleFileSchema))

describe('people in a text', () => {
  test.each([
    ['Đại tá Vũ Khắc Lương, Giám đốc Công an tỉnh chủ trì.', ['Vũ Khắc Lương']],
    ['Phát biểu kết luận, Bộ trưởng Bộ Công an Lương Tam Quang biểu dương', ['Lương Tam Quang']],
    ['đồng chí Barack Obama đến thăm', ['Barack Obama']],
    ['Người phát lệnh là Đại tá Đoàn Thế Vỹ.', ['Đoàn Thế Vỹ']],
    ['UBND huyện Khe Sàng tổ chức tại hồ Nà Pao', []],
    ['Thượng tướng Trần Quốc Tỏ, Thứ trưởng Bộ Công an', ['Trần Quốc Tỏ']],
  ])('%s → %j', (text, expected) => {
    expect(persons.mentions(text).map(({ name }) => name)).toEqual(expected)
  })

  test('stand where their offsets say', () => {
    const text = 'Theo Đại tướng Tô Lâm và bà Lê Thị Mai thì'
    expect(persons.mentions(text).map(({ start, end }) => text.slice(start, end))).toEqual(['Tô Lâm', 'Lê Thị Mai'])
  })
})

describe('the office a question asks after', () => {
  test.each([
    ['Bộ trưởng Bộ Công an là ai?', 'Bộ trưởng Bộ Công an'],
    ['Ai là Giám đốc Công an tỉnh Bắc Kạn năm 2024?', 'Giám đốc Công an tỉnh Bắc Kạn'],
    ['Thứ trưởng nào điều hành hội nghị?', 'Thứ trưởng'],
    ['Bộ trưởng Bộ Công an năm 2020 với năm 2024 có phải một người không?', 'Bộ trưởng Bộ Công an'],
    ['Bộ trưởng Bộ Công an hồi tháng 10/2024 là ai?', 'Bộ trưởng Bộ Công an'],
    ['Hội nghị bàn gì?', undefined],
  ])('%s → %s', (question, expected) => {
    expect(persons.officeIn(question)).toBe(expected)
  })
})

describe('who holds an office', () => {
  test.each([
    ['Bộ trưởng Bộ Công an Lương Tam Quang biểu dương', 'Lương Tam Quang'],
    ['Đại tướng Tô Lâm, Ủy viên Bộ Chính trị, Bí thư Đảng ủy CATW, Bộ trưởng Bộ Công an cho biết', 'Tô Lâm'],
    ['Đại tướng Tô Lâm - Ủy viên Bộ Chính trị, Bộ trưởng Bộ Công an, đã quán triệt', 'Tô Lâm'],
    ['Thượng tướng Trần Quốc Tỏ, Thứ trưởng Bộ Công an cho biết', undefined],
    ['thay mặt Bộ trưởng Bộ Công an, Thượng tướng Trần Quốc Tỏ trao thưởng', undefined],
    ['Bộ trưởng Bộ Công an yêu cầu các đơn vị', undefined],
    ['Thực hiện chỉ thị của Bộ trưởng Bộ Công an, Trần Quốc Tỏ nói', undefined],
  ])('in “%s”: %s', (sentence, expected) => {
    expect(persons.holderOf('Bộ trưởng Bộ Công an', sentence)).toBe(expected)
  })
})

describe('the title a question asks for', () => {
  test.each([
    ['Chỉ thị do vị Bộ trưởng nào ký?', 'bo truong'],
    ['thu truong nao dieu hanh hoi nghi', 'thu truong'],
    ['Ai ký chỉ thị?', undefined],
    ['Sinh viên trường nào đi đầu?', undefined],
  ])('%s → %s', (question, title) => {
    expect(persons.titleAskedFor(question)).toBe(title)
  })

  test('is told from a longer or another one before a name', () => {
    const sentence = 'Dưới sự điều hành của Thứ trưởng Trần Quốc Tỏ, Bộ trưởng Bộ Công an Lương Tam Quang phát biểu.'
    const introduced = (title: string) =>
      persons
        .mentions(sentence)
        .filter((person) => persons.isIntroducedAs(title, sentence, person))
        .map(({ name }) => name)
    expect(introduced('thu truong')).toEqual(['Trần Quốc Tỏ'])
    expect(introduced('bo truong')).toEqual(['Lương Tam Quang'])
  })

  test.each([
    ['bo truong', 'Đại tướng Tô Lâm, Ủy viên Bộ Chính trị, Bộ trưởng Bộ Công an phát biểu.', true],
    ['bo truong', 'Dưới sự điều hành của Thứ trưởng Trần Quốc Tỏ, các đơn vị thảo luận Chỉ thị số 11 của Bộ trưởng Bộ Công an.', false],
    ['bo truong', 'Đại tướng Tô Lâm phát biểu. Chỉ thị của Bộ trưởng được ban hành.', false],
  ])('%s is borne by somebody in “%s”: %s', (title, sentence, expected) => {
    expect(persons.isBorne(title, sentence)).toBe(expected)
  })
})
