// In: what people said about answers. Out: candidate gold questions. What a judgement does not say, such as the right sentence of
// a wrong answer, stays empty and is asked of a person. Pure.
import { z } from 'zod'
import { type GoldQuestion, goldQuestionSchema } from './gold-question.ts'

/** A judgement, as `POST /feedback` keeps it. */
export interface JudgedAnswer {
  readonly answerId: string
  readonly verdict: 'right' | 'wrong-answer' | 'wrong-citation' | 'should-answer' | 'should-refuse'
  readonly note: string | null
  readonly turn: {
    readonly question: string
    readonly history: readonly { readonly role: 'user' | 'assistant'; readonly content: string }[]
    readonly answer?: unknown
  }
}

const answerSchema = z.looseObject({
  answerable: z.boolean(),
  refusal: z.looseObject({ reason: z.string() }).nullable(),
  citations: z.array(z.looseObject({ quote: z.string(), document: z.looseObject({ id: z.string() }) })),
})

/** A gold question for each judgement; of an answer in a shape of another version only what still can be told. */
export function feedbackDrafts(judged: readonly JudgedAnswer[]): GoldQuestion[] {
  return judged.map(({ answerId, verdict, note, turn: { question, history, answer } }) => {
    const given = answerSchema.safeParse(answer).data
    const isDueRefusal = verdict === 'should-refuse' || (verdict === 'right' && given?.answerable === false)
    const common = { id: `feedback-${answerId.slice(0, 8)}`, question, history, verdict, ...(note === null ? {} : { note }) }
    if (isDueRefusal) {
      const reason = verdict === 'right' ? (given?.refusal?.reason ?? 'not-stated') : 'not-stated'
      return goldQuestionSchema.parse({ ...common, category: 'near_miss', answerable: false, reason })
    }
    const citations = verdict === 'right' ? (given?.citations ?? []) : []
    return goldQuestionSchema.parse({
      ...common,
      category: history.length > 0 ? 'follow_up' : 'feedback',
      evidence: citations.map(({ quote }) => quote),
      source_docs: [...new Set(citations.map(({ document }) => document.id))],
    })
  })
}

/** The question with a sentence that proves its answer; undefined when no document has it word for word. */
export function withEvidence(gold: GoldQuestion, evidence: string, texts: ReadonlyMap<string, string>): GoldQuestion | undefined {
  const spaced = (text: string) => text.replace(/\s+/g, ' ').trim()
  const sources = [...texts].filter(([, text]) => spaced(text).includes(spaced(evidence))).map(([id]) => id)
  return spaced(evidence) === '' || sources.length === 0 ? undefined : { ...gold, evidence: [evidence.trim()], source_docs: sources }
}
