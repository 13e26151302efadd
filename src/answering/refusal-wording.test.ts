import { describe, expect, test } from 'vitest'
import type { Conference } from '../indexing/conferences.ts'
import { type RefusalFacts, refusalText } from './refusal-wording.ts'

const conference = (name: string, date: string) => ({ id: name, name, date }) as Conference
const eleven = conference('Hội nghị ra quân lần thứ 11', '2022-03-05')
const twelve = conference('Hội nghị ra quân lần thứ 12', '2023-03-06')
const facts: RefusalFacts = {
  reason: 'not-stated',
  phrases: [],
  searched: [eleven],
  scoped: true,
  filtered: false,
  choices: [],
  isTalk: false,
}

describe('a refusal in words', () => {
  test('says what was searched and what comes nearest', () => {
    const nearest = { quote: 'Đại tá Lê Văn Sơn khai mạc hội nghị.', conference: eleven }
    expect(refusalText({ ...facts, nearest }, 'vi')).toBe(
      'Tài liệu về Hội nghị ra quân lần thứ 11 (05/03/2022) không nêu điều này. Câu gần nhất, trong Hội nghị ra quân lần thứ 11 (05/03/2022): “Đại tá Lê Văn Sơn khai mạc hội nghị.”',
    )
    expect(refusalText({ ...facts, nearest }, 'en')).toContain('The nearest sentence, in “Hội nghị ra quân lần thứ 11 (05/03/2022)”')
  })

  test('leaves a long sentence to the citations beside it', () => {
    const nearest = { quote: 'dài '.repeat(100), conference: eleven }
    expect(refusalText({ ...facts, nearest }, 'vi')).not.toContain('dài dài')
  })

  test('names the choices when it asks back, and no more than can be read', () => {
    const many = Array.from({ length: 8 }, (_, i) => conference(`Hội nghị số ${i}`, '2020'))
    expect(refusalText({ ...facts, reason: 'ambiguous', choices: [eleven, twelve] }, 'vi')).toMatch(
      /lần thứ 11 .*; Hội nghị ra quân lần thứ 12 .*\?$/,
    )
    expect(refusalText({ ...facts, reason: 'ambiguous', choices: many }, 'vi')).toContain('và 3 hội nghị khác?')
  })

  test('tells who only greets, or asks what there is, what can be asked', () => {
    const talk: RefusalFacts = { ...facts, reason: 'out-of-corpus', isTalk: true, scoped: false }
    expect(refusalText(talk, 'vi')).toBe(
      'Thư Ký trả lời bằng lời trích nguyên văn từ 1 hội nghị và tài liệu: Hội nghị ra quân lần thứ 11 (05/03/2022). Hãy hỏi điều các tài liệu ấy nêu: ai nói, nói gì, khi nào, bao nhiêu.',
    )
    expect(refusalText(talk, 'en')).toContain('verbatim quotations from the conferences and documents there are (1)')
  })

  test('repeats the phrase that fits nothing', () => {
    expect(refusalText({ ...facts, reason: 'unknown-conference', phrases: ['lần thứ 78'] }, 'vi')).toContain('“lần thứ 78”')
    expect(refusalText({ ...facts, reason: 'unknown-conference', phrases: ['78th'] }, 'en')).toContain('“78th”')
  })

  test('speaks of what was chosen to be searched, not of the whole corpus, when filters narrowed it', () => {
    const narrowed: RefusalFacts = { ...facts, reason: 'out-of-corpus', scoped: false, filtered: true }
    expect(refusalText(narrowed, 'vi')).toBe(
      'Các tài liệu trong phạm vi đã chọn không nói về điều này. Đã tìm trong: Hội nghị ra quân lần thứ 11 (05/03/2022).',
    )
    expect(refusalText(narrowed, 'en')).toContain('The documents you asked to search')
    expect(refusalText({ ...narrowed, searched: [] }, 'vi')).toContain('bộ lọc')
    expect(refusalText({ ...narrowed, searched: [] }, 'en')).toContain('filter')
  })

  test('says so when there is nothing to search', () => {
    expect(refusalText({ ...facts, searched: [] }, 'vi')).toContain('trống')
    expect(refusalText({ ...facts, searched: [] }, 'en')).toContain('empty')
  })
})
