// In: the OpenAPI document a server publishes. Out: what is wrong with a value by one of its schemas.
import { Ajv2020 } from 'ajv/dist/2020.js'

/** One operation of the document, as far as tests look at it. */
interface Operation {
  readonly summary?: string
  readonly responses: Record<string, { readonly description: string; readonly content?: Record<string, unknown> }>
}

/** The document, as far as tests look at it. */
export interface OpenApiDocument {
  readonly openapi: string
  readonly paths: Record<string, Record<string, Operation>>
}

/** Checks values against the schemas of one document. */
export class OpenApiSchemas {
  readonly #ajv = new Ajv2020({ strict: false, allErrors: true, formats: { binary: true } })

  constructor(document: OpenApiDocument) {
    this.#ajv.addSchema(document, 'openapi')
  }

  /** Faults of a value by the schema at the place that these names lead to; throws where there is no schema. */
  faults(value: unknown, ...place: string[]): unknown[] {
    const pointer = place.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')
    const validate = this.#ajv.compile({ $ref: `openapi#/${pointer}` })
    return validate(value) ? [] : (validate.errors ?? [])
  }
}
