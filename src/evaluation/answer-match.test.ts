import { describe, expect, test } from 'vitest'
import { holdsWords, overlapsEvidence } from './answer-match.ts'

describe('holdsWords', () => {
  test.each([
    ['giảm 5% so với', '5%', true],
    ['giảm 15% so với', '5%', false],
    ['giảm 1,5% so với', '5%', false],
    ['có 20.000 người', '20', false],
    ['Thế kỷ 10 – thời Lý', 'thế kỷ 10', true],
    ['uỷ ban “nhân dân”', 'ủy ban "nhân dân"', true],
    ['thành phố', 'thành ph', false],
    ['bất kỳ', '', false],
  ])('%s ⊇ %s: %s', (text, expression, expected) => {
    expect(holdsWords(text, expression)).toBe(expected)
  })
})

describe('overlapsEvidence', () => {
  const text = 'Một câu đứng trước. Hội nghị đã kết thúc\nthành công tốt đẹp. Một câu đứng sau.'
  const at = text.indexOf('Hội nghị')

  test('finds evidence over line ends, and tells the sentence beside it', () => {
    const evidence = 'Hội nghị đã kết thúc thành công tốt đẹp.'
    expect(overlapsEvidence(text, at, at + evidence.length, evidence)).toBe(true)
    expect(overlapsEvidence(text, 0, at - 1, evidence)).toBe(false)
  })

  test('is false where the text does not have it', () => {
    expect(overlapsEvidence(text, 0, text.length, 'Hội nghị chưa kết thúc')).toBe(false)
  })
})
