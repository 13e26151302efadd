// In: an answer while it is being found and written. Out: messages on a stream, in order. What was not told while it was written, as
// answers without a chat model, is told at the end.
import type { AskListener } from '../ask-request.ts'
import { citationBody } from '../contract/present.ts'
import type { AskResponse, CitationBody } from '../contract/schemas.ts'

/** How the parts of an answer are sent. */
export interface LiveParts {
  found(found: Parameters<AskListener['onFound']>[0]): Promise<unknown>
  citation(citation: CitationBody): Promise<unknown>
  text(text: string): Promise<unknown>
}

/** An answer told while it comes. */
export class LiveAnswer implements AskListener {
  #sent: Promise<unknown> = Promise.resolve()
  #hasText = false

  constructor(private readonly parts: LiveParts) {}

  onFound(found: Parameters<AskListener['onFound']>[0]): void {
    this.#then(() => this.parts.found(found))
  }

  onCitation(citation: Parameters<AskListener['onCitation']>[0]): void {
    this.#then(() => this.parts.citation(citationBody(citation)))
  }

  onText(text: string): void {
    this.#hasText = true
    this.#then(() => this.parts.text(text))
  }

  /** Tells what is left of the whole answer, and waits until all is sent. */
  async finish({ citations, answer }: Pick<AskResponse, 'citations' | 'answer'>): Promise<void> {
    if (!this.#hasText) {
      for (const citation of citations) this.#then(() => this.parts.citation(citation))
      for (const line of answer.split(/(?<=\n)/)) this.#then(() => this.parts.text(line))
    }
    await this.#sent
  }

  /** A stream that has broken is noticed at the end; its signal has ended the work by then. */
  #then(send: () => Promise<unknown>): void {
    this.#sent = this.#sent.then(send)
    this.#sent.catch(() => {})
  }
}
