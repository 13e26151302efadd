// In: an embedding profile. Out: a hash of everything that decides its vectors, so that an index is never used with another model.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { EmbeddingProfile } from './embedding-profile.ts'

/** Hash of one file of a model, with what tells whether it has to be hashed again. */
export interface ModelFile {
  readonly path: string
  readonly size: number
  readonly mtimeMs: number
  readonly sha256: string
}

/** A model's files and the hash over them and over how they are used. */
export interface ModelFingerprint {
  readonly files: readonly ModelFile[]
  /** Hexadecimal SHA-256. */
  readonly sha256: string
}

/** @param known files hashed before; reused when size and time of change are the same */
export async function modelFingerprint(profile: EmbeddingProfile, known: readonly ModelFile[] = []): Promise<ModelFingerprint> {
  const before = new Map(known.map((file) => [file.path, file]))
  const files: ModelFile[] = []
  for (const path of profile.local ? await decidingFiles(profile) : []) {
    const { size, mtimeMs } = await stat(join(profile.model, path))
    const old = before.get(path)
    const same = old !== undefined && old.size === size && old.mtimeMs === mtimeMs
    files.push({ path, size, mtimeMs, sha256: same ? old.sha256 : await hashOf(join(profile.model, path)) })
  }
  const use = [profile.local ? '' : profile.model, profile.dtype, profile.pooling, profile.queryPrefix, profile.passagePrefix]
  const sha256 = createHash('sha256')
    .update(JSON.stringify([use, files.map((file) => [file.path, file.sha256])]))
    .digest('hex')
  return { files, sha256 }
}

async function decidingFiles({ model, dtype }: EmbeddingProfile): Promise<string[]> {
  const weights = { q8: 'model_quantized', fp16: 'model_fp16', fp32: 'model' }[dtype]
  const onnx = (await readdir(join(model, 'onnx'))).filter((name) => name.startsWith(`${weights}.onnx`)).map((name) => `onnx/${name}`)
  return ['config.json', 'tokenizer.json', 'tokenizer_config.json', ...onnx.sort()]
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}
