// GET /conferences, /documents, /corpus: what the answers come from.
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { conferenceBody, documentBody, fullDocumentBody } from '../../contract/present.ts'
import { conferenceSchema, corpusSchema, documentSchema, documentWithConferenceSchema, fullDocumentSchema } from '../../contract/schemas.ts'
import { ThukyError } from '../../errors.ts'
import type { AppServices } from '../app.ts'
import { ok, problems } from './openapi-parts.ts'

const idParameter = { params: z.object({ id: z.string().openapi({ param: { name: 'id', in: 'path' } }) }) }

const listConferences = createRoute({
  method: 'get',
  path: '/conferences',
  summary: 'All conferences, latest first',
  responses: { ...ok(z.object({ conferences: z.array(conferenceSchema) }), 'Conferences'), ...problems(503) },
})

const getConference = createRoute({
  method: 'get',
  path: '/conferences/{id}',
  summary: 'One conference with its documents',
  request: idParameter,
  responses: { ...ok(z.object({ conference: conferenceSchema, documents: z.array(documentSchema) }), 'Conference'), ...problems(404, 503) },
})

const listDocuments = createRoute({
  method: 'get',
  path: '/documents',
  summary: 'All documents with their conferences',
  responses: { ...ok(z.object({ documents: z.array(documentWithConferenceSchema) }), 'Documents'), ...problems(503) },
})

const getDocument = createRoute({
  method: 'get',
  path: '/documents/{id}',
  summary: 'One document with its text',
  request: idParameter,
  responses: { ...ok(fullDocumentSchema, 'Document'), ...problems(404, 503) },
})

const getCorpus = createRoute({
  method: 'get',
  path: '/corpus',
  summary: 'Counts, skipped files with reasons, generation of the index',
  responses: { ...ok(corpusSchema, 'Corpus'), ...problems(503) },
})

/** Adds the routes. */
export function addCorpusRoutes(app: OpenAPIHono, { assistant }: AppServices): void {
  app.openapi(listConferences, async (c) => {
    const index = await assistant.index()
    return c.json({ conferences: [...index.conferences.values()].map(conferenceBody) }, 200)
  })
  app.openapi(getConference, async (c) => {
    const index = await assistant.index()
    const conference = index.conferences.get(c.req.valid('param').id)
    if (conference === undefined) throw new ThukyError('not-found', 'There is no such conference; GET /conferences lists them.')
    const documents = conference.documentIds.flatMap((id) => index.documents.get(id) ?? []).map(documentBody)
    return c.json({ conference: conferenceBody(conference), documents }, 200)
  })
  app.openapi(listDocuments, async (c) => {
    const index = await assistant.index()
    const documents = [...index.documents.values()].map((document) => ({
      ...documentBody(document),
      conference: conferenceBody(index.conferenceOf(document)),
    }))
    return c.json({ documents }, 200)
  })
  app.openapi(getDocument, async (c) => {
    const index = await assistant.index()
    const document = index.documents.get(c.req.valid('param').id.normalize('NFC'))
    if (document === undefined) throw new ThukyError('not-found', 'There is no such document; GET /documents lists them.')
    return c.json(fullDocumentBody(document, index.conferenceOf(document)), 200)
  })
  app.openapi(getCorpus, async (c) => {
    const { documents, conferences, passages, generation, skipped } = await assistant.index()
    const counts = { documents: documents.size, conferences: conferences.size, passages: passages.size, generation }
    return c.json({ ...counts, writable: c.get('client').mayWrite, skipped: [...skipped] }, 200)
  })
}
