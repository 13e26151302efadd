import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type PostgresServer, postgresPrograms, startPostgres } from '../../testing/postgres-server.ts'
import { Database, type Session } from './database.ts'

const programs = postgresPrograms()

describe.skipIf(programs === undefined)('a connection that breaks while nothing is asked of it', () => {
  let server: PostgresServer
  let database: Database

  beforeAll(async () => {
    server = await startPostgres(programs as string)
    database = new Database(await server.database())
  })
  afterAll(async () => {
    await database?.close()
    await server?.stop()
  })

  /** Ends the connection of a session, as a database that is killed does. */
  async function ended(session: Session): Promise<void> {
    const [row] = await session.rows('SELECT pg_backend_pid() AS pid')
    await database.rows('SELECT pg_terminate_backend($1)', [row?.['pid']])
    await delay(200)
  }

  test('fails the transaction it was lent to, and nothing else', async () => {
    const lost = database.transaction(async (session) => {
      await ended(session)
      return session.rows('SELECT 1')
    })
    await expect(lost).rejects.toMatchObject({ kind: 'unavailable' })
    expect(await database.rows('SELECT 1 AS one')).toEqual([{ one: 1 }])
  })

  test('fails what holds a lock, and the lock is free again', async () => {
    const lost = database.exclusively([7, 7], async (session) => {
      await ended(session)
      return session.rows('SELECT 1')
    })
    await expect(lost).rejects.toMatchObject({ kind: 'unavailable' })
    expect(await database.exclusively([7, 7], async () => 'free')).toBe('free')
  })
})
