import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { readReaderProfile } from './reader-profile.ts'

test('a reader needs its configuration, its weights and a tokenizer; what lacks is named, and how to do without', async () => {
  const folder = await temporaryFolder()
  const [model, tokenizer] = [join(folder, 'reader-x'), join(folder, 'tokenizer')]
  await mkdir(join(model, 'onnx'), { recursive: true })
  await mkdir(tokenizer)
  for (const file of [join(model, 'config.json'), join(model, 'onnx', 'model_quantized.onnx'), join(tokenizer, 'tokenizer.json')]) {
    expect(() => readReaderProfile(model, tokenizer)).toThrow(file)
    expect(() => readReaderProfile(model, tokenizer)).toThrow('THUKY_READER=off')
    await writeFile(file, '')
  }
  const profile = readReaderProfile(model, tokenizer)
  expect(profile).toEqual({ folder: model, tokenizerFolder: tokenizer })
})
