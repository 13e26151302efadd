// In: what is sent to PUT /documents/{id}. Out: its schemas, and the file that is kept for it.
import { extname } from 'node:path'
import { z } from '@hono/zod-openapi'
import { documentSource } from '../corpus/document-source.ts'
import { frontMatterSchema } from '../corpus/front-matter.ts'
import { READABLE_EXTENSIONS } from '../corpus/load-file.ts'
import { isoDate } from './schemas.ts'

const line = z.string().trim().min(1).max(1000)

const fieldsSchema = z.strictObject({
  text: z
    .string({ error: 'has to be a string' })
    .refine((text) => text.trim() !== '', { error: 'is empty; write some text' })
    .refine((text) => text.isWellFormed(), { error: 'holds half a character; send it as Unicode text' })
    .openapi({ minLength: 1, example: 'Sáng 7/12, tại Hà Nội, Bộ Công an tổ chức hội nghị.' }),
  title: line.nullish(),
  conference: line.nullish().openapi({ description: 'Id shared by all reports of one event' }),
  conferenceName: line.nullish(),
  ordinal: z.int().min(1).max(9999).nullish(),
  date: isoDate.nullish(),
  start: isoDate.nullish(),
  end: isoDate.nullish(),
  publisher: line.nullish(),
  publishedAt: z.string().nullish().openapi({ description: 'ISO date or time, as precise as the source' }),
  url: z.string().nullish().openapi({ description: 'An http or https address' }),
})

/** Body of PUT /documents/{id}: the text and the fields of the front matter; null is as good as absent. */
export const documentRequestSchema = fieldsSchema
  .superRefine(({ text, ...fields }, context) => {
    const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null))
    for (const { path, message } of frontMatterSchema.safeParse(given).error?.issues ?? []) {
      context.addIssue({ code: 'custom', path: [...path], message })
    }
  })
  .openapi('DocumentRequest')

/** Form of an upload. The name of the file tells its format. */
export const uploadSchema = z
  .object({
    file: z
      .custom<File>((value) => value instanceof File, { error: 'has to be a file' })
      .openapi({ type: 'string', format: 'binary', description: `A file: ${READABLE_EXTENSIONS.join(', ')}` }),
  })
  .openapi('DocumentUpload')

/** A file for the corpus. */
export interface DocumentFile {
  /** Lower case, with the dot. */
  readonly extension: string
  readonly bytes: Uint8Array
}

/** The file to keep for a body; undefined for an upload of a format that is not read. */
export async function documentFile(
  body: z.output<typeof documentRequestSchema> | z.output<typeof uploadSchema>,
): Promise<DocumentFile | undefined> {
  if ('file' in body) {
    const extension = extname(body.file.name).toLowerCase()
    return READABLE_EXTENSIONS.includes(extension) ? { extension, bytes: new Uint8Array(await body.file.arrayBuffer()) } : undefined
  }
  const { text, ...fields } = body
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null))
  return { extension: '.md', bytes: new TextEncoder().encode(documentSource(text, frontMatterSchema.parse(given))) }
}

/** Formats that can be uploaded, for messages. */
export const UPLOAD_FORMATS = READABLE_EXTENSIONS.join(', ')
