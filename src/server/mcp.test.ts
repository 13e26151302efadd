import { join } from 'node:path'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { askResponseSchema } from '../contract/schemas.ts'
import { packageRoot } from '../package-root.ts'
import { CLOSING } from '../testing/faces-api.ts'
import { makeWorkspace, plainEnvironment, type Workspace } from '../testing/faces-workspace.ts'
import { type RunningServer, startServer } from './serve.ts'

let workspace: Workspace
let server: RunningServer

beforeAll(async () => {
  workspace = await makeWorkspace()
  server = await startServer(workspace.config, '0.0.0-test')
  await server.ready
})

afterAll(async () => {
  await server.stop()
  await workspace.remove()
})

const CONNECTIONS = {
  'over HTTP': () => new StreamableHTTPClientTransport(new URL(`${server.url}/mcp`)),
  'over standard input and output': () =>
    new StdioClientTransport({
      command: process.execPath,
      args: [join(packageRoot(), 'dist', 'cli', 'main.js'), 'mcp'],
      cwd: workspace.folder,
      env: Object.fromEntries(Object.entries(plainEnvironment()).filter((entry): entry is [string, string] => entry[1] !== undefined)),
      stderr: 'ignore',
    }),
}

describe.each(Object.entries(CONNECTIONS))('the official MCP client %s', (_, transport) => {
  let client: Client

  beforeAll(async () => {
    client = new Client({ name: 'thu', version: '1' })
    await client.connect(transport())
  })

  afterAll(() => client.close())

  const call = async (name: string, args: Record<string, unknown> = {}) => client.callTool({ name, arguments: args })

  test('sees four tools that only read', async () => {
    const { tools } = await client.listTools()
    expect(tools.map(({ name }) => name).sort()).toEqual(['ask', 'get_document', 'list_conferences', 'search'])
    expect(tools.every(({ annotations }) => annotations?.readOnlyHint === true)).toBe(true)
    expect(client.getInstructions()).toMatch(/verbatim/)
  })

  test('asks, and finds the quotation at its place in the document', async () => {
    const answer = await call('ask', { question: CLOSING.question })
    const { citations, answerable } = askResponseSchema.pick({ citations: true, answerable: true }).parse(answer.structuredContent)
    expect(answerable).toBe(true)
    const [first] = citations
    expect(first?.quote).toContain(CLOSING.sentence)
    const { structuredContent } = await call('get_document', { id: first?.document.id })
    expect((structuredContent as { document: { text: string } }).document.text.slice(first?.start, first?.end)).toBe(first?.quote)
    expect(JSON.stringify(answer.content)).toContain('Nguồn:')
  })

  test('completes a follow-up from earlier questions', async () => {
    const { structuredContent } = await call('ask', { question: 'Còn lần thứ 76 diễn ra khi nào?', earlierQuestions: [CLOSING.question] })
    const { citations } = askResponseSchema.pick({ citations: true }).parse(structuredContent)
    expect(citations[0]?.conference.id).toBe('hoi-nghi-cong-an-toan-quoc-76')
  })

  test('searches within a conference it has listed', async () => {
    const listed = (await call('list_conferences')).structuredContent as { conferences: { id: string }[] }
    expect(listed.conferences.map(({ id }) => id)).toContain(CLOSING.conference)
    const found = (await call('search', { question: 'kết thúc', topK: 3, conferenceIds: [CLOSING.conference] })).structuredContent as {
      passages: { conference: { id: string } }[]
    }
    expect(found.passages.length).toBeGreaterThan(0)
    expect(new Set(found.passages.map(({ conference }) => conference.id))).toEqual(new Set([CLOSING.conference]))
  })

  test('reads every document as a resource', async () => {
    const { resources } = await client.listResources()
    expect(resources.map(({ name }) => name)).toContain(CLOSING.document)
    const uri = resources.find(({ name }) => name === CLOSING.document)?.uri ?? ''
    const { contents } = await client.readResource({ uri })
    expect(JSON.stringify(contents)).toContain(CLOSING.sentence)
  })

  test('is told in words what is wrong', async () => {
    expect(await call('get_document', { id: 'khong-co' })).toMatchObject({
      isError: true,
      content: [{ text: expect.stringContaining('khong-co') }],
    })
    expect(await call('ask', { question: CLOSING.question, conferenceIds: ['khong-co'] })).toMatchObject({ isError: true })
    expect(await call('ask', { question: '' })).toMatchObject({ isError: true })
  })
})

test('other methods than POST are not possible at /mcp', async () => {
  expect((await fetch(`${server.url}/mcp`, { headers: { accept: 'text/event-stream' } })).status).toBe(405)
})
