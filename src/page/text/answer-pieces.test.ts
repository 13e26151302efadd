import { expect, test } from 'vitest'
import { answerPieces } from './answer-pieces.ts'

const citations = [
  { marker: 1, quote: 'Chiều 29-12,\n hội nghị  đã kết thúc.' },
  { marker: 2, quote: 'hội nghị' },
]
const text = 'Theo hội nghị (29/12/2021): “Chiều 29-12, hội nghị đã kết thúc.” [1] [3]'

test('quotations and markers are told apart, and nothing is lost', () => {
  const pieces = answerPieces(text, citations)
  expect(pieces.map(({ text: part }) => part).join('')).toBe(text)
  expect(pieces).toContainEqual({ kind: 'quote', text: 'Chiều 29-12, hội nghị đã kết thúc.', marker: 1 })
  expect(pieces).toContainEqual({ kind: 'marker', text: '[1]', marker: 1 })
})

test('a number in brackets that is no citation stays text', () => {
  expect(answerPieces(text, citations).filter(({ kind }) => kind === 'marker')).toHaveLength(1)
  expect(answerPieces('một [2021]', [])).toEqual([{ kind: 'text', text: 'một [2021]' }])
})

test('half an answer, as it arrives, is whole in its pieces', () => {
  for (let length = 0; length <= text.length; length++) {
    const part = text.slice(0, length)
    expect(
      answerPieces(part, citations)
        .map((piece) => piece.text)
        .join(''),
    ).toBe(part)
  }
})
