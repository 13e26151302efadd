import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { packageRoot } from '../package-root.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { EmbeddingClient } from './embedding-client.ts'
import { readEmbeddingProfile } from './embedding-profile.ts'
import { LocalEmbeddings } from './local-embeddings.ts'

const BUNDLED = join(packageRoot(), 'models', 'multilingual-e5-small-vi')
const profile = readEmbeddingProfile(BUNDLED, false)

const LONG = Array.from({ length: 120 }, (_, i) => `Công an xã thứ ${i} bảo đảm an ninh trật tự.`).join(' ')

/** Rows of a matrix. */
function rows({ vectors, dimension }: { vectors: Float32Array; dimension: number }): Float32Array[] {
  return Array.from({ length: vectors.length / dimension }, (_, row) => vectors.subarray(row * dimension, (row + 1) * dimension))
}

/** Cosine similarity of two vectors of length 1. */
const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, i) => sum + value * (b[i] as number), 0)

/** A client of its own for a test that ends or breaks it. */
function ownClient(model = profile): EmbeddingClient {
  const client = new EmbeddingClient({ profile: model, allowDownload: false })
  onTestFinished(() => client.close())
  return client
}

describe('the bundled model in its process', () => {
  const client = new EmbeddingClient({ profile, allowDownload: false })
  beforeAll(() => client.start())
  afterAll(() => client.close())

  const embedded = async (kind: 'query' | 'passage', texts: string[]) => rows(await client.embed(kind, texts))

  test('gives vectors of 384 finite numbers and length 1', async () => {
    const { dimension, vectors } = await client.embed('passage', ['Hội nghị đã bế mạc.', '', '🚓', LONG])
    expect([dimension, vectors.length]).toEqual([384, 4 * 384])
    for (const row of rows({ dimension, vectors })) expect(Math.hypot(...row)).toBeCloseTo(1, 5)
  })

  test('reads a text as a question in another way than as a passage', async () => {
    const [question] = await embedded('query', ['Hội nghị đã bế mạc.'])
    const [passage] = await embedded('passage', ['Hội nghị đã bế mạc.'])
    expect(dot(question as Float32Array, passage as Float32Array)).toBeLessThan(0.999)
  })

  test('reads a question typed without marks nearly as it is meant', async () => {
    const [meant] = await embedded('query', ['Hội nghị kết thúc vào ngày nào?'])
    const [typed] = await embedded('query', ['Hoi nghi ket thuc vao ngay nao?'])
    const [other] = await embedded('query', ['Gia xang dau hom nay la bao nhieu?'])
    const [near, far] = [typed, other].map((vector) => dot(meant as Float32Array, vector as Float32Array))
    expect(near).toBeGreaterThan(0.85)
    expect(far).toBeLessThan((near as number) - 0.05)
  })

  test('reads texts shorter than a prefix', async () => {
    const bare = { ...profile, queryPrefix: '', passagePrefix: '' }
    const { vectors } = await ownClient(bare).embed('query', ['', 'a'])
    expect(vectors.every(Number.isFinite)).toBe(true)
  })

  test.each([
    ['Ai là Bộ trưởng Bộ Y tế?', 1],
    ['Bao giờ trường học mở cửa lại?', 2],
    ['Who is the Minister of Health?', 1],
    ['giá xăng hôm nay', 0],
  ])('finds the passage that answers "%s" nearest', async (question, expected) => {
    const passages = await embedded('passage', [
      'Giá xăng dầu trong nước tăng nhẹ từ chiều nay.',
      'Bà Đào Hồng Lan giữ chức Bộ trưởng Bộ Y tế từ năm 2022.',
      'Học sinh toàn thành phố trở lại trường vào ngày 14 tháng 2.',
    ])
    const [query] = await embedded('query', [question])
    const similarities = passages.map((passage) => dot(query as Float32Array, passage))
    expect(similarities.indexOf(Math.max(...similarities))).toBe(expected)
  })

  test('gives each of many texts of mixed lengths its own vector, whatever stands beside it', async () => {
    const texts = Array.from({ length: 40 }, (_, i) => `Văn bản số ${i}. ${LONG.slice(0, (i * 37) % 900)}`)
    const together = await embedded('passage', texts)
    for (const i of [0, 7, 16, 33, 39]) {
      const [alone] = await embedded('passage', [texts[i] as string])
      expect(dot(alone as Float32Array, together[i] as Float32Array), texts[i]).toBeGreaterThan(0.99)
    }
  })

  test('behind LangChain gives the same vectors as arrays', async () => {
    const embeddings = new LocalEmbeddings(client)
    const [query] = await embedded('query', ['Ai chủ trì?'])
    const passages = await embedded('passage', ['Một.', 'Hai.'])
    expect(await embeddings.embedQuery('Ai chủ trì?')).toEqual([...(query as Float32Array)])
    expect(await embeddings.embedDocuments(['Một.', 'Hai.'])).toEqual(passages.map((row) => [...row]))
  })

  test('reads no more than the model can of a text of 300,000 characters, and soon', async () => {
    const [whole] = await embedded('passage', [`Hội nghị. ${'công an '.repeat(40_000)}`])
    const [cut] = await embedded('passage', [`Hội nghị. ${'công an '.repeat(1_000)}`])
    expect(dot(whole as Float32Array, cut as Float32Array)).toBeCloseTo(1, 5)
  })

  test('answers a question before passages that have been waiting longer', async () => {
    const order: string[] = []
    const passages = client
      .embed(
        'passage',
        Array.from({ length: 64 }, (_, i) => `${i} ${LONG.slice(0, 400)}`),
      )
      .then(() => order.push('passages'))
    const question = client.embed('query', ['Ai chủ trì?']).then(() => order.push('question'))
    await Promise.all([passages, question])
    expect(order).toEqual(['question', 'passages'])
  })

  test('embeds passages although questions never cease', async () => {
    let indexed = false
    let asked = 0
    const asking = async () => {
      while (!indexed && asked < 400) {
        await client.embed('query', [`Câu hỏi thứ ${asked++}?`])
      }
    }
    const askers = Array.from({ length: 4 }, asking)
    await client.embed('passage', [LONG.slice(0, 400), LONG.slice(200, 600)])
    indexed = true
    await Promise.all(askers)
    expect(asked).toBeLessThan(100)
  })

  test('is started again when it is killed while idle', async () => {
    const [before] = await embedded('query', ['Ai chủ trì?'])
    const { pid, restarts } = client
    process.kill(pid as number, 'SIGKILL')
    const [after] = await embedded('query', ['Ai chủ trì?'])
    expect(after).toEqual(before)
    expect(client.pid).not.toBe(pid)
    expect(client.restarts).toBe(restarts + 1)
  })

  test('is started again when it is killed at work, and the work is done', async () => {
    const texts = Array.from({ length: 24 }, (_, i) => `${i} ${LONG.slice(0, 300)}`)
    const work = embedded('passage', texts)
    await delay(20)
    process.kill(client.pid as number, 'SIGKILL')
    const [first] = await embedded('passage', [texts[0] as string])
    const done = await work
    expect(done).toHaveLength(24)
    expect(dot(first as Float32Array, done[0] as Float32Array)).toBeGreaterThan(0.99)
  })
})

describe('EmbeddingClient', () => {
  test('gives up as unavailable when the process dies on one request again and again', async () => {
    const client = ownClient()
    const work = client.embed('passage', [LONG])
    let killed: number | undefined
    const killer = setInterval(() => {
      if (client.pid === undefined || client.pid === killed) return
      killed = client.pid
      process.kill(killed, 'SIGKILL')
    }, 5)
    onTestFinished(() => clearInterval(killer))
    await expect(work).rejects.toMatchObject({ name: 'ThukyError', kind: 'unavailable', message: expect.stringMatching(/thuky doctor/) })
    clearInterval(killer)
    expect((await client.embed('query', ['Ai chủ trì?'])).dimension).toBe(384)
  })

  test('rejects what runs and what waits when it is closed, and starts nothing afterwards', async () => {
    const client = ownClient()
    await client.start()
    const { pid } = client
    const waiting = [
      client.embed(
        'passage',
        Array.from({ length: 40 }, () => LONG),
      ),
      client.embed('query', ['Ai?']),
    ]
    const settled = Promise.allSettled(waiting)
    await client.close()
    for (const result of await settled) {
      expect(result).toMatchObject({ status: 'rejected', reason: { name: 'ThukyError', kind: 'unavailable' } })
    }
    expect(() => process.kill(pid as number, 0)).toThrow()
    await expect(client.embed('query', ['Ai?'])).rejects.toMatchObject({ kind: 'unavailable' })
    await expect(client.start()).rejects.toMatchObject({ kind: 'unavailable' })
    expect(client.pid).toBeUndefined()
  })

  test('without a reader refuses to read, and reads nothing for someone who has gone', async () => {
    const client = ownClient()
    const windows = [['Hội nghị đã bế mạc.']]
    await expect(client.read('Ai?', windows, AbortSignal.abort(new Error('gone')))).rejects.toThrow('gone')
    await expect(client.read('Ai?', windows)).rejects.toMatchObject({ kind: 'model', message: expect.stringMatching(/THUKY_READER/) })
    expect((await client.embed('query', ['Ai?'])).dimension).toBe(384)
  })

  test('can be closed before it was started, and twice', async () => {
    const client = ownClient()
    await client.close()
    await client.close()
    expect(client.pid).toBeUndefined()
  })

  test('says that a damaged model cannot be loaded and how to mend it, for every request anew', async () => {
    const folder = join(await temporaryFolder(), 'broken-e5')
    await mkdir(join(folder, 'onnx'), { recursive: true })
    for (const file of ['config.json', 'tokenizer.json', 'tokenizer_config.json']) await copyFile(join(BUNDLED, file), join(folder, file))
    await writeFile(join(folder, 'onnx', 'model_quantized.onnx'), 'no weights')
    const client = ownClient(readEmbeddingProfile(folder, false))
    const refused = {
      name: 'ThukyError',
      kind: 'model',
      message: expect.stringMatching(/cannot be loaded.*restore it or correct THUKY_MODEL/),
    }
    await expect(client.embed('query', ['Ai?'])).rejects.toMatchObject(refused)
    await expect(client.start()).rejects.toMatchObject(refused)
  })
})
