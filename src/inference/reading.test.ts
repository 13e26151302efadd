import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { packageRoot } from '../package-root.ts'
import { EmbeddingClient } from './embedding-client.ts'
import { readEmbeddingProfile } from './embedding-profile.ts'
import { readReaderProfile } from './reader-profile.ts'

const BUNDLED = join(packageRoot(), 'models', 'multilingual-e5-small-vi')
const profile = readEmbeddingProfile(BUNDLED, false)
const reader = readReaderProfile(join(packageRoot(), 'models', 'reader-vi'), BUNDLED)

const MARKET = [
  'Thành phố Bình Minh nằm bên bờ sông Lam.',
  'Năm 1868, ông Trần Văn Hải lập ngôi chợ đầu tiên của thành phố.',
  'Ngôi chợ có 120 gian hàng và họp vào buổi sáng.',
]
const SCHOOL = [
  'Trường học của thành phố mở cửa năm 1921.',
  'Bà Lê Thị Mai là hiệu trưởng đầu tiên của trường.',
  'Trường có 14 lớp với khoảng 600 học sinh đến từ các làng gần đó.',
]
const WINDOWS = [MARKET, SCHOOL]

describe('the bundled reader in the process of the model', () => {
  const client = new EmbeddingClient({ profile, allowDownload: false, reader })
  beforeAll(() => client.start())
  afterAll(() => client.close())

  test.each([
    ['Ai lập ngôi chợ đầu tiên của thành phố?', 0, 1, 'Trần Văn Hải'],
    ['Ngôi chợ có bao nhiêu gian hàng?', 0, 2, '120'],
    ['Trường học mở cửa năm nào?', 1, 0, '1921'],
    ['Ai là hiệu trưởng đầu tiên của trường?', 1, 1, 'Lê Thị Mai'],
  ])('%s', async (question, window, sentence, answer) => {
    const readings = await client.read(question, WINDOWS)
    const scored = readings.flatMap(({ sentences }, at) => sentences.map((reading, place) => ({ at, place, score: reading?.score ?? -99 })))
    const best = scored.sort((a, b) => b.score - a.score)[0]
    expect([best?.at, best?.place]).toEqual([window, sentence])
    const found = readings[window]?.sentences[sentence]
    const text = WINDOWS[window]?.[sentence] as string
    expect(text.slice(found?.start, found?.end)).toContain(answer)
    expect(readings[window]?.answerable).toBeGreaterThan(readings[1 - window]?.answerable as number)
  })

  test('gives one reading for each window and sentence in order, whatever stands beside it', async () => {
    const windows = Array.from({ length: 9 }, (_, i) => (i % 2 === 0 ? MARKET : [...SCHOOL, ...MARKET]))
    const readings = await client.read('Ai lập ngôi chợ?', windows)
    expect(readings.map(({ sentences }) => sentences.length)).toEqual(windows.map((window) => window.length))
    const [alone] = await client.read('Ai lập ngôi chợ?', [MARKET])
    for (const i of [0, 4, 8]) expect(readings[i]?.answerable).toBeCloseTo(alone?.answerable as number, 0)
  })

  test('reads sentences without words, and no more of a long window than fits', async () => {
    const long = Array.from({ length: 60 }, () => MARKET[1] as string)
    const [empty, cut] = await client.read('Ai lập ngôi chợ?', [['', ' '], long])
    expect(empty?.sentences).toEqual([undefined, undefined])
    expect(cut?.sentences).toHaveLength(60)
    expect(cut?.sentences[0]).toBeDefined()
    expect(cut?.sentences[59]).toBeUndefined()
    expect(await client.read('Ai lập ngôi chợ?', [])).toEqual([])
  })

  test('stops reading for someone who has gone, and goes on for others', async () => {
    const gone = new AbortController()
    const given = client.read('Ai?', Array<string[]>(40).fill(MARKET), gone.signal)
    gone.abort(new Error('gone'))
    await expect(given).rejects.toThrow('gone')
    await expect(client.read('Ai?', [MARKET], gone.signal)).rejects.toThrow('gone')
    expect(await client.read('Ai lập ngôi chợ?', [MARKET])).toHaveLength(1)
  })

  test('lets a question that is to be embedded go first', async () => {
    const order: string[] = []
    const read = client.read('Ai?', Array<string[]>(24).fill(MARKET)).then(() => order.push('read'))
    const embedded = client.embed('query', ['Ai?']).then(() => order.push('embedded'))
    await Promise.all([read, embedded])
    expect(order).toEqual(['embedded', 'read'])
  })

  test('is started again when it is killed at work, and the work is done', async () => {
    const work = client.read('Ai?', Array<string[]>(24).fill(MARKET))
    await delay(20)
    process.kill(client.pid as number, 'SIGKILL')
    expect(await work).toHaveLength(24)
  })
})

test('without a reader reading is refused with a reason', async () => {
  const client = new EmbeddingClient({ profile, allowDownload: false })
  onTestFinished(() => client.close())
  await expect(client.read('Ai?', [MARKET])).rejects.toMatchObject({ name: 'ThukyError', kind: 'model' })
})
