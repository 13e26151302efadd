// In: calls of the page. Out: bodies of the HTTP contract, or a ServerProblem. The server is the page's own and of the same version:
// its bodies are taken as the contract types them. Knows no view.
import { signal } from '@preact/signals'
import type {
  Answer,
  Conference,
  Conversation,
  ConversationSummary,
  Corpus,
  DocumentEntry,
  Filters,
  FullDocument,
  Verdict,
} from './contract.ts'
import { type Facts, sourceWithFacts } from '../text/corrected-facts.ts'
import { readAnswerEvents, type AnswerEvents } from './answer-events.ts'
import { problemFrom, ServerProblem } from './server-problem.ts'

/** A question as the page asks it. */
export interface Question {
  readonly question: string
  readonly conversationId: string | null
  readonly filters: Filters
  /** `filters`: the scope is what the filters say, not what the question names. */
  readonly scope: 'question' | 'filters'
}

/** What an upload came to. */
export type UploadOutcome = 'added' | 'replaced'

/** Longest JSON body the server takes. */
const MAX_JSON_BYTES = 256 * 1024
const KEY = 'thuky-key'
const path = encodeURIComponent

/** Talks to the server the page came from. */
export class ServerClient {
  /** Whether the last request reached the server. */
  readonly reachable = signal(true)
  /** The key, for this tab only; empty when there is none. */
  readonly key = signal(sessionStorage.getItem(KEY) ?? '')

  /** Keeps a key until the tab is closed; an empty one is forgotten. */
  setKey(key: string): void {
    this.key.value = key
    if (key === '') sessionStorage.removeItem(KEY)
    else sessionStorage.setItem(KEY, key)
  }

  conferences = () => this.#json<{ conferences: Conference[] }>('conferences')
  documents = () => this.#json<{ documents: DocumentEntry[] }>('documents')
  document = (id: string) => this.#json<FullDocument>(`documents/${path(id)}`)
  corpus = () => this.#json<Corpus>('corpus')
  conversations = () => this.#json<{ conversations: ConversationSummary[] }>('conversations')
  conversation = (id: string) => this.#json<Conversation>(`conversations/${path(id)}`)
  rename = (id: string, title: string) => this.#json<ConversationSummary>(`conversations/${path(id)}`, 'PATCH', { title })
  removeConversation = (id: string) => this.#send(`conversations/${path(id)}`, { method: 'DELETE' })
  removeDocument = (id: string) => this.#send(`documents/${path(id)}`, { method: 'DELETE' })
  judge = (answerId: string, verdict: Verdict) => this.#json<unknown>('feedback', 'POST', { answerId, verdict })
  ready = () => this.#json<{ status: string }>('readyz')

  /** Keeps a document with other facts. A text too long for JSON goes as a file. */
  async putDocument(id: string, text: string, facts: Facts): Promise<void> {
    const request = jsonRequest('PUT', { text, ...facts })
    if (new Blob([String(request.body)]).size > MAX_JSON_BYTES) {
      await this.upload(id, new File([sourceWithFacts(text, facts)], 'text.md'), () => {})
      return
    }
    await this.#send(`documents/${path(id)}`, request)
  }

  /** Asks; what comes is told as it comes. @throws ServerProblem; DOMException `AbortError` when the signal ends it */
  async ask({ question, conversationId, filters, scope }: Question, events: AnswerEvents, abort: AbortSignal): Promise<Answer> {
    const body = {
      question,
      filters,
      stream: true,
      ...(conversationId === null ? {} : { conversationId }),
      ...(scope === 'filters' ? { scope } : {}),
    }
    const response = await this.#send('ask', { ...jsonRequest('POST', body), signal: abort })
    try {
      return await readAnswerEvents(response, events)
    } catch (error) {
      if (error instanceof ServerProblem || abort.aborted) throw error
      this.reachable.value = false
      throw new ServerProblem(0, '')
    }
  }

  /** Sends a file to become a document. `onProgress` gets percent sent. Fetch cannot tell how much was sent, hence the older interface. */
  upload(id: string, file: File, onProgress: (percent: number) => void): Promise<UploadOutcome> {
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest()
      request.open('PUT', `documents/${path(id)}`)
      if (this.key.value !== '') request.setRequestHeader('Authorization', `Bearer ${this.key.value}`)
      request.upload.onprogress = ({ loaded, total }) => onProgress(total === 0 ? 100 : Math.round((100 * loaded) / total))
      request.onload = () => {
        if (request.status < 300) resolve(request.status === 201 ? 'added' : 'replaced')
        else reject(problemFrom(request.status, request.responseText, request.getResponseHeader('Retry-After')))
      }
      request.onerror = () => {
        this.reachable.value = false
        reject(new ServerProblem(0, ''))
      }
      const form = new FormData()
      form.append('file', file)
      request.send(form)
    })
  }

  async #json<T>(route: string, method = 'GET', body?: object): Promise<T> {
    const response = await this.#send(route, body === undefined ? { method } : jsonRequest(method, body))
    return (await response.json()) as T
  }

  async #send(route: string, request: RequestInit): Promise<Response> {
    const headers = new Headers(request.headers)
    if (this.key.value !== '') headers.set('Authorization', `Bearer ${this.key.value}`)
    let response: Response
    try {
      response = await fetch(route, { ...request, headers })
    } catch (error) {
      if (request.signal?.aborted) throw error
      this.reachable.value = false
      throw new ServerProblem(0, '')
    }
    this.reachable.value = true
    if (response.ok) return response
    throw problemFrom(response.status, await response.text().catch(() => ''), response.headers.get('Retry-After'))
  }
}

function jsonRequest(method: string, body: object): RequestInit {
  return { method, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }
}
