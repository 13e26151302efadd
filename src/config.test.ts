import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { loadConfig } from './config.ts'
import { ThukyError } from './errors.ts'
import { packageRoot } from './package-root.ts'
import { temporaryFolder } from './testing/temporary-folder.ts'

/** The error that an environment gives. */
function refusal(env: NodeJS.ProcessEnv, flags = {}): ThukyError {
  try {
    loadConfig(flags, env, '/')
  } catch (error) {
    if (error instanceof ThukyError) return error
    throw error
  }
  throw new Error('the configuration was accepted')
}

describe('loadConfig', () => {
  test('without settings keeps to this machine, downloads nothing and takes what comes with the package', () => {
    expect(loadConfig({}, {}, '/')).toMatchObject({
      corpusDir: join(packageRoot(), 'corpus'),
      indexDir: join(packageRoot(), 'index'),
      host: '127.0.0.1',
      port: 8080,
      model: join(packageRoot(), 'models', 'multilingual-e5-small-vi'),
      allowDownload: false,
      strictness: 0.5,
      logLevel: 'info',
      language: 'en',
    })
  })

  test('takes the corpus of the working directory when there is one, with the index beside it', async () => {
    const folder = await temporaryFolder()
    await mkdir(join(folder, 'corpus'))
    expect(loadConfig({}, {}, folder)).toMatchObject({ corpusDir: join(folder, 'corpus'), indexDir: join(folder, 'index') })
  })

  test('lets flags win over the environment, and both over defaults; paths are below the working directory', () => {
    const env = { THUKY_CORPUS: 'từ môi trường', THUKY_INDEX: '/abs/index', THUKY_PORT: '9000', THUKY_HOST: '::1' }
    expect(loadConfig({}, env, '/w')).toMatchObject({ corpusDir: '/w/từ môi trường', indexDir: '/abs/index', port: 9000, host: '::1' })
    expect(loadConfig({ corpus: 'a', index: 'b', port: '0', host: 'h' }, env, '/w')).toMatchObject({
      corpusDir: '/w/a',
      indexDir: '/w/b',
      port: 0,
      host: 'h',
    })
  })

  test('puts the index beside a corpus that is named', () => {
    expect(loadConfig({ corpus: '/data/báo/' }, {}, '/').indexDir).toBe('/data/index')
    expect(loadConfig({ corpus: '/data/báo/' }, {}, '/').corpusDir).toBe('/data/báo')
  })

  test('takes an empty variable for one that is not set', () => {
    const names = ['CORPUS', 'INDEX', 'HOST', 'PORT', 'MODEL', 'READER', 'ALLOW_DOWNLOAD', 'STRICTNESS', 'LOG_LEVEL', 'LANG']
    const empty = Object.fromEntries(names.map((name) => [`THUKY_${name}`, '']))
    expect(loadConfig({}, empty, '/')).toEqual(loadConfig({}, {}, '/'))
  })

  test.each([
    ['true', true],
    ['1', true],
    ['yes', true],
    ['false', false],
    ['0', false],
    ['no', false],
  ])('reads THUKY_ALLOW_DOWNLOAD=%s as %s', (value, expected) => {
    expect(loadConfig({}, { THUKY_ALLOW_DOWNLOAD: value }, '/').allowDownload).toBe(expected)
  })

  test.each([
    ['off', null],
    ['bundled', join(packageRoot(), 'models', 'reader-vi')],
    ['mô hình', '/w/mô hình'],
  ])('reads THUKY_READER=%s as %s', (value, expected) => {
    expect(loadConfig({}, { THUKY_READER: value }, '/w').reader).toBe(expected)
  })

  test.each([
    [{ LANG: 'vi_VN.UTF-8' }, 'vi'],
    [{ LANG: 'en_US.UTF-8' }, 'en'],
    [{ LANG: 'C.UTF-8' }, 'en'],
    [{ LANG: 'vi_VN.UTF-8', THUKY_LANG: 'en' }, 'en'],
    [{ LANG: 'en_US.UTF-8', THUKY_LANG: 'vi' }, 'vi'],
  ])('reads the language of %j as %s', (env, language) => {
    expect(loadConfig({}, env, '/').language).toBe(language)
  })

  test.each([
    ['THUKY_PORT', '65536', 'a whole number from 0 to 65535'],
    ['THUKY_PORT', '80.5', 'a whole number from 0 to 65535'],
    ['THUKY_PORT', '-1', 'a whole number from 0 to 65535'],
    ['THUKY_PORT', 'http', 'a whole number from 0 to 65535'],
    ['THUKY_PORT', '0x50', 'a whole number from 0 to 65535'],
    ['THUKY_STRICTNESS', '1.5', 'a number from 0 to 1'],
    ['THUKY_STRICTNESS', 'NaN', 'a number from 0 to 1'],
    ['THUKY_ALLOW_DOWNLOAD', 'maybe', 'true or false'],
    ['THUKY_LOG_LEVEL', 'loud', 'one of fatal'],
    ['THUKY_LANG', 'fr', 'vi or en'],
  ])('refuses %s=%s with name, value received and value expected', (name, received, expected) => {
    const error = refusal({ [name]: received })
    expect(error).toMatchObject({ kind: 'configuration', facts: { name, received } })
    for (const part of [name, JSON.stringify(received), expected, 'change or unset it']) expect(error.message).toContain(part)
  })

  test('wants an address for the database where one is used, and never shows what it got', () => {
    expect(loadConfig({}, { DATABASE_URL: 'mysql://others' }, '/')).toMatchObject({ store: 'hnsw', databaseUrl: null })
    const url = 'postgres://thuky:geheim@db/corpus'
    expect(loadConfig({}, { THUKY_STORE: 'pgvector', DATABASE_URL: url }, '/')).toMatchObject({ store: 'pgvector', databaseUrl: url })
    expect(refusal({ THUKY_STORE: 'pgvector' }).message).toContain('DATABASE_URL is not set')
    expect(refusal({ THUKY_STORE: 'redis' }).message).toContain('hnsw or pgvector')
    const error = refusal({ THUKY_STORE: 'pgvector', DATABASE_URL: 'mysql://thuky:geheim@db/corpus' })
    expect(error.message).toContain('such as postgres://')
    expect(`${error.message}${JSON.stringify(error.facts)}`).not.toContain('geheim')
  })

  test('cannot be changed afterwards', () => {
    const config = loadConfig({}, {}, '/')
    expect(() => Object.assign(config, { port: 1 })).toThrow(TypeError)
  })
})
