import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AskResponse, SearchResponse } from '../contract/schemas.ts'
import { packageRoot } from '../package-root.ts'
import { type Api, CLOSING, makeApi } from '../testing/faces-api.ts'
import { type OpenApiDocument, OpenApiSchemas } from '../testing/faces-openapi.ts'
import {
  type CommandOptions,
  type CommandResult,
  ended,
  makeWorkspace,
  plainEnvironment,
  thuky,
  type Workspace,
} from '../testing/faces-workspace.ts'

let workspace: Workspace
let api: Api
let schemas: OpenApiSchemas

beforeAll(async () => {
  workspace = await makeWorkspace()
  api = makeApi(workspace)
  await api.assistant.open()
  schemas = new OpenApiSchemas((await (await api.app.request('/openapi.json')).json()) as OpenApiDocument)
})
afterAll(async () => {
  await api?.assistant.close()
  await workspace?.remove()
})

const run = (args: readonly string[], options?: CommandOptions) => thuky(workspace.folder, args, options)

const UNANSWERABLE = 'Giá vàng hôm nay bao nhiêu một lượng?'

/** A failure says what is wrong and what to do in one sentence on stderr, and nothing on stdout. */
function expectFailure({ status, stdout, stderr }: CommandResult, expectedStatus: number, ...words: (string | RegExp)[]): void {
  expect(status, stderr).toBe(expectedStatus)
  expect(stdout).toBe('')
  expect(stderr).toMatch(/^thuky: .+\n$/)
  expect(stderr).not.toMatch(/\n\s*at |node:internal|\.js:\d/)
  for (const word of words) expect(stderr).toMatch(word)
}

describe('thuky ask', () => {
  test('names day and conference, quotes the sentence and cites the report, as npx runs it', async () => {
    const env = { ...plainEnvironment(), THUKY_INDEX: workspace.indexDir, THUKY_CORPUS: workspace.corpusDir, npm_config_offline: 'true' }
    const stdio: ['ignore', 'pipe', 'pipe'] = ['ignore', 'pipe', 'pipe']
    const { status, stdout } = await ended(spawn('npx', ['thuky', 'ask', CLOSING.question], { cwd: packageRoot(), env, stdio }))
    expect(status).toBe(0)
    expect(stdout).toContain('29-12')
    expect(stdout).toContain(CLOSING.sentence)
    expect(stdout).toMatch(/\[1\] Hội nghị Công an toàn quốc lần thứ 77 · 2021-12-29/)
    expect(stdout).toContain(CLOSING.document)
  })

  test.each([
    ['an answer', CLOSING.question, 0],
    ['a refusal', UNANSWERABLE, 3],
  ])('--json prints for %s the body of /ask and nothing else', async (_, question, expectedStatus) => {
    const { status, stdout, stderr } = await run(['ask', '--json', '--top-k', '7', question])
    const printed = JSON.parse(stdout) as AskResponse
    const body = (await (await api.post('/ask', { question, topK: 7 })).json()) as AskResponse
    expect(status).toBe(expectedStatus)
    expect(stderr).toBe('')
    expect(schemas.faults(printed, 'paths', '/ask', 'post', 'responses', '200', 'content', 'application/json', 'schema')).toEqual([])
    expect(Object.keys(printed)).toEqual(Object.keys(body))
    expect(Object.keys(printed.timingsMs)).toEqual(Object.keys(body.timingsMs))
    const withoutRun = ({ id, conversationId, timingsMs, ...rest }: AskResponse) => rest
    expect(withoutRun(printed)).toEqual(withoutRun(body))
  })

  test('a refusal ends with 3 and shows what is nearest', async () => {
    const { status, stdout } = await run(['ask', UNANSWERABLE])
    expect(status).toBe(3)
    expect(stdout).not.toMatch(/\[\d+\]/)
    expect(stdout).toMatch(/Nearest\n- /)
  })

  test('words need no quotation marks, and --conference and --top-k bind what is searched', async () => {
    const { status, stdout } = await run([
      'ask',
      '--json',
      '--conference',
      CLOSING.conference,
      '--top-k',
      '2',
      ...CLOSING.question.split(' '),
    ])
    const { question, passages } = JSON.parse(stdout) as AskResponse
    expect(status).toBe(0)
    expect(question).toBe(CLOSING.question)
    expect(passages.map(({ conference }) => conference.id)).toEqual([CLOSING.conference, CLOSING.conference])
  })

  test('--verbose tells where the time went, on stderr', async () => {
    const { stdout, stderr } = await run(['ask', '--json', '--verbose', CLOSING.question])
    expect(JSON.parse(stdout)).toMatchObject({ answerable: true })
    expect(stderr).toMatch(/embed \d+ ms.*retrieve \d+ ms.*all \d+ ms/)
  })

  test('headings follow THUKY_LANG, else LANG; the answer follows the question', async () => {
    expect((await run(['ask', CLOSING.question], { env: { LANG: 'vi_VN.UTF-8' } })).stdout).toContain('Nguồn')
    expect((await run(['ask', CLOSING.question], { env: { LANG: 'vi_VN.UTF-8', THUKY_LANG: 'en' } })).stdout).toContain('Sources')
  })
})

test('thuky search prints what /search answers; its reader may leave early', async () => {
  const { status, stdout } = await run(['search', '--json', '--top-k', '100', 'tội phạm'])
  const printed = JSON.parse(stdout) as SearchResponse
  const body = (await (await api.post('/search', { question: 'tội phạm', topK: 100 })).json()) as SearchResponse
  expect(status).toBe(0)
  expect({ ...printed, timingsMs: {} }).toEqual({ ...body, timingsMs: {} })
  expect((await run(['search', '--explain', 'tội phạm'])).stdout).toMatch(/from meaning \d\.\d+, words \d/)
  const main = join(packageRoot(), 'dist', 'cli', 'main.js')
  const piped = spawn(
    'bash',
    ['-c', `"${process.execPath}" "${main}" search --json --top-k 100 "tội phạm" | true; exit \${PIPESTATUS[0]}`],
    {
      cwd: workspace.folder,
      env: plainEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  expect(await ended(piped)).toEqual({ status: 0, stdout: '', stderr: '' })
})

describe('help', () => {
  test('starts in well under a second and names every command', async () => {
    const times: number[] = []
    for (let round = 0; round < 3; round++) {
      const started = performance.now()
      const { status, stdout } = await run(['--help'])
      times.push(performance.now() - started)
      expect(status).toBe(0)
      for (const command of ['ask', 'search', 'index', 'serve', 'doctor']) expect(stdout).toMatch(new RegExp(`^  ${command}\\b`, 'm'))
    }
    expect(Math.min(...times)).toBeLessThan(1000)
  })

  test.each(['ask', 'search', 'index', 'serve', 'doctor'])('%s --help names the options that all take', async (command) => {
    const { status, stdout } = await run([command, '--help'])
    expect(status).toBe(0)
    for (const option of ['--corpus', '--index', '--verbose', '--help']) expect(stdout).toContain(option)
  })

  test('is Vietnamese where the locale is', async () => {
    expect((await run(['--help'], { env: { LANG: 'vi_VN.UTF-8' } })).stdout).toContain('trích dẫn nguyên văn')
  })

  test.each([
    [['ask', ''], {}, 'thuky: Câu hỏi trống; hãy hỏi một điều, đặt trong dấu ngoặc kép.\n', 2],
    [['nonsense'], {}, "thuky: không có lệnh 'nonsense' (thuky --help liệt kê các lệnh)\n", 2],
    [
      ['serve'],
      { THUKY_PORT: 'x' },
      'thuky: THUKY_PORT đang là "x", nhưng phải là số nguyên từ 0 đến 65535; hãy sửa hoặc bỏ thiết lập này.\n',
      1,
    ],
  ] as const)('with THUKY_LANG=vi the error of %j is said in Vietnamese', async (args, env, words, exit) => {
    const { status, stdout, stderr } = await run([...args], { env: { ...env, THUKY_LANG: 'vi' } })
    expect({ status, stdout, stderr }).toEqual({ status: exit, stdout: '', stderr: words })
  })
})

describe('wrong usage ends with 2', () => {
  const table: [string, string[], RegExp][] = [
    ['an unknown flag', ['ask', '--frob', 'x'], /--frob/],
    ['an unknown command', ['frob'], /frob/],
    ['a missing question', ['ask'], /question/],
    ['an empty question', ['ask', ''], /empty/],
    ['a question of spaces', ['search', ' \n '], /empty/],
    ['a question of 2,001 characters', ['ask', 'a'.repeat(2001)], /2001.*2000/],
    ['top-k 0', ['ask', '--top-k', '0', 'x'], /--top-k.*'0'.*1 to 20/],
    ['top-k 21', ['ask', '--top-k', '21', 'x'], /--top-k.*'21'.*1 to 20/],
    ['top-k 1.5', ['search', '--top-k', '1.5', 'x'], /--top-k.*'1.5'.*1 to 100/],
    ['a port that is none', ['serve', '--port', 'abc'], /--port.*'abc'.*0 to 65535/],
    ['a flag without its value', ['ask', 'x', '--corpus'], /--corpus/],
  ]
  test.each(table)('%s', async (_, args, words) => {
    expectFailure(await run(args), 2, words)
  })
})

describe('a bad setting stops the start, naming the setting, the value received and the value expected', () => {
  test.each([
    ['THUKY_PORT', 'abc', '0 to 65535', 'serve'],
    ['THUKY_PORT', '65536', '0 to 65535', 'serve'],
    ['THUKY_STRICTNESS', '2', '0 to 1', 'serve'],
    ['THUKY_STRICTNESS', 'very', '0 to 1', 'doctor'],
    ['THUKY_LOG_LEVEL', 'loud', 'debug', 'index'],
    ['THUKY_LANG', 'fr', 'vi or en', 'doctor'],
    ['THUKY_ALLOW_DOWNLOAD', 'maybe', 'true or false', 'index'],
    ['THUKY_MODEL', '/nonexistent', 'unset it to use the bundled model', 'serve'],
    ['THUKY_MODEL', 'no model', 'a folder or a hub id', 'index'],
  ])('%s=%s', async (name, value, expected, command) => {
    expectFailure(await run([command], { env: { [name]: value } }), 1, name, value, expected)
  })
})

describe('a failure ends with 1', () => {
  test('a missing model', async () => {
    expectFailure(
      await run(['ask', '--json', CLOSING.question], { env: { THUKY_MODEL: '/nonexistent' } }),
      1,
      'THUKY_MODEL',
      '/nonexistent',
    )
    expectFailure(await run(['ask', CLOSING.question], { env: { THUKY_MODEL: workspace.corpusDir } }), 1, 'lacks config.json')
    expectFailure(await run(['ask', CLOSING.question], { env: { THUKY_MODEL: 'Xenova/other' } }), 1, 'THUKY_ALLOW_DOWNLOAD')
  })

  test('a port in use', async () => {
    const occupant = createServer().listen(0, '127.0.0.1')
    await once(occupant, 'listening')
    const port = String((occupant.address() as { port: number }).port)
    try {
      expectFailure(await run(['serve', '--port', port]), 1, port, 'in use', '--port', 'THUKY_PORT')
    } finally {
      occupant.close()
    }
  })

  test('an index folder that cannot be written', async () => {
    const file = join(workspace.folder, 'file')
    await writeFile(file, '')
    for (const command of [['index'], ['ask', CLOSING.question]]) {
      expectFailure(await run([...command, '--index', join(file, 'index')]), 1, 'THUKY_INDEX', join(file, 'index'))
    }
  })

  test('a host that others can reach, unless that has been allowed', async () => {
    expectFailure(await run(['serve', '--port', '0', '--host', '0.0.0.0']), 1, '0.0.0.0', 'THUKY_PUBLIC')
  })

  test('a corpus folder that is not there', async () => {
    expectFailure(await run(['ask', CLOSING.question, '--corpus', join(workspace.folder, 'nowhere')]), 1, 'nowhere', 'THUKY_CORPUS')
  })

  test('an unknown conference', async () => {
    expectFailure(await run(['ask', '--conference', 'hoi-nghi-99', CLOSING.question]), 1, 'hoi-nghi-99')
  })

  test('a stack is shown with --verbose', async () => {
    const { status, stdout, stderr } = await run(['ask', '--verbose', CLOSING.question], { env: { THUKY_MODEL: '/nonexistent' } })
    expect([status, stdout]).toEqual([1, ''])
    expect(stderr).toMatch(/\n\s+at /)
  })
})
