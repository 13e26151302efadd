import { expect, test } from 'vitest'
import type { TextKind } from './embedding-protocol.ts'
import { QuestionMemory } from './question-memory.ts'

/** Counts what it is asked; a vector is the length of its text. */
function counting() {
  const asked: string[] = []
  const embed = async (kind: TextKind, texts: readonly string[]) => {
    asked.push(...texts.map((text) => `${kind} ${text}`))
    return { vectors: Float32Array.from(texts, (text) => text.length), dimension: 1, tokenizeMs: 1, inferMs: 1 }
  }
  return { asked, embed }
}

test('a question that was asked before is not embedded again, and nobody can change what is remembered', async () => {
  const inner = counting()
  const memory = new QuestionMemory(inner)
  const first = await memory.embed('query', ['Ai?'])
  first.vectors.fill(9)
  const again = await memory.embed('query', ['Ai?'])
  again.vectors.fill(8)
  expect([...(await memory.embed('query', ['Ai?'])).vectors]).toEqual([3])
  expect(inner.asked).toEqual(['query Ai?'])
})

test('a question that is being embedded is not embedded a second time, and each who asked has a vector of his own', async () => {
  const inner = counting()
  const memory = new QuestionMemory(inner)
  const [first, second] = await Promise.all([memory.embed('query', ['Ai?']), memory.embed('query', ['Ai?'])])
  first.vectors.fill(9)
  expect([...second.vectors]).toEqual([3])
  expect(inner.asked).toEqual(['query Ai?'])
})

test('a question that could not be embedded is tried again', async () => {
  let tries = 0
  const memory = new QuestionMemory({
    embed: async () => {
      if (tries++ === 0) throw new Error('the model has died')
      return { vectors: Float32Array.of(3), dimension: 1, tokenizeMs: 1, inferMs: 1 }
    },
  })
  await expect(Promise.all([memory.embed('query', ['Ai?']), memory.embed('query', ['Ai?'])])).rejects.toThrow('died')
  expect([...(await memory.embed('query', ['Ai?'])).vectors]).toEqual([3])
})

test('passages and several questions at once are always embedded', async () => {
  const inner = counting()
  const memory = new QuestionMemory(inner)
  for (let i = 0; i < 2; i++) {
    await memory.embed('passage', ['Ai?'])
    await memory.embed('query', ['Ai?', 'Khi nào?'])
  }
  expect(inner.asked).toHaveLength(6)
})

test('the question asked least recently is forgotten first', async () => {
  const inner = counting()
  const memory = new QuestionMemory(inner, 2)
  for (const question of ['a', 'b', 'a', 'c', 'a', 'b']) await memory.embed('query', [question])
  expect(inner.asked).toEqual(['query a', 'query b', 'query c', 'query b'])
})
