// In: nothing. Out: the JSON shapes of the HTTP contract as zod schemas; the OpenAPI document is generated from them.
import { z } from '@hono/zod-openapi'
import { canonicalText } from '../language/canonical.ts'
import { MAX_QUESTION_LENGTH } from '../language/question-length.ts'

/** Families of terms, in words; the keys are the letters terms begin with. */
export const TERM_FAMILIES = { a: 'syllable', A: 'pair', f: 'folded syllable', F: 'folded pair', t: 'date or number' } as const

const TERM_FAMILY_NAMES = ['syllable', 'pair', 'folded syllable', 'folded pair', 'date or number'] as const

/** A date of a request, as precise as known. */
export const isoDate = z
  .string()
  .regex(/^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/, { error: 'has to be a date such as 2021-12-31, 2021-12 or 2021' })

export const filtersSchema = z
  .strictObject({
    conferenceIds: z.array(z.string()).max(1000).optional(),
    documentIds: z.array(z.string()).max(1000).optional(),
    from: isoDate.optional(),
    to: isoDate.optional(),
  })
  .openapi('Filters', { description: 'What may be searched. A partial date stands for its whole period; touching counts.' })

const scopeSchema = z.enum(['question', 'filters']).default('question').openapi({
  description: 'Whether conferences and times the question names narrow the search too, or the filters alone say where to search',
})

const question = z
  .string({ error: 'has to be a string' })
  .transform((text) => canonicalText(text).trim())
  .refine((text) => text.length > 0, { error: 'is empty; ask something' })
  .refine((text) => text.length <= MAX_QUESTION_LENGTH, { error: `is longer than ${MAX_QUESTION_LENGTH} characters; shorten it` })
  .openapi({
    type: 'string',
    minLength: 1,
    maxLength: MAX_QUESTION_LENGTH,
    example: 'Hội nghị Công an toàn quốc lần thứ 77 kết thúc khi nào?',
  })

const historySchema = z
  .array(z.strictObject({ role: z.enum(['user', 'assistant']), content: z.string() }))
  .max(50)
  .refine((turns) => turns.reduce((length, { content }) => length + content.length, 0) <= 20_000, {
    error: 'is longer than 20000 characters together; leave out the oldest turns',
  })

export const askRequestSchema = z
  .strictObject({
    question,
    conversationId: z.string().optional().openapi({ description: 'One the server gave; its earlier questions complete this one' }),
    history: historySchema.optional().openapi({ description: 'Earlier turns instead of a conversation; nothing is kept' }),
    filters: filtersSchema.optional(),
    scope: scopeSchema,
    topK: z.int().min(1).max(20).default(5),
    stream: z.boolean().default(false),
  })
  .refine(({ conversationId, history }) => conversationId === undefined || history === undefined, {
    path: ['history'],
    error: 'cannot go with conversationId; send one of them',
  })
  .openapi('AskRequest')

export const searchRequestSchema = z
  .strictObject({
    question,
    filters: filtersSchema.optional(),
    scope: scopeSchema,
    topK: z.int().min(1).max(100).default(10),
    explain: z.boolean().default(false),
  })
  .openapi('SearchRequest')

export const conferenceSchema = z
  .object({ id: z.string(), name: z.string(), ordinal: z.int().nullable(), date: z.string().nullable(), documents: z.int() })
  .openapi('Conference')

export const documentSchema = z
  .object({
    id: z.string(),
    title: z.string(),
    publisher: z.string().nullable(),
    publishedAt: z.string().nullable(),
    url: z.string().nullable(),
    sha256: z.string().openapi({ description: 'SHA-256 of the text in UTF-8' }),
  })
  .openapi('Document')

const placeSchema = z
  .object({ page: z.int().min(1).nullable(), heading: z.string().nullable() })
  .openapi('Place', { description: 'Page in formats that have pages, and the heading it stands under' })

export const citationSchema = z
  .object({
    marker: z.int().min(1),
    conference: conferenceSchema,
    document: documentSchema,
    quote: z.string(),
    start: z.int().min(0),
    end: z.int().min(0),
    place: placeSchema,
    score: z.number(),
  })
  .openapi('Citation', { description: 'quote === text.slice(start, end) of the document' })

export const passageSchema = z
  .object({
    conference: conferenceSchema,
    document: documentSchema,
    text: z.string(),
    start: z.int().min(0),
    end: z.int().min(0),
    place: placeSchema,
    score: z.number(),
    parts: z.object({ dense: z.number(), lexical: z.number(), scope: z.number() }),
    alsoIn: z.array(z.string()).openapi({ description: 'Other documents of the event that hold the passage almost word for word' }),
    explanation: z
      .object({
        passageSimilarity: z.number(),
        sentenceSimilarity: z.number(),
        lexicalScore: z.number(),
        terms: z.array(z.object({ family: z.enum(TERM_FAMILY_NAMES), term: z.string(), score: z.number() })),
      })
      .optional()
      .openapi({ description: 'Only in /search with explain: the legs before scaling, and the words that matched' }),
  })
  .openapi('Passage')

export const interpretationSchema = z
  .object({
    conferenceIds: z.array(z.string()),
    from: z.string().nullable(),
    to: z.string().nullable(),
    answerType: z.string(),
  })
  .openapi('Interpretation')

export const refusalSchema = z
  .object({
    reason: z.enum(['unknown-conference', 'not-stated', 'false-premise', 'out-of-corpus', 'ambiguous']),
    searched: z.array(conferenceSchema).openapi({ description: 'Of more than 50 those that came nearest, then others' }),
    searchedCount: z.number().int().optional().openapi({ description: 'How many conferences were searched; older kept answers lack it' }),
    nearest: z.array(citationSchema).max(3),
  })
  .openapi('Refusal')

const writingSchema = z
  .object({
    model: z.string(),
    state: z.enum(['checked', 'replaced', 'away', 'busy']).openapi({
      description:
        'checked: the model wrote it, and what is shown is proven · replaced: nothing it wrote was proven · away: it could not be reached or did not answer in time · busy: too many answers were being written. Without proven sentences it is answered as without a model',
    }),
    shown: z.int().min(0).openapi({ description: 'Sentences of the model in the answer' }),
    dropped: z.int().min(0).openapi({ description: 'Sentences left out because what they cite does not prove them' }),
    note: z.string().nullable().openapi({ description: 'What of this people should know, in the language of the question' }),
  })
  .openapi('Writing', { description: 'What a chat model had to do with the answer' })

export const askResponseSchema = z
  .object({
    id: z.string(),
    conversationId: z.string().nullable(),
    question: z.string(),
    standaloneQuestion: z.string(),
    language: z.enum(['vi', 'en']).default('vi').openapi({ description: 'Of the question, and so of the answer' }),
    filters: filtersSchema.default({}).openapi({ description: 'As they were sent' }),
    scope: scopeSchema,
    answerable: z.boolean(),
    answer: z.string(),
    refusal: refusalSchema.nullable(),
    interpretation: interpretationSchema,
    writing: writingSchema.nullable().default(null),
    citations: z.array(citationSchema),
    passages: z.array(passageSchema),
    models: z.object({ embedding: z.string(), generator: z.string(), reader: z.string().optional() }),
    timingsMs: z.object({ embed: z.number(), retrieve: z.number(), answer: z.number(), total: z.number() }),
  })
  .openapi('AskResponse')

export const searchResponseSchema = z
  .object({
    question: z.string(),
    searchedAs: z.string().openapi({ description: 'The words searched with: accents put back, typos mended, English terms in Vietnamese' }),
    interpretation: interpretationSchema,
    passages: z.array(passageSchema),
    timingsMs: z.object({ embed: z.number(), retrieve: z.number(), total: z.number() }),
  })
  .openapi('SearchResponse')

export const documentWithConferenceSchema = documentSchema.extend({ conference: conferenceSchema }).openapi('DocumentWithConference')

const metadataSchema = z.object({
  title: z.string(),
  conference: z.string(),
  conferenceName: z.string(),
  ordinal: z.int().nullable(),
  date: z.string().nullable(),
  start: z.string().nullable(),
  end: z.string().nullable(),
  publisher: z.string().nullable(),
  publishedAt: z.string().nullable(),
  url: z.string().nullable(),
})

export const fullDocumentSchema = documentWithConferenceSchema
  .extend({
    text: z.string().openapi({ description: 'All offsets count in it, in UTF-16 units' }),
    places: z
      .array(placeSchema.extend({ start: z.int().min(0) }))
      .openapi({ description: 'Where pages and headings begin; each reaches to the next' }),
    metadata: metadataSchema,
    provenance: z
      .record(z.string(), z.string())
      .openapi({ description: 'Where each value came from: front matter, file properties, text, file name or first words' }),
  })
  .openapi('FullDocument')

export const corpusSchema = z
  .object({
    documents: z.int(),
    conferences: z.int(),
    passages: z.int(),
    generation: z.int(),
    writable: z.boolean().openapi({ description: 'Whether who asks may write documents' }),
    skipped: z.array(z.object({ path: z.string(), reason: z.string() })),
  })
  .openapi('Corpus')

export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    requestId: z.string(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  })
  .openapi('Problem', { description: 'RFC 9457' })

export type AskResponse = z.output<typeof askResponseSchema>
export type SearchResponse = z.output<typeof searchResponseSchema>
export type ConferenceBody = z.output<typeof conferenceSchema>
export type DocumentBody = z.output<typeof documentSchema>
export type CitationBody = z.output<typeof citationSchema>
export type PassageBody = z.output<typeof passageSchema>
export type FullDocumentBody = z.output<typeof fullDocumentSchema>
