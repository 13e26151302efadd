// In: what went wrong between page and server. Out: one kind of error the views put into words. Holds no secret.

/** A failure, as people can do something about it. */
export type ProblemKind =
  | 'offline'
  | 'unauthorised'
  | 'forbidden'
  | 'notFound'
  | 'tooLarge'
  | 'wrongType'
  | 'tooMany'
  | 'unavailable'
  | 'unusable'
  | 'unexpected'

const KINDS: Readonly<Record<number, ProblemKind>> = {
  400: 'unusable',
  401: 'unauthorised',
  403: 'forbidden',
  404: 'notFound',
  405: 'forbidden',
  413: 'tooLarge',
  415: 'wrongType',
  422: 'unusable',
  429: 'tooMany',
  503: 'unavailable',
}

/** Thrown by everything that asks the server. */
export class ServerProblem extends Error {
  readonly kind: ProblemKind
  /** @param status 0 when the server was not reached
   *  @param retryAfterSeconds what the server said, null when it did not */
  constructor(
    readonly status: number,
    readonly detail: string,
    readonly retryAfterSeconds: number | null = null,
    readonly requestId: string | null = null,
  ) {
    super(detail)
    this.kind = status === 0 ? 'offline' : (KINDS[status] ?? 'unexpected')
  }
}

/** The problem a response tells; a body that is no problem document counts for nothing. */
export function problemFrom(status: number, body: string, retryAfter: string | null): ServerProblem {
  const { detail, requestId } = parsedProblem(body)
  const seconds = retryAfter !== null && /^\d{1,4}$/.test(retryAfter) ? Number(retryAfter) : null
  return new ServerProblem(status, detail, seconds, requestId)
}

function parsedProblem(body: string): { detail: string; requestId: string | null } {
  try {
    const parsed: unknown = JSON.parse(body)
    const text = (key: string) => {
      const value = typeof parsed === 'object' && parsed !== null ? Reflect.get(parsed, key) : undefined
      return typeof value === 'string' ? value : null
    }
    return { detail: text('detail') ?? '', requestId: text('requestId') }
  } catch {
    return { detail: '', requestId: null }
  }
}
