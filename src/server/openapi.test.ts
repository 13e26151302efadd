import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Api, CLOSING, makeApi } from '../testing/faces-api.ts'
import { type OpenApiDocument, OpenApiSchemas } from '../testing/faces-openapi.ts'
import { makeWorkspace, type Workspace } from '../testing/faces-workspace.ts'

let workspace: Workspace
let api: Api
let document: OpenApiDocument
let conversationId: string
let schemas: OpenApiSchemas

beforeAll(async () => {
  workspace = await makeWorkspace()
  api = makeApi(workspace)
  await api.assistant.openLive()
  document = (await (await api.app.request('/openapi.json')).json()) as OpenApiDocument
  schemas = new OpenApiSchemas(document)
  conversationId = String((await api.ask(CLOSING.question)).conversationId)
})
afterAll(async () => {
  await api?.assistant.close()
  await workspace?.remove()
})

const json = { question: CLOSING.question }
const refused = { question: 'Giá vàng hôm nay bao nhiêu một lượng?' }
const chat = (content: string) => ({ model: 'thuky', messages: [{ role: 'user', content }] })
const unknown = { question: 'công an', filters: { conferenceIds: ['khong-co'] } }

const change = (path: string, body: unknown, headers: Readonly<Record<string, string>> = {}) => api.post(path, body, headers, 'PATCH')
const put = (id: string, body: unknown, headers: Readonly<Record<string, string>> = {}) =>
  api.post(`/documents/${encodeURIComponent(id)}`, body, headers, 'PUT')

/** Requests of every route and the status they should give. A new route needs a line here. */
const REQUESTS: Record<string, [number, () => Promise<Response> | Response][]> = {
  'post /ask': [
    [200, () => api.post('/ask', json)],
    [200, () => api.post('/ask', refused)],
    [
      200,
      () =>
        api.post('/ask', {
          ...json,
          topK: 20,
          filters: { conferenceIds: [CLOSING.conference], from: '2021', to: '2021-12' },
          stream: false,
        }),
    ],
    [200, () => api.post('/ask', { question: 'Ai bế mạc?', conversationId })],
    [200, () => api.post('/ask', { question: 'Ai bế mạc?', history: [{ role: 'user', content: CLOSING.question }] })],
    [400, () => api.post('/ask', {})],
    [400, () => api.post('/ask', { ...json, conversationId, history: [] })],
    [404, () => api.post('/ask', { ...json, conversationId: 'khong-co' })],
    [411, () => api.post('/ask', json, { 'content-length': '' })],
    [413, () => api.post('/ask', 'x', { 'content-length': '300000' })],
    [415, () => api.post('/ask', json, { 'content-type': 'text/plain' })],
    [422, () => api.post('/ask', unknown)],
  ],
  'post /v1/chat/completions': [
    [200, () => api.post('/v1/chat/completions', chat(CLOSING.question))],
    [200, () => api.post('/v1/chat/completions', chat(refused.question))],
    [400, () => api.post('/v1/chat/completions', {})],
    [404, () => api.post('/v1/chat/completions', { ...chat(CLOSING.question), model: 'khong-co' })],
    [411, () => api.post('/v1/chat/completions', chat(CLOSING.question), { 'content-length': '' })],
    [413, () => api.post('/v1/chat/completions', 'x', { 'content-length': '300000' })],
    [415, () => api.post('/v1/chat/completions', chat(CLOSING.question), { 'content-type': 'text/plain' })],
    [422, () => api.post('/v1/chat/completions', { ...chat('công an'), filters: unknown.filters })],
  ],
  'get /v1/models': [[200, () => api.app.request('/v1/models')]],
  'get /v1/models/{id}': [
    [200, () => api.app.request('/v1/models/thuky')],
    [404, () => api.app.request('/v1/models/khong-co')],
  ],
  'post /mcp': [
    [200, () => api.post('/mcp', { jsonrpc: '2.0', id: 1, method: 'tools/list' }, { accept: 'application/json, text/event-stream' })],
    [400, () => api.post('/mcp', { id: 1 })],
    [411, () => api.post('/mcp', {}, { 'content-length': '' })],
    [413, () => api.post('/mcp', 'x', { 'content-length': '300000' })],
    [415, () => api.post('/mcp', {}, { 'content-type': 'text/plain' })],
  ],
  'post /search': [
    [200, () => api.post('/search', { ...json, topK: 100 })],
    [400, () => api.post('/search', {})],
    [411, () => api.post('/search', json, { 'content-length': '' })],
    [413, () => api.post('/search', 'x', { 'content-length': '300000' })],
    [415, () => api.post('/search', json, { 'content-type': 'text/plain' })],
    [422, () => api.post('/search', unknown)],
  ],
  'post /feedback': [
    [201, async () => api.post('/feedback', { answerId: (await api.ask(CLOSING.question)).id, verdict: 'right', note: 'đúng' })],
    [400, () => api.post('/feedback', { answerId: 'x', verdict: 'fine' })],
    [404, () => api.post('/feedback', { answerId: 'khong-co', verdict: 'right' })],
    [411, () => api.post('/feedback', {}, { 'content-length': '' })],
    [413, () => api.post('/feedback', 'x', { 'content-length': '300000' })],
    [415, () => api.post('/feedback', {}, { 'content-type': 'text/plain' })],
  ],
  'get /conferences': [[200, () => api.app.request('/conferences')]],
  'get /conferences/{id}': [
    [200, () => api.app.request(`/conferences/${CLOSING.conference}`)],
    [404, () => api.app.request('/conferences/khong-co')],
  ],
  'get /documents': [[200, () => api.app.request('/documents')]],
  'get /documents/{id}': [
    [200, () => api.app.request(`/documents/${CLOSING.document}`)],
    [404, () => api.app.request('/documents/khong-co')],
  ],
  'put /documents/{id}': [
    [201, () => put('ban-tin', { text: 'Hội nghị bàn về xe đạp điện.', title: 'Bản tin', ordinal: null })],
    [200, () => put('ban-tin', { text: 'Hội nghị bàn về xe buýt điện.' })],
    [200, () => put('ban-tin', { text: 'Hội nghị bàn về xe buýt điện.' })],
    [400, () => put('ban-tin', { text: 'Hội nghị.', date: 'hôm qua' })],
    [411, () => put('ban-tin', {}, { 'content-length': '' })],
    [413, () => put('ban-tin', {}, { 'content-length': '300000' })],
    [415, () => put('ban-tin', {}, { 'content-type': 'text/plain' })],
    [422, () => put('..~ban-tin', { text: 'Hội nghị.' })],
  ],
  'delete /documents/{id}': [
    [204, () => api.app.request('/documents/ban-tin', { method: 'DELETE' })],
    [404, () => api.app.request('/documents/ban-tin', { method: 'DELETE' })],
  ],
  'get /conversations': [[200, () => api.app.request('/conversations')]],
  'get /conversations/{id}': [
    [200, () => api.app.request(`/conversations/${conversationId}`)],
    [404, () => api.app.request('/conversations/khong-co')],
  ],
  'patch /conversations/{id}': [
    [200, () => change(`/conversations/${conversationId}`, { title: 'Hội nghị 77' })],
    [400, () => change(`/conversations/${conversationId}`, { title: ' ' })],
    [404, () => change('/conversations/khong-co', { title: 'Hội nghị 77' })],
    [411, () => change('/conversations/khong-co', {}, { 'content-length': '' })],
    [413, () => change('/conversations/khong-co', {}, { 'content-length': '300000' })],
    [415, () => change('/conversations/khong-co', {}, { 'content-type': 'text/plain' })],
  ],
  'delete /conversations/{id}': [
    [204, async () => api.app.request(`/conversations/${(await api.ask(CLOSING.question)).conversationId}`, { method: 'DELETE' })],
    [404, () => api.app.request('/conversations/khong-co', { method: 'DELETE' })],
  ],
  'get /corpus': [[200, () => api.app.request('/corpus')]],
  'get /healthz': [[200, () => api.app.request('/healthz')]],
  'get /metrics': [[200, () => api.app.request('/metrics')]],
  'get /readyz': [[200, () => api.app.request('/readyz')]],
}

describe('the published document', () => {
  test('is OpenAPI 3.1 whose references all lead somewhere', () => {
    expect(document.openapi).toMatch(/^3\.1\./)
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map((match) => match[1] as string)
    expect(references.length).toBeGreaterThan(0)
    for (const reference of references) expect(() => schemas.faults({}, ...reference.split('/')), reference).not.toThrow()
  })

  test('describes every route there is, and each has examples in this file', () => {
    const described = Object.entries(document.paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method} ${path}`))
    const undocumented = ['get /', 'get /assets/{file}', 'get /docs', 'get /openapi.json']
    const served = api.app.routes
      .filter(({ method }) => method !== 'ALL')
      .map(({ method, path }) => `${method.toLowerCase()} ${path.replace(/:(\w+)/g, '{$1}')}`)
      .filter((route) => !undocumented.includes(route))
    expect(described.sort()).toEqual([...new Set(served)].sort())
    expect(described).toEqual(Object.keys(REQUESTS).sort())
  })

  test('says of every operation what it is for and of every response what it means', () => {
    for (const methods of Object.values(document.paths)) {
      for (const { summary, responses } of Object.values(methods)) {
        expect(summary).toMatch(/\w/)
        for (const response of Object.values(responses)) expect(response.description).toMatch(/\w/)
      }
    }
  })

  test.each(Object.keys(REQUESTS))('describes what %s really answers', async (route) => {
    const [method, path] = route.split(' ') as [string, string]
    for (const [status, send] of REQUESTS[route] ?? []) {
      const response = await send()
      if (status === 204) {
        expect(response.status).toBe(204)
        expect(await response.text()).toBe('')
        expect(document.paths[path]?.[method]?.responses?.[status]).toBeDefined()
        continue
      }
      const type = response.headers.get('content-type')?.split(';')[0] as string
      const body = type === 'text/plain' ? await response.text() : await response.json()
      expect(response.status, JSON.stringify(body)).toBe(status)
      expect(Object.keys(document.paths[path]?.[method]?.responses?.[status]?.content ?? {})).toContain(type)
      expect(schemas.faults(body, 'paths', path, method, 'responses', String(status), 'content', type, 'schema')).toEqual([])
    }
  })

  test.each(['/ask', '/search'])('accepts as a body of %s what the server accepts, and refuses what it refuses', (path) => {
    const place = ['paths', path, 'post', 'requestBody', 'content', 'application/json', 'schema']
    const full = { ...json, topK: 20, filters: { conferenceIds: ['a'], documentIds: ['b'], from: '2020-01', to: '2021-12-31' } }
    for (const body of [json, full]) expect(schemas.faults(body, ...place)).toEqual([])
    const bad = [{}, { question: 1 }, { question: '' }, { question: 'a'.repeat(2001) }, { ...json, topK: 0 }, { ...json, other: 1 }]
    for (const body of bad) expect(schemas.faults(body, ...place), JSON.stringify(body)).not.toEqual([])
  })
})

test('the readable documentation names every route and loads nothing from elsewhere', async () => {
  const response = await api.app.request('/docs')
  const page = await response.text()
  expect(response.headers.get('content-type')).toContain('text/html')
  for (const route of Object.keys(REQUESTS)) expect(page).toContain(route.replace(/^\w+/, (method) => method.toUpperCase()))
  expect(page).not.toMatch(/(src|href)="(https?:)?\/\//)
})

describe('what the corpus routes tell', () => {
  test('conferences come latest first and hold their documents', async () => {
    const { conferences } = (await (await api.app.request('/conferences')).json()) as {
      conferences: { id: string; date: string; documents: number }[]
    }
    expect(conferences.map(({ date }) => date)).toEqual(
      conferences
        .map(({ date }) => date)
        .sort()
        .reverse(),
    )
    const { documents } = (await (await api.app.request('/documents')).json()) as {
      documents: { id: string; conference: { id: string } }[]
    }
    expect(documents).toHaveLength(5)
    for (const { id, documents: count } of conferences) {
      const one = (await (await api.app.request(`/conferences/${id}`)).json()) as { documents: { id: string }[] }
      expect(one.documents).toHaveLength(count)
      expect(one.documents.map((each) => each.id)).toEqual(
        documents.filter(({ conference }) => conference.id === id).map((each) => each.id),
      )
    }
  })

  test('a document has its text, metadata and where each value came from', async () => {
    const { text, metadata, provenance } = await api.document(CLOSING.document)
    expect(text).toContain(CLOSING.sentence)
    expect(metadata).toMatchObject({ conference: CLOSING.conference, ordinal: 77, date: '2021-12-29' })
    const stated = Object.entries(metadata).filter(([, value]) => value !== null)
    for (const [name] of stated) expect(provenance[name], name).toMatch(/\w/)
  })
})
