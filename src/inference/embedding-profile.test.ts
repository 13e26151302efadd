import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ThukyError } from '../errors.ts'
import { packageRoot } from '../package-root.ts'
import { temporaryFolder, writeFiles } from '../testing/temporary-folder.ts'
import { readEmbeddingProfile } from './embedding-profile.ts'
import { modelFingerprint } from './model-fingerprint.ts'

const BUNDLED = join(packageRoot(), 'models', 'multilingual-e5-small-vi')
const FILES = { 'config.json': '{}', 'tokenizer.json': '{}', 'tokenizer_config.json': '{}', 'onnx/model_quantized.onnx': 'weights' }

/** A model folder of the given name that holds enough to have a profile. */
async function modelFolder(name: string, more: Record<string, string> = {}): Promise<string> {
  const folder = join(await temporaryFolder(), name)
  await mkdir(folder)
  await writeFiles(folder, { ...FILES, ...more })
  return folder
}

function refusal(model: string, allowDownload = false): ThukyError {
  try {
    readEmbeddingProfile(model, allowDownload)
  } catch (error) {
    if (error instanceof ThukyError) return error
    throw error
  }
  throw new Error('the model was accepted')
}

describe('readEmbeddingProfile', () => {
  test('reads prefixes, pooling and weights of the bundled model', () => {
    expect(readEmbeddingProfile(BUNDLED, false)).toEqual({
      model: BUNDLED,
      local: true,
      dtype: 'q8',
      pooling: 'mean',
      queryPrefix: 'query: ',
      passagePrefix: 'passage: ',
    })
  })

  test("lets the folder's own description win over its family", async () => {
    const folder = await modelFolder('some-e5', {
      '1_Pooling/config.json': '{"pooling_mode_cls_token": true}',
      'config_sentence_transformers.json': '{"prompts": {"query": "hỏi: ", "document": "văn bản: "}}',
    })
    expect(readEmbeddingProfile(folder, false)).toMatchObject({ pooling: 'cls', queryPrefix: 'hỏi: ', passagePrefix: 'văn bản: ' })
  })

  test.each([
    ['my-multilingual-e5-base', 'mean', 'query: '],
    ['bge-m3', 'cls', ''],
    ['sbert', 'mean', ''],
  ])('knows how models of the family of %s are used', async (name, pooling, queryPrefix) => {
    expect(readEmbeddingProfile(await modelFolder(name), false)).toMatchObject({ pooling, queryPrefix })
  })

  test('takes a hub id only when downloads are allowed', () => {
    expect(refusal('Xenova/multilingual-e5-small')).toMatchObject({
      kind: 'model',
      message: expect.stringMatching(/downloads are off; set THUKY_ALLOW_DOWNLOAD=true or THUKY_MODEL to a folder/),
    })
    expect(readEmbeddingProfile('Xenova/multilingual-e5-small', true)).toMatchObject({ local: false, queryPrefix: 'query: ' })
  })

  test.each([
    ['/no/such/model', /no embedding model in \/no\/such\/model; correct THUKY_MODEL or unset it/],
    ['./models/none', /correct THUKY_MODEL/],
    ['not a model', /has to be a folder or a hub id/],
    ['a/b/c', /has to be a folder or a hub id/],
  ])('refuses %s, downloads allowed or not', (model, message) => {
    for (const allowDownload of [false, true])
      expect(refusal(model, allowDownload)).toMatchObject({ kind: 'model', message: expect.stringMatching(message) })
  })

  test.each(Object.keys(FILES))('refuses a folder without %s and names the file', async (file) => {
    const folder = await modelFolder('m')
    await rm(join(folder, file))
    expect(refusal(folder)).toMatchObject({ kind: 'model', message: expect.stringContaining(file) })
  })

  test('refuses a damaged description', async () => {
    const folder = await modelFolder('m', { 'config_sentence_transformers.json': '{"prompts": 5}' })
    expect(refusal(folder)).toMatchObject({ kind: 'model', message: expect.stringMatching(/restore it/) })
  })
})

describe('modelFingerprint', () => {
  test('changes with the weights, the tokenizer and the prefixes, not with other files', async () => {
    const folder = await modelFolder('m-e5')
    const profile = readEmbeddingProfile(folder, false)
    const { sha256 } = await modelFingerprint(profile)
    await writeFiles(folder, { 'README.md': 'Lời giới thiệu' })
    expect((await modelFingerprint(profile)).sha256).toBe(sha256)
    expect((await modelFingerprint({ ...profile, queryPrefix: 'q: ' })).sha256).not.toBe(sha256)
    for (const file of Object.keys(FILES)) {
      await writeFiles(folder, { [file]: `${FILES[file as keyof typeof FILES]} ` })
      expect((await modelFingerprint(profile)).sha256, file).not.toBe(sha256)
      await writeFiles(folder, { [file]: FILES[file as keyof typeof FILES] })
      expect((await modelFingerprint(profile)).sha256, file).toBe(sha256)
    }
  })

  test('believes hashes made before as long as size and time of change are the same', async () => {
    const folder = await modelFolder('m-e5')
    const profile = readEmbeddingProfile(folder, false)
    const { files } = await modelFingerprint(profile)
    const remembered = files.map((file) => ({ ...file, sha256: 'remembered' }))
    expect((await modelFingerprint(profile, remembered)).files.map((file) => file.sha256)).toEqual(files.map(() => 'remembered'))
    await writeFiles(folder, { 'onnx/model_quantized.onnx': 'other weights' })
    expect((await modelFingerprint(profile, remembered)).files.filter((file) => file.sha256 !== 'remembered')).toHaveLength(1)
  })
})
