import { expect, test } from 'vitest'
import { fold } from './folding.ts'
import { SpelledPattern } from './spelled-pattern.ts'

const WHERE = new SpelledPattern('ở đâu|đâu')

test.each(['Họp ở đâu?', 'HỌP Ở ĐÂU?', 'hop o dau?'])('%s matches', (text) => {
  expect(WHERE.test(text)).toBe(true)
})

test.each(['Ở đầu năm', 'Đậu xe', 'đâuđó', 'daunam'])('%s does not match', (text) => {
  expect(WHERE.test(text)).toBe(false)
})

test('offsets are those of the text, with accents and without', () => {
  const text = 'Hội nghị đó họp ở đâu?'
  for (const written of [text, fold(text)]) {
    const [match] = WHERE.matches(written)
    expect(written.slice(match?.index, (match?.index ?? 0) + (match?.[0].length ?? 0))).toBe(written === text ? 'ở đâu' : 'o dau')
  }
})
