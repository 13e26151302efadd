// In: a workspace. Out: the HTTP application over it, asked in the process itself, without a socket.
import type { OpenAPIHono } from '@hono/zod-openapi'
import { pino } from 'pino'
import { type Assistant, createAssistant } from '../assistant.ts'
import type { AskResponse, CitationBody, FullDocumentBody } from '../contract/schemas.ts'
import { ApiKeys } from '../server/api-keys.ts'
import { createApp } from '../server/app.ts'
import { Metrics } from '../server/metrics.ts'
import type { Workspace } from './faces-workspace.ts'

/** The question of the README; document and sentence that answer it. */
export const CLOSING = {
  question: 'Hội nghị Công an toàn quốc lần thứ 77 kết thúc khi nào?',
  conference: 'hoi-nghi-cong-an-toan-quoc-77',
  document: '2021-12-29-hoi-nghi-cong-an-toan-quoc-77',
  sentence:
    'Chiều 29-12, Bộ Công an thông tin: Hội nghị Công an toàn quốc lần thứ 77 đã kết thúc thành công tốt đẹp sau ba ngày làm việc khẩn trương, nghiêm túc và đạt hiệu quả cao.',
} as const

/** The application and ways to ask it. */
export interface Api {
  readonly app: OpenAPIHono
  readonly assistant: Assistant
  /** Sends a body (text as it is, anything else as JSON) with its length and type; headers given win, empty ones are left out. */
  post(path: string, body: unknown, headers?: Readonly<Record<string, string>>, method?: 'POST' | 'PATCH' | 'PUT'): Promise<Response>
  ask(question: string): Promise<AskResponse>
  document(id: string): Promise<FullDocumentBody>
}

/** Makes the application; nothing is loaded before `assistant.open()`. */
export function makeApi({ config }: Workspace): Api {
  const assistant = createAssistant(config)
  const keys = new ApiKeys(config.indexDir, config.apiKeys)
  const metrics = new Metrics()
  metrics.watch(assistant)
  const app = createApp({ assistant, keys, metrics, logger: pino({ level: 'silent' }), version: '0.0.0-test' })
  const post: Api['post'] = async (path, body, headers = {}, method = 'POST') => {
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    const all = { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(text)), ...headers }
    const sent = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''))
    return app.request(path, { method, headers: sent, body: new TextEncoder().encode(text) })
  }
  return {
    app,
    assistant,
    post,
    ask: async (question) => (await post('/ask', { question })).json() as Promise<AskResponse>,
    document: async (id) => (await app.request(`/documents/${encodeURIComponent(id)}`)).json() as Promise<FullDocumentBody>,
  }
}

/** What is wrong between answer, citations and the documents they come from; empty when nothing is. */
export function citationFaults(
  { answerable, answer, citations, refusal, passages }: AskResponse,
  textOf: (id: string) => string,
): string[] {
  const faults: string[] = []
  const wrongPlace = ({ quote, start, end, document }: CitationBody) => quote === '' || textOf(document.id).slice(start, end) !== quote
  const nearest = refusal?.nearest ?? []
  if ([...citations, ...nearest].some(wrongPlace)) faults.push('a quotation is not the text at its place')
  if (passages.some(({ text, start, end, document }) => textOf(document.id).slice(start, end) !== text))
    faults.push('a passage is not the text at its place')
  const markers = new Set([...answer.matchAll(/\[(\d+)\]/g)].map((match) => Number(match[1])))
  const numbers = citations.map(({ marker }) => marker)
  if (numbers.some((marker) => !markers.has(marker)) || markers.size !== numbers.length) faults.push('markers and citations do not match')
  if (numbers.some((marker, i) => marker !== i + 1)) faults.push('citations are not numbered from 1 on')
  if (answerable !== (refusal === null)) faults.push('it is answered and refused, or neither')
  if (answerable && citations.length === 0) faults.push('an answer has no citation')
  if (!answerable && (citations.length > 0 || markers.size > 0)) faults.push('a refusal has a marker or a citation')
  if (nearest.length > 3) faults.push('more than three nearest passages')
  if (answer.trim() === '') faults.push('no words')
  return faults
}
