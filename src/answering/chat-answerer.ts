// In: what was found for a question, and a chat model. Out: the answer in the words of the model, as far as what they cite proves them.
// Whether it is answered at all has been decided before; what is not proven is left out and said, and the proofs of the answer
// without a model are always among those shown.
import type { CorpusIndex } from '../indexing/corpus-index.ts'
import { syllables } from '../language/syllables.ts'
import type { RetrievalResult } from '../retrieval/retriever.ts'
import type { Answer, AnswerListener, Citation, Writing } from './answer.ts'
import { answerText, type CitedGroup } from './answer-text.ts'
import { type ChatMessage, chatPrompt } from './chat-prompt.ts'
import { chatSources } from './chat-sources.ts'
import { ClaimJudge, type EmbedTexts, type ProvenPart } from './claim-judge.ts'
import { readSupportWeights, type SupportWeights } from './claim-likeness.ts'
import type { ClaimKnowledge } from './claim-support.ts'
import type { FoundAnswer } from './extractive-answerer.ts'
import { MarkedSentences } from './marked-sentences.ts'

/** A chat model that writes piece by piece. */
export interface ChatWriter {
  readonly name: string
  /** @throws the signal's reason, or an error when the model is away, fails or takes too long */
  write(messages: readonly ChatMessage[], signal?: AbortSignal): AsyncIterable<string>
}

/** What the answerer works with. */
export interface ChatTools {
  readonly index: CorpusIndex
  readonly knowledge: ClaimKnowledge
  readonly embed: EmbedTexts
  readonly writer: ChatWriter
  readonly weights?: SupportWeights
}

/** Most sentences shown, and most left out before the model is stopped. */
const MOST_SHOWN = 8
const MOST_DROPPED = 12

/** Writes answers with a chat model. */
export class ChatAnswerer {
  readonly #weights: SupportWeights

  constructor(private readonly tools: ChatTools) {
    this.#weights = tools.weights ?? readSupportWeights()
  }

  /**
   * The answer in the words of the model. Refusals stay what they are; so do answers to questions in English, for what is said in one
   * language cannot be held against sources of another.
   * @throws the signal's reason; a model that fails does not throw
   */
  async answer(
    found: FoundAnswer,
    { understood }: Pick<RetrievalResult, 'understood'>,
    listener?: AnswerListener,
    signal?: AbortSignal,
  ): Promise<Answer> {
    const { answer, sentences, groups, silent } = found
    if (!answer.answerable || understood.language !== 'vi') return answer
    const { index, knowledge, embed, writer } = this.tools
    const sources = chatSources(answer.citations, sentences, index)
    const judge = new ClaimJudge(sources, knowledge, this.#weights, embed)
    const shown = new ShownAnswer(groups, listener)
    let [dropped, isAway] = [0, false]
    try {
      const reading = new MarkedSentences()
      for await (const piece of ended(writer.write(chatPrompt(understood.question, sources), signal))) {
        for (const sentence of piece === null ? reading.end() : reading.push(piece)) {
          if (shown.has(sentence.text) || isQuestion(sentence.text, understood.question)) continue
          const judged = await judge.judge(sentence)
          signal?.throwIfAborted()
          if (judged.proven && sentence.isWhole) shown.add(judged.parts, sentence.text, sentence.beginsLine)
          else dropped++
        }
        if (shown.count >= MOST_SHOWN || dropped >= MOST_DROPPED) break
      }
    } catch (error) {
      if (signal?.aborted === true) throw error
      isAway = true
    }
    const state: Writing['state'] = isAway ? 'away' : shown.count === 0 ? 'replaced' : 'checked'
    const writing: Writing = { model: writer.name, state, shown: shown.count, dropped }
    if (shown.count === 0) return { ...answer, writing }
    const missing = groups.filter((group) => !shown.tells(group))
    if (missing.length > 0 || silent.length > 0) {
      shown.addLines(answerText({ groups: missing.map((group) => shown.renumbered(group)), silent, language: understood.language }))
    }
    return { answerable: true, text: shown.text, citations: shown.citations, refusal: null, writing }
  }
}

/** A question claims nothing; models repeat the one they were asked. */
function isQuestion(sentence: string, question: string): boolean {
  const words = syllables(sentence.replace(/^Câu hỏi:/u, '')).map(({ folded }) => folded)
  const asked = syllables(question).map(({ folded }) => folded)
  return sentence.endsWith('?') || ` ${asked.join(' ')} `.includes(` ${words.join(' ')} `)
}

/** The pieces of a stream, then null. */
async function* ended(pieces: AsyncIterable<string>): AsyncGenerator<string | null> {
  yield* pieces
  yield null
}

/** The answer as far as it is shown. Proofs the answer needs keep the first numbers; others are numbered as they are first cited. */
class ShownAnswer {
  readonly #needed: readonly Citation[]
  readonly #shown = new Map<Citation, Citation>()
  readonly #sentences = new Set<string>()
  #next: number
  #text = ''

  constructor(
    groups: readonly CitedGroup[],
    private readonly listener: AnswerListener | undefined,
  ) {
    this.#needed = groups.flatMap(({ main, differing }) => [main, ...differing])
    this.#next = this.#needed.length + 1
  }

  get count(): number {
    return this.#sentences.size
  }

  get text(): string {
    return this.#text
  }

  get citations(): Citation[] {
    return [...this.#shown.values()].sort((a, b) => a.marker - b.marker)
  }

  has(sentence: string): boolean {
    return this.#sentences.has(sentence)
  }

  /** Whether the proofs of a group are cited, and the fact they state is said. */
  tells({ main, differing, fact }: CitedGroup): boolean {
    const keys = (text: string) =>
      ` ${syllables(text)
        .map(({ key }) => key)
        .join(' ')} `
    return [main, ...differing].every((proof) => this.#shown.has(proof)) && (fact === undefined || keys(this.#text).includes(keys(fact)))
  }

  /** Adds a proven sentence with its marks before the full stop. */
  add(parts: readonly ProvenPart[], sentence: string, beginsLine: boolean): void {
    this.#sentences.add(sentence)
    const written = parts.map(({ text, proofs }) => {
      const [, words = text, stop = ''] = /^([\s\S]*?)([.!…]*)\s*$/u.exec(text) ?? []
      const marks = proofs.map((source) => `[${this.#cited(source).marker}]`).join('')
      return `${words.trimEnd()} ${marks}${stop}`
    })
    this.#say(written.join('').trim(), beginsLine ? '\n' : ' ')
  }

  addLines(lines: string): void {
    this.#say(lines, '\n')
  }

  /** A group of proofs under the numbers shown. */
  renumbered({ main, agreeing, differing, ...rest }: CitedGroup): CitedGroup {
    const cited = (sources: readonly Citation[]) => sources.map((source) => this.#cited(source))
    return { ...rest, main: this.#cited(main), agreeing: cited(agreeing), differing: cited(differing) }
  }

  #cited(source: Citation): Citation {
    const known = this.#shown.get(source)
    if (known !== undefined) return known
    const place = this.#needed.indexOf(source)
    const citation = { ...source, marker: place >= 0 ? place + 1 : this.#next++ }
    this.#shown.set(source, citation)
    this.listener?.onCitation(citation)
    return citation
  }

  #say(text: string, gap: string): void {
    const said = this.#text === '' ? text : gap + text
    this.#text += said
    this.listener?.onText(said)
  }
}
