// In: a kind, one sentence that ends with the remedy, and the facts behind it.
// Out: the only error class the product throws on purpose. Faces (CLI, HTTP) map the kind to exit codes and statuses.

/**
 * What went wrong, as far as a caller has to tell cases apart:
 * `usage` a wrong flag or value on the command line · `configuration` a bad setting · `corpus` a document or the corpus
 * folder · `model` the embedding model · `index` the index on disk · `invalid-request` input that is well-formed but
 * cannot be served · `not-found` an unknown id · `unavailable` try again later.
 */
export type ErrorKind = 'usage' | 'configuration' | 'corpus' | 'model' | 'index' | 'invalid-request' | 'not-found' | 'unavailable'

/** An expected failure. The message is one sentence (or two) for a person and ends with what to do about it. */
export class ThukyError extends Error {
  override readonly name = 'ThukyError'

  /**
   * @param kind what to tell apart, see {@link ErrorKind}
   * @param message cause and remedy in words
   * @param facts values a program may want (names, received and expected values); never secrets
   */
  constructor(
    readonly kind: ErrorKind,
    message: string,
    readonly facts: Readonly<Record<string, unknown>> = {},
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}

/** What the system calls a failure (`ENOSPC`), else the kind of error; says nothing of paths. */
export function codeOf(thrown: unknown): string {
  if (thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string') return thrown.code
  return thrown instanceof Error ? thrown.name : 'unknown'
}

/** The message of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown)
}
