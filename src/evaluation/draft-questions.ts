// In: what the reports of a corpus say. Out: candidate gold questions of several kinds with answer and proof, near-misses among
// them. Typed templates, no model: a person decides which are kept. Pure and deterministic.
import { createHash } from 'node:crypto'
import { overlap } from '../language/spans.ts'
import { comparisonKey, holdsWords } from './answer-match.ts'
import { clozeClause, continued } from './draft-cloze.ts'
import { nearMissDrafts } from './draft-near-misses.ts'
import { peopleDrafts } from './draft-people.ts'
import type { DraftEvent, DraftSource } from './draft-source.ts'
import { filled } from './draft-templates.ts'
import { typedSpans } from './draft-typed-spans.ts'
import { type GoldQuestion, goldQuestionSchema } from './gold-question.ts'

/** A question that is proposed. */
export interface Draft {
  readonly category: string
  readonly question: string
  readonly mustInclude: readonly (readonly string[])[]
  readonly evidence: readonly string[]
  readonly sources: readonly string[]
  /** Of a question that is to be refused. */
  readonly reason?: string
}

/** Most questions of one kind about one event. */
const MAX_OF_KIND = 4

/** Candidates over all events, event by event. */
export function draftQuestions(source: DraftSource): GoldQuestion[] {
  const seen = new Set<string>()
  return source.events.flatMap((event) => {
    const drafts = [
      ...whenDrafts(event, source),
      ...peopleDrafts(event, source),
      ...clozeDrafts(event, source),
      ...abbreviationDrafts(event, source),
      ...nearMissDrafts(event, source),
    ]
    const counts = new Map<string, number>()
    return drafts.flatMap((draft) => {
      const key = comparisonKey(draft.question)
      const count = counts.get(draft.category) ?? 0
      if (seen.has(key) || count >= MAX_OF_KIND) return []
      seen.add(key)
      counts.set(draft.category, count + 1)
      return [goldOf(draft)]
    })
  })
}

/** A draft as a gold question; its id is made of the question, so that the same question keeps it. */
function goldOf({ category, question, mustInclude, evidence, sources, reason }: Draft): GoldQuestion {
  const id = `draft-${createHash('sha256').update(comparisonKey(question)).digest('hex').slice(0, 8)}`
  const answerable = reason === undefined
  return goldQuestionSchema.parse({
    id,
    category,
    question,
    answerable,
    ...(answerable ? { must_include: mustInclude, evidence, source_docs: sources } : { reason }),
  })
}

/** The day of an event, where a sentence about it states the day its metadata say. */
function whenDrafts(event: DraftEvent, { templates }: DraftSource): Draft[] {
  const [, month, day] = /^\d{4}-(\d\d)-(\d\d)$/.exec(event.date ?? '')?.map(Number) ?? []
  if (month === undefined || day === undefined) return []
  const ways = ['/', '-'].flatMap((mark) => [
    `${day}${mark}${month}`,
    `${String(day).padStart(2, '0')}${mark}${String(month).padStart(2, '0')}`,
  ])
  const written = [...new Set([...ways, `${day} tháng ${month}`])]
  const proof = event.sentences.filter(({ text }) => /hội nghị/iu.test(text) && written.some((way) => holdsWords(text, way)))
  const [first] = proof
  if (first === undefined) return []
  return [
    {
      category: 'when',
      question: filled(templates.when, { event: event.name }),
      mustInclude: [written],
      evidence: [first.text],
      sources: [first.documentId],
    },
  ]
}

/** Dates, ordinals, decisions, numbers and quotations, asked for in their own clause. What the event's name says is not asked. */
function clozeDrafts(event: DraftEvent, { templates }: DraftSource): Draft[] {
  return event.sentences
    .filter(({ isCaption }) => !isCaption)
    .flatMap(({ text, documentId }) =>
      typedSpans(text, templates.cloze).flatMap((span) => {
        const own = text.toLowerCase().indexOf(event.name.toLowerCase())
        if (own >= 0 && overlap(span, { start: own, end: own + event.name.length })) return []
        if (span.answer.some((answer) => holdsWords(event.name, answer))) return []
        const clause = clozeClause(text, span, templates)
        if (clause === undefined || span.answer.some((answer) => holdsWords(clause, answer))) return []
        const namesEvent = clause.toLowerCase().includes(event.name.toLowerCase())
        const question = namesEvent ? filled(clause, {}) : `${filled(templates.prefix, { event: event.name })}${continued(clause)}`
        return [{ category: span.kind, question: `${question}?`, mustInclude: [span.answer], evidence: [text], sources: [documentId] }]
      }),
    )
}

const DEFINED = /((?:\p{L}+[ ,]+){1,8})\((\p{Lu}{2,10})\)/gu

/** "Công an nhân dân (CAND)": the words whose first letters the short form has. */
function abbreviationDrafts(event: DraftEvent, { templates }: DraftSource): Draft[] {
  return event.sentences.flatMap(({ text, documentId }) =>
    [...text.matchAll(DEFINED)].flatMap((match) => {
      const short = match[2] ?? ''
      const long = longForm((match[1] ?? '').trim(), short)
      if (long === undefined) return []
      const question = filled(templates.abbreviation, { short })
      return [{ category: 'abbreviation', question, mustInclude: [[long]], evidence: [text], sources: [documentId] }]
    }),
  )
}

function longForm(before: string, short: string): string | undefined {
  const words = before.split(/\s+/)
  const initials = words.map((word) => (word.match(/\p{L}/u)?.[0] ?? '').toUpperCase())
  const taken = initials.slice(-short.length)
  const plain = (letter: string) => letter.normalize('NFD').replace(/\p{M}/gu, '')
  return taken.map(plain).join('') === short.split('').map(plain).join('') ? words.slice(-short.length).join(' ') : undefined
}
