// In: requests, answers and the state of the product. Out: Prometheus text. Labels are routes, stages and reasons, never what
// somebody asked or sent.
import type { MiddlewareHandler } from 'hono'
import { routePath } from 'hono/route'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { AskResult, SearchResult } from '../ask-request.ts'
import type { Assistant } from '../assistant.ts'

/** Upper bounds of the latency buckets, in seconds. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]

/** What a server measures of itself. */
export class Metrics {
  readonly #registry = new Registry()
  readonly #requests = this.#histogram('thuky_http_request_seconds', 'Time from request to reply', ['method', 'route', 'status'])
  readonly #stages = this.#histogram('thuky_stage_seconds', 'Time of the stages of an answer', ['stage'])
  readonly #answers = new Counter({
    name: 'thuky_answers_total',
    help: 'Answers, and refusals with their reason',
    labelNames: ['outcome'],
    registers: [this.#registry],
  })

  constructor() {
    collectDefaultMetrics({ register: this.#registry })
  }

  /** Shows the state of an assistant from now on. */
  watch(assistant: Assistant): void {
    this.#gauge('thuky_queue_running', 'Questions being answered', () => assistant.gate.running)
    this.#gauge('thuky_queue_waiting', 'Questions waiting for their turn', () => assistant.gate.waiting)
    this.#gauge('thuky_ready', '1 when questions can be answered', () => (assistant.isReady ? 1 : 0))
    this.#gauge('thuky_index_generation', 'Generation of the index that answers', () => assistant.currentIndex?.generation ?? 0)
    this.#gauge('thuky_index_documents', 'Documents in the index', () => assistant.currentIndex?.documents.size ?? 0)
    this.#gauge('thuky_index_passages', 'Passages in the index', () => assistant.currentIndex?.passages.size ?? 0)
    this.#gauge('thuky_index_skipped_files', 'Files of the corpus that cannot be read', () => assistant.currentIndex?.skipped.length ?? 0)
    const restarts = new Gauge({
      name: 'thuky_child_restarts',
      help: 'Deaths of the processes of model and index since the start',
      labelNames: ['process'],
      registers: [this.#registry],
      collect: () => {
        restarts.set({ process: 'embedding' }, assistant.model.restarts)
        restarts.set({ process: 'index' }, assistant.indexProcess.restarts)
      },
    })
  }

  /** Notes an answer. */
  answered({ timingsMs, answer }: Pick<AskResult, 'timingsMs' | 'answer'>): void {
    for (const [stage, ms] of Object.entries(timingsMs)) this.#stages.observe({ stage }, ms / 1000)
    this.#answers.inc({ outcome: answer.refusal?.reason ?? 'answered' })
  }

  /** Notes a search. */
  searched({ timingsMs }: Pick<SearchResult, 'timingsMs'>): void {
    for (const [stage, ms] of Object.entries(timingsMs)) this.#stages.observe({ stage }, ms / 1000)
  }

  /** Measures every request. */
  middleware(): MiddlewareHandler {
    return async (c, next) => {
      const started = performance.now()
      await next()
      const labels = { method: METHODS.has(c.req.method) ? c.req.method : 'other', route: routePath(c, -1), status: String(c.res.status) }
      this.#requests.observe(labels, (performance.now() - started) / 1000)
    }
  }

  /** Prometheus text and its type. */
  async text(): Promise<{ body: string; type: string }> {
    return { body: await this.#registry.metrics(), type: this.#registry.contentType }
  }

  #histogram<Label extends string>(name: string, help: string, labelNames: Label[]): Histogram<Label> {
    return new Histogram({ name, help, labelNames, buckets: BUCKETS, registers: [this.#registry] })
  }

  #gauge(name: string, help: string, value: () => number): void {
    const gauge: Gauge = new Gauge({ name, help, registers: [this.#registry], collect: () => gauge.set(value()) })
  }
}

/** A client may send any word as method; each label value is a series for ever. */
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])
