// In: DATABASE_URL. Out: queries and transactions on PostgreSQL, failures as sentences that name the remedy. Never says the URL:
// it holds a password.
import type { Pool, PoolClient } from 'pg'
import { codeOf, ThukyError } from '../../errors.ts'

/** Connections of one process at most: two legs of a search for each of a few questions at once. */
const MAX_CONNECTIONS = 8
/** How long to wait for a connection, in milliseconds. */
const CONNECT_TIMEOUT_MS = 10_000
/** Candidates the graph keeps while it searches (`hnsw.ef_search`): as many as the local store keeps for 32 neighbours. */
export const EF_SEARCH = 256

/** A row as the driver gives it; whoever asks knows the columns and checks them. */
export type Row = Readonly<Record<string, unknown>>

/** What can be asked within or without a transaction. */
export interface Session {
  /** Rows of a query. @throws ThukyError */
  rows(text: string, values?: readonly unknown[]): Promise<readonly Row[]>
}

/** A PostgreSQL database. */
export class Database implements Session {
  #pool: Promise<Pool> | undefined

  /** @param url DATABASE_URL; nothing is loaded or connected before the first query */
  constructor(private readonly url: string) {}

  #opened(): Promise<Pool> {
    this.#pool ??= this.#open()
    return this.#pool
  }

  async #open(): Promise<Pool> {
    const { default: pg } = await import('pg')
    const pool = new pg.Pool({
      connectionString: this.url,
      max: MAX_CONNECTIONS,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      keepAlive: true,
      application_name: 'thuky',
      onConnect: (client) => client.query(`SET hnsw.ef_search = ${EF_SEARCH}`),
    })
    pool.on('error', () => {})
    return pool
  }

  async rows(text: string, values: readonly unknown[] = []): Promise<readonly Row[]> {
    return guarded(async () => (await (await this.#opened()).query(text, [...values])).rows)
  }

  /**
   * Runs work in one transaction: all of it is kept, or nothing.
   * @param snapshot whether everything read is of one moment
   */
  async transaction<T>(work: (session: Session) => Promise<T>, snapshot = false): Promise<T> {
    const client = await guarded(() => this.#borrowed())
    let broken: Error | undefined
    const send = sender(client)
    try {
      await send(snapshot ? 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY' : 'BEGIN')
      const result = await work({ rows: send })
      await send('COMMIT')
      return result
    } catch (error) {
      await send('ROLLBACK').catch((failure: Error) => {
        broken = failure
      })
      throw error
    } finally {
      giveBack(client, broken)
    }
  }

  /** Runs work on one connection that holds an advisory lock; undefined when another one holds it. No transaction. */
  async exclusively<T>(lock: readonly [number, number], work: (session: Session) => Promise<T>): Promise<T | undefined> {
    const client = await guarded(() => this.#borrowed())
    const send = sender(client)
    try {
      const [mine] = await send('SELECT pg_try_advisory_lock($1, $2) AS locked', lock)
      return mine?.['locked'] === true ? await work({ rows: send }) : undefined
    } finally {
      giveBack(client, true)
    }
  }

  /** A connection for several queries. One that breaks between them says so with an event; unheard, that would end the process. */
  async #borrowed(): Promise<PoolClient> {
    const client = await (await this.#opened()).connect()
    client.on('error', ignored)
    return client
  }

  /** Closes all connections. */
  async close(): Promise<void> {
    const pool = await this.#pool
    if (pool?.ended === false) await pool.end()
  }
}

/** The next query on a broken connection fails, and tells. */
const ignored = () => {}

/** Returns a borrowed connection; one that is broken, or must not be used again, is closed. */
function giveBack(client: PoolClient, broken: Error | boolean | undefined): void {
  client.off('error', ignored)
  client.release(broken)
}

const sender =
  (client: PoolClient): Session['rows'] =>
  (text, values = []) =>
    guarded(async () => (await client.query(text, [...values])).rows)

async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw error instanceof ThukyError ? error : databaseError(error)
  }
}

/** What a failure of the database means for its owner. */
export function databaseError(error: unknown): ThukyError {
  const code = codeOf(error)
  switch (code) {
    case '28P01':
    case '28000':
      return new ThukyError('configuration', 'The database refuses the user or the password of DATABASE_URL; correct it.', { code })
    case '3D000':
      return new ThukyError('configuration', 'The database that DATABASE_URL names does not exist; create it, or correct DATABASE_URL.', {
        code,
      })
    case '42501':
      return new ThukyError(
        'configuration',
        'The user of DATABASE_URL lacks a right in the database; let it create schemas there, and have an administrator run CREATE EXTENSION vector.',
        { code },
      )
    case '0A000':
    case '58P01':
      return new ThukyError(
        'configuration',
        'The database has no pgvector; install the extension vector on its server, version 0.5 or newer.',
        {
          code,
        },
      )
    case '53100':
      return new ThukyError('unavailable', 'The disk of the database is full; free space there, then try again.', { code })
    default:
      return new ThukyError(
        'unavailable',
        `The database cannot be used now (${code}); see that PostgreSQL runs and DATABASE_URL is right, then try again.`,
        { code },
        { cause: error },
      )
  }
}
