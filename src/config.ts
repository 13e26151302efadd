// In: flags and the environment. Out: one frozen, checked configuration.
// This is the only module that reads the environment. A bad value stops the start and is named.
import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { z } from 'zod'
import { ThukyError } from './errors.ts'
import { packageRoot } from './package-root.ts'

/** Everything a user can set, with its environment variable, its default and its meaning. The README table is checked against it. */
export interface Config {
  /** `THUKY_CORPUS`: absolute folder of documents. Default: `corpus` in the working directory, else the one that comes with the package. */
  readonly corpusDir: string
  /** `THUKY_INDEX`: absolute folder of the built index. Default: `index` beside the corpus folder. */
  readonly indexDir: string
  /** `THUKY_HOST`: address to listen on. Default 127.0.0.1, this machine only. */
  readonly host: string
  /** `THUKY_PORT`: 0–65535, 0 takes a free one. Default 8080. */
  readonly port: number
  /** `THUKY_MODEL`: folder of a transformers.js embedding model, or a hub id. Default: the bundled model. */
  readonly model: string
  /**
   * `THUKY_READER`: `off`, `bundled` or a folder: the model that reads the best passages closely. Default: the bundled one if it is
   * there. Absolute folder, or null for none.
   */
  readonly reader: string | null
  /** `THUKY_EMBEDDERS`: most model processes at once while documents are indexed. Default: the number of processor cores, 8 at most. */
  readonly embedders: number
  /** `THUKY_STORE`: `hnsw`, files below the index folder, or `pgvector`, a PostgreSQL database that servers share. Default hnsw. */
  readonly store: 'hnsw' | 'pgvector'
  /** `DATABASE_URL`: the database, postgres://user:password@host/name. Default none; needed by `pgvector` and `thuky migrate`. */
  readonly databaseUrl: string | null
  /** `THUKY_ALLOW_DOWNLOAD`: whether a hub id may be downloaded. Default false: nothing leaves this machine. */
  readonly allowDownload: boolean
  /** `THUKY_STRICTNESS`: 0–1, how readily a question is refused. Default 0.5. */
  readonly strictness: number
  /**
   * `THUKY_LLM_BASE_URL`, `THUKY_LLM_MODEL`, `THUKY_LLM_API_KEY`, `THUKY_LLM_TIMEOUT`: a server of the OpenAI wire format, a model there,
   * its key, and the longest time in seconds an answer may take. Default none: extractive answers.
   */
  readonly chatModel: ChatModelSettings | null
  /** `THUKY_PUBLIC`: whether others than this machine may read. Default false: a host that is not loopback is refused. */
  readonly public: boolean
  /** `THUKY_API_KEYS`: keys as `name:secret,…`, secrets of at least 16 characters. Default none; `thuky keys add` makes others. */
  readonly apiKeys: readonly { readonly name: string; readonly secret: string }[]
  /** `THUKY_HOSTNAMES`: names the server is reached under, with commas, beside addresses and the name of the machine. Default none. */
  readonly hostNames: readonly string[]
  /** `THUKY_RATE_LIMIT`: requests a minute for each client of another machine, 0 for no limit. Default 600. */
  readonly rateLimit: number
  /** `THUKY_TRUST_PROXY`: whether the last address of X-Forwarded-For is the client's. Default false. */
  readonly trustProxy: boolean
  /** `THUKY_CONVERSATION_LIMIT`: conversations kept, those not used for longest go first. Default 1000. */
  readonly conversationLimit: number
  /** `THUKY_CONVERSATION_DAYS`: days after its last use that a conversation is kept. Default 180. */
  readonly conversationDays: number
  /** `THUKY_LOG_LEVEL`: least severe level written to stderr. Default info. */
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent'
  /** `THUKY_LANG` (else `LANG`): language of texts for people, `vi` or `en`. Default en; answers follow the question. */
  readonly language: 'vi' | 'en'
}

/** A chat model behind a server of the OpenAI wire format. */
export interface ChatModelSettings {
  /** Address up to and with `/v1`. */
  readonly baseUrl: string
  readonly model: string
  /** Null where the server wants none. */
  readonly apiKey: string | null
  /** Longest time an answer may take, in milliseconds. Default 60,000. */
  readonly timeoutMs: number
}

/** Values from the command line; they win over the environment. */
export interface ConfigFlags {
  readonly corpus?: string | undefined
  readonly index?: string | undefined
  readonly host?: string | undefined
  readonly port?: string | undefined
}

const flag = z.enum(['true', 'false', '1', '0', 'yes', 'no']).transform((value) => ['true', '1', 'yes'].includes(value))
const number = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d+(\.\d+)?$/)
    .transform(Number)
    .pipe(z.number().min(least).max(most))

const list = z.string().transform((value) =>
  value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== ''),
)

/** Settings whose values are nobody's business, not even in an error. */
const SECRET: ReadonlySet<string> = new Set(['THUKY_API_KEYS', 'THUKY_LLM_API_KEY', 'DATABASE_URL'])

/** More processes than this wait for memory, not for processors. */
const MOST_EMBEDDERS = 8

const SETTINGS = {
  THUKY_PORT: { schema: number(0, 65535).pipe(z.int()), expected: 'a whole number from 0 to 65535' },
  THUKY_EMBEDDERS: { schema: number(1, 64).pipe(z.int()), expected: 'a whole number from 1 to 64' },
  THUKY_STORE: { schema: z.enum(['hnsw', 'pgvector']), expected: 'hnsw or pgvector' },
  DATABASE_URL: {
    schema: z.string().regex(/^postgres(?:ql)?:\/\/\S+$/),
    expected: 'an address such as postgres://user:password@host/name',
  },
  THUKY_ALLOW_DOWNLOAD: { schema: flag, expected: 'true or false' },
  THUKY_PUBLIC: { schema: flag, expected: 'true or false' },
  THUKY_API_KEYS: {
    schema: list.pipe(
      z
        .array(
          z
            .string()
            .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}:[!-~]{16,512}$/)
            .transform((entry) => ({ name: entry.slice(0, entry.indexOf(':')), secret: entry.slice(entry.indexOf(':') + 1) })),
        )
        .refine((keys) => new Set(keys.map(({ name }) => name)).size === keys.length),
    ),
    expected: 'name:secret,… with different names of letters, digits, - and _, and secrets of at least 16 characters without spaces',
  },
  THUKY_HOSTNAMES: { schema: list.pipe(z.array(z.hostname())), expected: 'names of hosts with commas between them' },
  THUKY_RATE_LIMIT: { schema: number(0, 1_000_000).pipe(z.int()), expected: 'a whole number from 0 to 1000000' },
  THUKY_CONVERSATION_LIMIT: { schema: number(1, 1_000_000).pipe(z.int()), expected: 'a whole number from 1 to 1000000' },
  THUKY_CONVERSATION_DAYS: { schema: number(1, 36_500).pipe(z.int()), expected: 'a whole number from 1 to 36500' },
  THUKY_TRUST_PROXY: { schema: flag, expected: 'true or false' },
  THUKY_LLM_BASE_URL: {
    schema: z.url({ protocol: /^https?$/ }),
    expected: 'an address such as http://127.0.0.1:11434/v1',
  },
  THUKY_LLM_API_KEY: { schema: z.string().regex(/^[!-~]+$/), expected: 'letters, digits and signs without spaces' },
  THUKY_LLM_TIMEOUT: { schema: number(1, 3600), expected: 'a number of seconds from 1 to 3600' },
  THUKY_STRICTNESS: { schema: number(0, 1), expected: 'a number from 0 to 1' },
  THUKY_LOG_LEVEL: {
    schema: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']),
    expected: 'one of fatal, error, warn, info, debug, trace, silent',
  },
  THUKY_LANG: { schema: z.enum(['vi', 'en']), expected: 'vi or en' },
} as const

type SettingName = keyof typeof SETTINGS

/** Reads one setting; an empty variable counts as not set. */
function setting<N extends SettingName>(
  name: N,
  received: string | undefined,
  fallback: z.output<(typeof SETTINGS)[N]['schema']>,
): z.output<(typeof SETTINGS)[N]['schema']> {
  if (received === undefined || received === '') return fallback
  const { schema, expected } = SETTINGS[name]
  const parsed = schema.safeParse(received)
  if (parsed.success) return parsed.data as z.output<(typeof SETTINGS)[N]['schema']>
  const value = SECRET.has(name) ? '(kept secret)' : JSON.stringify(received)
  throw new ThukyError('configuration', `${name} is ${value}, but has to be ${expected}; change or unset it.`, {
    name,
    received: SECRET.has(name) ? undefined : received,
    expected,
  })
}

/**
 * Flags over environment over defaults.
 * @throws ThukyError `configuration` naming the setting, the value received and the value expected
 */
export function loadConfig(flags: ConfigFlags = {}, env: NodeJS.ProcessEnv = process.env, cwd: string = process.cwd()): Config {
  const corpusDir = resolve(cwd, flags.corpus ?? (env['THUKY_CORPUS'] || defaultCorpus(cwd)))
  const store = setting('THUKY_STORE', env['THUKY_STORE'], 'hnsw')
  const locale = /^(vi|en)/i.exec(env['LANG'] ?? '')?.[1]?.toLowerCase()
  return Object.freeze({
    corpusDir,
    indexDir: resolve(cwd, flags.index ?? (env['THUKY_INDEX'] || join(dirname(corpusDir), 'index'))),
    host: flags.host ?? (env['THUKY_HOST'] || '127.0.0.1'),
    port: setting('THUKY_PORT', flags.port ?? env['THUKY_PORT'], 8080),
    model: env['THUKY_MODEL'] || bundledModel(),
    reader: readerFolder(env['THUKY_READER'] ?? '', cwd),
    embedders: setting('THUKY_EMBEDDERS', env['THUKY_EMBEDDERS'], Math.min(availableParallelism(), MOST_EMBEDDERS)),
    store,
    databaseUrl: databaseOf(store, env['DATABASE_URL'] ?? ''),
    allowDownload: setting('THUKY_ALLOW_DOWNLOAD', env['THUKY_ALLOW_DOWNLOAD'], false),
    chatModel: chatModelSettings(env),
    public: setting('THUKY_PUBLIC', env['THUKY_PUBLIC'], false),
    apiKeys: setting('THUKY_API_KEYS', env['THUKY_API_KEYS'], []),
    hostNames: setting('THUKY_HOSTNAMES', env['THUKY_HOSTNAMES'], []),
    rateLimit: setting('THUKY_RATE_LIMIT', env['THUKY_RATE_LIMIT'], 600),
    trustProxy: setting('THUKY_TRUST_PROXY', env['THUKY_TRUST_PROXY'], false),
    conversationLimit: setting('THUKY_CONVERSATION_LIMIT', env['THUKY_CONVERSATION_LIMIT'], 1000),
    conversationDays: setting('THUKY_CONVERSATION_DAYS', env['THUKY_CONVERSATION_DAYS'], 180),
    strictness: setting('THUKY_STRICTNESS', env['THUKY_STRICTNESS'], 0.5),
    logLevel: setting('THUKY_LOG_LEVEL', env['THUKY_LOG_LEVEL'], 'info'),
    language: setting('THUKY_LANG', env['THUKY_LANG'], locale === 'vi' ? 'vi' : 'en'),
  })
}

/** Many programs read DATABASE_URL: what is meant for another one disturbs nothing where no database is used. */
function databaseOf(store: Config['store'], received: string): string | null {
  if (store === 'hnsw') return SETTINGS.DATABASE_URL.schema.safeParse(received).data ?? null
  if (received !== '') return setting('DATABASE_URL', received, '')
  throw new ThukyError(
    'configuration',
    'THUKY_STORE is pgvector, but DATABASE_URL is not set; set it to postgres://user:password@host/name, or THUKY_STORE to hnsw.',
  )
}

/** Address and model go together. @throws ThukyError `configuration` for one without the other */
function chatModelSettings(env: NodeJS.ProcessEnv): ChatModelSettings | null {
  const baseUrl = setting('THUKY_LLM_BASE_URL', env['THUKY_LLM_BASE_URL'], '')
  const model = env['THUKY_LLM_MODEL'] ?? ''
  const apiKey = setting('THUKY_LLM_API_KEY', env['THUKY_LLM_API_KEY'], '')
  const timeoutMs = 1000 * setting('THUKY_LLM_TIMEOUT', env['THUKY_LLM_TIMEOUT'], 60)
  if (baseUrl === '' && model === '') return null
  if (baseUrl === '' || model === '') {
    const [missing, given] = baseUrl === '' ? ['THUKY_LLM_BASE_URL', 'THUKY_LLM_MODEL'] : ['THUKY_LLM_MODEL', 'THUKY_LLM_BASE_URL']
    throw new ThukyError(
      'configuration',
      `${given} is set, but ${missing} is not; set both, or neither for answers without a chat model.`,
      {
        name: missing,
      },
    )
  }
  return { baseUrl, model, apiKey: apiKey === '' ? null : apiKey, timeoutMs }
}

/** Folder of the embedding model that comes with the package. */
export const bundledModel = (): string => join(packageRoot(), 'models', 'multilingual-e5-small-vi')

/** A folder that is named must be there when it is used; the bundled one need not. */
function readerFolder(received: string, cwd: string): string | null {
  const bundled = join(packageRoot(), 'models', 'reader-vi')
  if (received === 'off' || (received === '' && !existsSync(bundled))) return null
  return received === '' || received === 'bundled' ? bundled : resolve(cwd, received)
}

function defaultCorpus(cwd: string): string {
  const here = join(cwd, 'corpus')
  return existsSync(here) ? here : join(packageRoot(), 'corpus')
}
