// PUT and DELETE /documents/{id}: documents come and go while questions are answered. A reply means: on disk and searchable, or
// gone from both.
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { HTTPException } from 'hono/http-exception'
import { documentFile, documentRequestSchema, UPLOAD_FORMATS, uploadSchema } from '../../contract/document-request.ts'
import { fullDocumentBody } from '../../contract/present.ts'
import { fullDocumentSchema } from '../../contract/schemas.ts'
import { ThukyError } from '../../errors.ts'
import type { AppServices } from '../app.ts'
import { ok, problems } from './openapi-parts.ts'

const idParameter = z.object({ id: z.string().openapi({ param: { name: 'id', in: 'path' } }) })

const put = createRoute({
  method: 'put',
  path: '/documents/{id}',
  summary: 'Keep a document',
  description:
    'As JSON, or as an uploaded file of at most 10 MiB. It becomes a file below the corpus folder ("~" in the id stands for a folder) and can be found before the reply. The same document again changes nothing.',
  request: {
    params: idParameter,
    body: {
      content: { 'application/json': { schema: documentRequestSchema }, 'multipart/form-data': { schema: uploadSchema } },
    },
  },
  responses: {
    ...ok(fullDocumentSchema, 'It replaced the document of that id, or was there already'),
    201: { description: 'It is new', content: { 'application/json': { schema: fullDocumentSchema } } },
    ...problems(400, 411, 413, 415, 422, 503),
  },
})

const remove = createRoute({
  method: 'delete',
  path: '/documents/{id}',
  summary: 'Remove a document: file, vectors and postings',
  request: { params: idParameter },
  responses: { 204: { description: 'It is gone' }, ...problems(404, 503) },
})

/** Adds the routes. */
export function addDocumentRoutes(app: OpenAPIHono, { assistant }: AppServices): void {
  app.openapi(put, async (c) => {
    const { id } = c.req.valid('param')
    const isUpload = c.req.header('content-type')?.toLowerCase().startsWith('multipart/form-data') === true
    const file = await documentFile(c.req.valid(isUpload ? 'form' : 'json'))
    if (file === undefined) throw new HTTPException(415, { message: `Files of this format are not read; send ${UPLOAD_FORMATS}.` })
    const { outcome, index } = await assistant.documents.put({ id, ...file })
    const document = index.documents.get(id.normalize('NFC'))
    if (document === undefined) throw new ThukyError('unavailable', 'The document has been removed meanwhile; send it again.')
    return c.json(fullDocumentBody(document, index.conferenceOf(document)), outcome === 'created' ? 201 : 200)
  })
  app.openapi(remove, async (c) => {
    await assistant.documents.remove(c.req.valid('param').id)
    return c.body(null, 204)
  })
}
