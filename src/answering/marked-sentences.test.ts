import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MarkedSentences } from './marked-sentences.ts'

const read = (pieces: readonly string[]) => {
  const reading = new MarkedSentences()
  return [...pieces.flatMap((piece) => reading.push(piece)), ...reading.end()]
}
const short = (pieces: readonly string[]) =>
  read(pieces).map(({ text, parts }) => [text, parts.map(({ sources }) => sources.join(',')).join(' ')])

describe('sentences with marks', () => {
  test.each([
    [
      'Hội nghị kết thúc [1]. Ông Tám dự [2].',
      [
        ['Hội nghị kết thúc.', '1'],
        ['Ông Tám dự.', '2'],
      ],
    ],
    [
      'Hội nghị kết thúc. [1] Ông Tám dự. [2][3]',
      [
        ['Hội nghị kết thúc.', '1'],
        ['Ông Tám dự.', '2,3'],
      ],
    ],
    [
      'Hội nghị kết thúc 【1, 2】. Xong rồi đó',
      [
        ['Hội nghị kết thúc.', '1,2'],
        ['Xong rồi đó', ''],
      ],
    ],
    ['Hội nghị kết thúc [nguồn 4].', [['Hội nghị kết thúc.', '4']]],
    ['Ông Tám chủ trì [1], còn bà Chín điều hành [2].', [['Ông Tám chủ trì, còn bà Chín điều hành.', '1 2']]],
    [
      '- **Hội nghị** kết thúc [1]\n- Ông Tám dự [2]',
      [
        ['Hội nghị kết thúc', '1'],
        ['Ông Tám dự', '2'],
      ],
    ],
    [
      '[1] Hội nghị kết thúc.\n[2] Ông Tám dự.',
      [
        ['Hội nghị kết thúc.', '1 '],
        ['Ông Tám dự.', '2 '],
      ],
    ],
    ['<nguồn-1 số="1">\nHội nghị kết thúc.\n</nguồn-1>', [['Hội nghị kết thúc.', '']]],
    ['<think>Chắc là [9]. Đúng.</think>Hội nghị kết thúc [1].', [['Hội nghị kết thúc.', '1']]],
    [
      'Giảm 5,8 % ở TP. Lạc Giang [1]. Hết.',
      [
        ['Giảm 5,8 % ở TP. Lạc Giang.', '1'],
        ['Hết.', ''],
      ],
    ],
  ])('%s', (text, expected) => {
    expect(short([text])).toEqual(expected)
  })

  test('are the same however the stream is cut', () => {
    const sentence = fc.constantFrom(
      'Hội nghị kết thúc chiều 29-12 [1].',
      'Ông Tám dự. [2]',
      'Xử lý 1.250 vụ [1][3].',
      '- Bà Chín nói: “Không để xảy ra.” [2]\n',
      'Giảm 5 % 【1】.\n',
    )
    fc.assert(
      fc.property(
        fc.array(sentence, { minLength: 1, maxLength: 5 }),
        fc.infiniteStream(fc.integer({ min: 1, max: 6 })),
        (sentences, lengths) => {
          const text = sentences.join(' ')
          const pieces: string[] = []
          for (let at = 0; at < text.length; ) {
            const length = lengths.next().value as number
            pieces.push(text.slice(at, at + length))
            at += length
          }
          expect(short(pieces)).toEqual(short([text]))
          expect(read(pieces).some(({ text: shown }) => /[[\]【】]/.test(shown))).toBe(false)
        },
      ),
    )
  })

  test('come out as soon as the next one has begun, never with half a mark', () => {
    const reading = new MarkedSentences()
    expect(reading.push('Hội nghị kết thúc. ')).toEqual([])
    expect(reading.push('[1')).toEqual([])
    expect(reading.push('] Ông Tám ').map(({ parts }) => parts)).toEqual([[{ text: 'Hội nghị kết thúc.', sources: [1] }]])
  })
})
