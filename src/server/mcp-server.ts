// In: an assistant. Out: a Model Context Protocol server with its tools and resources, not yet connected to anyone. It only reads.
import { McpServer, ResourceTemplate } from '@modelcontextprotocol/sdk/server/mcp.js'
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js'
import { z } from 'zod'
import type { Assistant } from '../assistant.ts'
import { answerWithSources } from '../contract/chat-completion.ts'
import { askBody, conferenceBody, fullDocumentBody, searchBody } from '../contract/present.ts'
import {
  askRequestSchema,
  askResponseSchema,
  conferenceSchema,
  filtersSchema,
  fullDocumentSchema,
  passageSchema,
  searchRequestSchema,
} from '../contract/schemas.ts'
import { messageOf, ThukyError } from '../errors.ts'

/** Most UTF-16 units of a document given at once; models read no more. */
const MAX_SLICE = 50_000

const INSTRUCTIONS =
  'Thư Ký answers questions in Vietnamese (or English) from a local corpus of conference reports with verbatim quotations. Use `ask` for a question; quote its citations word for word and keep their numbers. When `answerable` is false the corpus does not say it: do not answer from elsewhere.'

const { conferenceIds, from, to } = filtersSchema.shape
const scope = { conferenceIds, from, to }
const READ_ONLY = { readOnlyHint: true, idempotentHint: true, openWorldHint: false } as const

/** A server for one client. */
export function createMcpServer(assistant: Assistant, version: string): McpServer {
  const server = new McpServer({ name: 'thuky', title: 'Thư Ký', version }, { instructions: INSTRUCTIONS })
  addAsk(server, assistant)
  addSearch(server, assistant)
  addGetDocument(server, assistant)
  addListConferences(server, assistant)
  addDocumentResources(server, assistant)
  return server
}

function addAsk(server: McpServer, assistant: Assistant): void {
  const { answerable, answer, refusal, citations, standaloneQuestion } = askResponseSchema.shape
  server.registerTool(
    'ask',
    {
      title: 'Hỏi',
      description:
        'Answers a question from the corpus with verbatim citations (conference, document, quotation, offsets, page, heading), or refuses and says why. `earlierQuestions` completes a follow-up such as "Còn năm 2021?".',
      inputSchema: {
        question: askRequestSchema.shape.question,
        earlierQuestions: z.array(z.string().max(2000)).max(25).optional(),
        ...scope,
      },
      outputSchema: { answerable, answer, refusal, citations, standaloneQuestion },
      annotations: READ_ONLY,
    },
    ({ question, earlierQuestions = [], ...filters }, { signal }) =>
      told(async () => {
        const result = await assistant.ask({ question, earlierQuestions, filters, signal })
        const body = askBody(result, { model: assistant.config.model, conversationId: null })
        const { answerable, answer, refusal, citations, standaloneQuestion } = body
        return { text: answerWithSources(body), structured: { answerable, answer, refusal, citations, standaloneQuestion } }
      }),
  )
}

function addSearch(server: McpServer, assistant: Assistant): void {
  server.registerTool(
    'search',
    {
      title: 'Tìm',
      description: 'Ranked passages for a question or keywords, best first, without an answer.',
      inputSchema: { question: searchRequestSchema.shape.question, topK: z.int().min(1).max(50).default(10), ...scope },
      outputSchema: { passages: z.array(passageSchema) },
      annotations: READ_ONLY,
    },
    ({ question, topK, ...filters }) =>
      told(async () => {
        const { passages } = searchBody(await assistant.search(question, { filters, limit: topK }))
        const text = passages.map(({ document, start, text }, i) => `${i + 1}. ${document.title} (${document.id}, ${start})\n${text}`)
        return { text: text.join('\n\n'), structured: { passages } }
      }),
  )
}

function addGetDocument(server: McpServer, assistant: Assistant): void {
  server.registerTool(
    'get_document',
    {
      title: 'Đọc văn bản',
      description: `The text of a document with its metadata, at most ${MAX_SLICE} characters from \`start\`; offsets of citations count in the whole text.`,
      inputSchema: { id: z.string().min(1), start: z.int().min(0).default(0), length: z.int().min(1).max(MAX_SLICE).default(MAX_SLICE) },
      outputSchema: {
        document: fullDocumentSchema.omit({ places: true, provenance: true }),
        start: z.int(),
        totalLength: z.int(),
      },
      annotations: READ_ONLY,
    },
    ({ id, start, length }) =>
      told(async () => {
        const { places: _, provenance: __, text, ...document } = await fullDocument(assistant, id)
        const slice = text.slice(start, start + length)
        return { text: slice, structured: { document: { ...document, text: slice }, start, totalLength: text.length } }
      }),
  )
}

function addListConferences(server: McpServer, assistant: Assistant): void {
  server.registerTool(
    'list_conferences',
    {
      title: 'Các hội nghị',
      description: 'All conferences of the corpus with their dates, latest first; their ids narrow `ask` and `search`.',
      inputSchema: {},
      outputSchema: { conferences: z.array(conferenceSchema) },
      annotations: READ_ONLY,
    },
    () =>
      told(async () => {
        const conferences = [...(await assistant.index()).conferences.values()].map(conferenceBody)
        const text = conferences.map(({ id, name, date }) => `${date ?? '?'}  ${name} (${id})`)
        return { text: text.join('\n'), structured: { conferences } }
      }),
  )
}

const RESOURCE = 'thuky://documents/'

function addDocumentResources(server: McpServer, assistant: Assistant): void {
  const list = async () => {
    const { documents } = await assistant.index()
    const resources = [...documents.values()].map(({ id, metadata }) => ({
      uri: `${RESOURCE}${encodeURIComponent(id)}`,
      name: id,
      title: metadata.title,
      mimeType: 'text/plain',
    }))
    return { resources }
  }
  server.registerResource(
    'document',
    new ResourceTemplate(`${RESOURCE}{id}`, { list }),
    { title: 'Văn bản', description: 'A document of the corpus, as its citations count in it', mimeType: 'text/plain' },
    async (uri) => {
      const { text } = await fullDocument(assistant, decodeURIComponent(uri.href.slice(RESOURCE.length)))
      return { contents: [{ uri: uri.href, mimeType: 'text/plain', text }] }
    },
  )
}

/** @throws ThukyError `not-found` */
async function fullDocument(assistant: Assistant, id: string) {
  const index = await assistant.index()
  const document = index.documents.get(id.normalize('NFC'))
  if (document === undefined) {
    throw new ThukyError('not-found', `There is no document "${id}"; the resources list all of them.`)
  }
  return fullDocumentBody(document, index.conferenceOf(document))
}

interface ToolOutput {
  readonly text: string
  readonly structured: Record<string, unknown>
}

/** A tool's result; an expected failure is told to the model in words, anything else without its inside. */
async function told(work: () => Promise<ToolOutput>): Promise<CallToolResult> {
  try {
    const { text, structured } = await work()
    return { content: [{ type: 'text', text }], structuredContent: structured }
  } catch (error) {
    const isForCaller = error instanceof ThukyError && (error.kind === 'not-found' || error.kind === 'invalid-request')
    const text = isForCaller ? messageOf(error) : 'The service cannot answer at the moment; try again shortly.'
    return { content: [{ type: 'text', text }], isError: true }
  }
}
