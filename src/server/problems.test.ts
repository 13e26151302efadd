import { describe, expect, test } from 'vitest'
import { CLOSING, makeApi } from '../testing/faces-api.ts'
import { openedFaces } from '../testing/opened-faces.ts'

const faces = openedFaces()

interface Problem {
  type: string
  title: string
  status: number
  detail: string
  requestId: string
  errors?: { path: string; message: string }[]
}

/** The problem in a response, after checking that it is one and tells nothing that is nobody's business. */
async function problemOf(response: Response, status: number): Promise<Problem> {
  const text = await response.text()
  expect(response.status, text).toBe(status)
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  const problem = JSON.parse(text) as Problem
  expect(problem).toMatchObject({
    type: expect.any(String),
    title: expect.stringMatching(/\w/),
    status,
    detail: expect.stringMatching(/\w/),
  })
  expect(problem.requestId).toMatch(/^[\w-]{8,}$/)
  expect(response.headers.get('x-request-id')).toBe(problem.requestId)
  for (const secret of [/\n\s*at /, /node_modules/, /\.[jt]s:\d/, faces.workspace.folder, process.cwd()]) expect(text).not.toMatch(secret)
  return problem
}

const long = 'a'.repeat(2001)
const question = CLOSING.question

describe('a body that is not as the schema says is a 400 that names the field', () => {
  const table: [string, unknown, string][] = [
    ['an empty question', { question: '' }, 'question'],
    ['a question of spaces', { question: ' \n\t ' }, 'question'],
    ['a question of 2,001 characters', { question: long }, 'question'],
    ['a question that is no string', { question: 77 }, 'question'],
    ['a question that is null', { question: null }, 'question'],
    ['a missing question', {}, 'question'],
    ['a question of NUL characters only', { question: '\0\0' }, 'question'],
    ['a question of lone surrogates only', '{"question":"\\ud800 \\udfff"}', 'question'],
    ['an unknown field', { question, questoin: 'x' }, 'questoin'],
    ['an unknown field in the filters', { question, filters: { conference: 'x' } }, 'filters.conference'],
    ['topK 0', { question, topK: 0 }, 'topK'],
    ['topK 21', { question, topK: 21 }, 'topK'],
    ['topK 1.5', { question, topK: 1.5 }, 'topK'],
    ['topK as text', { question, topK: '5' }, 'topK'],
    ['stream as text', { question, stream: 'yes' }, 'stream'],
    ['a date that is none', { question, filters: { from: 'hôm qua' } }, 'filters.from'],
    ['a month that is none', { question, filters: { to: '2021-13' } }, 'filters.to'],
    ['filters that are a list', { question, filters: [] }, 'filters'],
    ['an id that is no string', { question, filters: { documentIds: [1] } }, 'filters.documentIds.0'],
    ['51 turns of history', { question, history: Array(51).fill({ role: 'user', content: 'a' }) }, 'history'],
    ['20,001 characters of history', { question, history: [{ role: 'user', content: 'a'.repeat(20_001) }] }, 'history'],
    ['a role nobody has', { question, history: [{ role: 'system', content: 'a' }] }, 'history.0.role'],
    ['a list', [], ''],
    ['null', 'null', ''],
    ['a string', '"công an"', ''],
  ]
  test.each(table)('%s', async (_, body, path) => {
    const { errors, detail } = await problemOf(await faces.api.post('/ask', body), 400)
    expect(errors?.map((error) => error.path)).toContain(path)
    for (const { message } of errors ?? []) expect(message).toMatch(/\w/)
    expect(detail).toContain(errors?.[0]?.message)
  })

  test('the same on /search, whose topK goes to 100', async () => {
    await problemOf(await faces.api.post('/search', { question: '' }), 400)
    await problemOf(await faces.api.post('/search', { question, topK: 101 }), 400)
    expect((await faces.api.post('/search', { question, topK: 100 })).status).toBe(200)
  })

  test('several faults are all named', async () => {
    const { errors } = await problemOf(await faces.api.post('/ask', { question: 5, topK: 0, foo: 1, bar: 2 }), 400)
    expect(errors?.map(({ path }) => path).sort()).toEqual(['bar', 'foo', 'question', 'topK'])
  })
})

describe('a body that cannot be read', () => {
  test.each([
    ['nothing', ''],
    ['half an object', '{"question":'],
    ['JavaScript', '{question: "x"}'],
    ['a thousand brackets', '['.repeat(1000)],
    ['letters', 'công an'],
  ])('is a 400 when it is %s', async (_, body) => {
    await problemOf(await faces.api.post('/ask', body), 400)
  })

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/jsonp', ''])(
    'is a 415 when its type is %j',
    async (type) => {
      await problemOf(await faces.api.post('/ask', { question }, { 'content-type': type }), 415)
    },
  )

  test.each(['application/json; charset=utf-8', 'Application/JSON'])('is read when its type is %j', async (type) => {
    expect((await faces.api.post('/ask', { question }, { 'content-type': type })).status).toBe(200)
  })

  test('is a 411 without a length and a 400 with a length that is no number', async () => {
    await problemOf(await faces.api.post('/ask', { question }, { 'content-length': '' }), 411)
    for (const length of ['abc', '-1', '1e3', '0x10', '12, 12'])
      await problemOf(await faces.api.post('/ask', { question }, { 'content-length': length }), 400)
  })

  test('is a 413 above 256 KiB and not before', async () => {
    const padded = (bytes: number) => `{"question":"${question}"${' '.repeat(bytes - Buffer.byteLength(`{"question":"${question}"}`))}}`
    expect((await faces.api.post('/ask', padded(256 * 1024))).status).toBe(200)
    await problemOf(await faces.api.post('/ask', padded(256 * 1024 + 1)), 413)
  })
})

describe('an id that does not exist', () => {
  test.each([
    ['conferenceIds', { conferenceIds: [CLOSING.conference, 'hoi-nghi-99'] }],
    ['documentIds', { documentIds: ['khong-co'] }],
  ])('is a 422 in filters.%s, on /ask and /search', async (field, filters) => {
    for (const path of ['/ask', '/search']) {
      const { errors, detail } = await problemOf(await faces.api.post(path, { question, filters }), 422)
      expect(errors?.[0]?.path).toBe(`filters.${field}`)
      expect(detail).toMatch(/hoi-nghi-99|khong-co/)
    }
  })

  test.each(['/conferences/khong-co', '/documents/khong-co', '/documents/..%2F..%2Fetc%2Fpasswd', '/documents/%00', '/documents/%E0%A4%A'])(
    'is a 404 in the path %s',
    async (path) => {
      await problemOf(await faces.api.app.request(path), 404)
    },
  )

  test('is a 404 as conversation', async () => {
    await problemOf(await faces.api.post('/ask', { question, conversationId: 'khong-co' }), 404)
  })
})

describe('a wrong method or path', () => {
  const table: [string, string, string][] = [
    ['GET', '/ask', 'POST'],
    ['PUT', '/ask', 'POST'],
    ['DELETE', '/ask', 'POST'],
    ['PATCH', '/search', 'POST'],
    ['POST', '/healthz', 'GET'],
    ['POST', '/conferences', 'GET'],
    ['POST', '/openapi.json', 'GET'],
    ['PATCH', `/documents/${CLOSING.document}`, 'GET'],
  ]
  test.each(table)('%s %s is a 405 that allows %s', async (method, path, allowed) => {
    const response = await faces.api.app.request(path, { method })
    expect(response.headers.get('allow')?.split(', ')).toContain(allowed)
    expect(response.headers.get('allow')?.split(', ')).not.toContain(method)
    await problemOf(response, 405)
  })

  test.each([
    ['GET', '/nothing'],
    ['POST', '/nothing'],
    ['PUT', '/ask/more'],
    ['GET', '/documents/a/b'],
    ['GET', '//ask'],
    ['GET', '/%E0%A4%A'],
  ])('%s %s is a 404', async (method, path) => {
    await problemOf(await faces.api.app.request(`http://localhost${path}`, { method }), 404)
  })
})

describe('characters that break other programs', () => {
  test.each([
    ['NUL', CLOSING.question.replace('nghị', 'ng\0hị')],
    ['a lone high surrogate', `${CLOSING.question}\ud83d`],
    ['a lone low surrogate', `\udc00${CLOSING.question}`],
    ['a byte order mark and zero-width spaces', `\ufeff${CLOSING.question.replaceAll(' ', ' \u200b')}`],
    ['decomposed letters', CLOSING.question.normalize('NFD')],
  ])('%s is taken out and the question answered', async (_, text) => {
    const response = await faces.api.post('/ask', { question: text })
    const body = (await response.json()) as { question: string; citations: { document: { id: string }; quote: string }[] }
    expect(response.status).toBe(200)
    expect(body.question).toBe(CLOSING.question)
    expect(body.citations[0]).toMatchObject({ quote: CLOSING.sentence, document: { id: CLOSING.document } })
  })

  test('a question of 2,000 characters is answered or refused, also when its decomposed form is longer', async () => {
    for (const text of ['ộ '.repeat(1000), 'ộ'.repeat(2000).normalize('NFD'), 'a'.repeat(2000)]) {
      expect((await faces.api.post('/ask', { question: text })).status).toBe(200)
    }
  })
})

test('a request id of the caller comes back, one that could forge a log line does not', async () => {
  const own = await faces.api.app.request('/nothing', { headers: { 'x-request-id': 'my-request-0001' } })
  expect((await problemOf(own, 404)).requestId).toBe('my-request-0001')
  const forged = await faces.api.app.request('/nothing', { headers: { 'x-request-id': 'a{"level":60}' } })
  expect((await problemOf(forged, 404)).requestId).not.toContain('{')
})

test('before model and index are loaded only probes and documentation answer; everything else is 503 with Retry-After', async () => {
  const cold = makeApi(faces.workspace)
  try {
    for (const path of ['/readyz', '/corpus', '/documents', '/conferences', `/documents/${CLOSING.document}`]) {
      const response = await cold.app.request(path)
      expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0)
      await problemOf(response, 503)
    }
    await problemOf(await cold.post('/ask', { question }), 503)
    await problemOf(await cold.post('/search', { question }), 503)
    for (const path of ['/healthz', '/openapi.json', '/docs']) expect((await cold.app.request(path)).status).toBe(200)
    await cold.assistant.open()
    for (const path of ['/readyz', '/healthz', '/corpus']) expect((await cold.app.request(path)).status).toBe(200)
    expect((await cold.post('/ask', { question })).status).toBe(200)
  } finally {
    await cold.assistant.close()
  }
})
