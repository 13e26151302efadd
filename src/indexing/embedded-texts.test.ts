import { appendFile, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { embeddedTexts } from './embedded-texts.ts'
import { EMBEDDING_JOURNAL, EmbeddingJournal } from './embedding-journal.ts'
import { likelyTokens } from './likely-tokens.ts'

const RECIPE = { model: 'm', dimension: 2 }
const TEXTS = Array.from({ length: 300 }, (_, i) => `${'x'.repeat((i * 37) % 90)}${i}`)
const vectorOf = (text: string) => [text.length, Number(/\d+$/.exec(text)?.[0])]

/** Embeds all texts; `asked` are the texts the model was asked for, in order. */
async function run(indexDir: string | undefined, failAfter = Number.POSITIVE_INFINITY) {
  const asked: string[] = []
  const vectors: number[][] = []
  const journal = indexDir === undefined ? undefined : await EmbeddingJournal.open(indexDir, RECIPE)
  const embed = async (texts: readonly string[]) => {
    asked.push(...texts)
    if (asked.length > failAfter) throw new Error('stopped')
    return Float32Array.from(texts.flatMap(vectorOf))
  }
  const onVector = (place: number, vector: Float32Array) => {
    vectors[place] = [...vector]
  }
  const outcome = await embeddedTexts(TEXTS, { embed, dimension: 2, journal, onVector, onPortion: () => {} }).catch((error: Error) => error)
  return { asked, vectors, outcome }
}

test('every text gets its own vector, and texts of similar length are asked for together', async () => {
  const { asked, vectors } = await run(undefined)
  expect(vectors).toEqual(TEXTS.map(vectorOf))
  expect(asked.map(likelyTokens)).toEqual(asked.map(likelyTokens).sort((a, b) => a - b))
})

test('a run that was broken off goes on where it was', async () => {
  const folder = await temporaryFolder()
  expect((await run(folder, 200)).outcome).toEqual(new Error('stopped'))
  const { asked, vectors } = await run(folder)
  expect(asked.length).toBeGreaterThan(50)
  expect(asked.length).toBeLessThan(250)
  expect(vectors).toEqual(TEXTS.map(vectorOf))
  expect((await run(folder)).asked).toEqual([])
})

test('what is damaged in the journal, or of another model, is computed again', async () => {
  const folder = await temporaryFolder()
  const path = join(folder, EMBEDDING_JOURNAL)
  await run(folder)
  const whole = await readFile(path)
  const middle = Math.floor(whole.length / 2)
  whole[middle] = (whole[middle] as number) ^ 1
  await writeFile(path, whole)
  await appendFile(path, 'half a record')
  const { asked, vectors } = await run(folder)
  expect(asked.length).toBeGreaterThan(100)
  expect(vectors).toEqual(TEXTS.map(vectorOf))
  await EmbeddingJournal.open(folder, { ...RECIPE, model: 'other' })
  expect((await readFile(path)).length).toBe(32)
})

test('nothing is left of a journal that was removed', async () => {
  const folder = await temporaryFolder()
  await run(folder)
  await EmbeddingJournal.remove(folder)
  await EmbeddingJournal.remove(folder)
  await expect(readFile(join(folder, EMBEDDING_JOURNAL))).rejects.toThrow('ENOENT')
})
