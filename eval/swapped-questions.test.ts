import { expect, test } from 'vitest'
import { randomNumbers } from '../src/evaluation/random-numbers.ts'
import { swappedQuestions } from './swapped-questions.ts'

const questions = [
  { id: 'a', question: 'Ai xây cầu Sông Lam năm 1950?', texts: ['Ông Tư xây cầu Sông Lam năm 1950, sau lũ 1948.'] },
  { id: 'b', question: 'Chợ Bình Minh họp từ năm 1948 phải không?', texts: ['Chợ Bình Minh họp từ năm 1948.'] },
  { id: 'c', question: 'Vì sao trời mưa?', texts: ['Vì có mây.'] },
]

test('one name, year or number is swapped for one of another question that the proof does not have', () => {
  for (let seed = 0; seed < 20; seed++) {
    for (const { id, question, kind } of swappedQuestions(questions, randomNumbers(seed))) {
      const original = questions.find((other) => id.startsWith(`${other.id}~`))
      expect(question).not.toBe(original?.question)
      expect(id).toBe(`${original?.id}~${kind}`)
      expect(original?.id).not.toBe('c')
      if (original?.id === 'a') expect(question).not.toContain('1948')
    }
  }
})

test('the same seed gives the same questions', () => {
  expect(swappedQuestions(questions, randomNumbers(7))).toEqual(swappedQuestions(questions, randomNumbers(7)))
})
