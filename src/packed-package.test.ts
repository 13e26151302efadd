import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { packageRoot } from './package-root.ts'
import { plainEnvironment } from './testing/faces-workspace.ts'

const run = promisify(execFile)
const root = packageRoot()

let project: string
let files: string[]

/** An empty project with the packed package in it; what it depends on is linked from here instead of being installed again. */
beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), 'thuky-packed-'))
  const { stdout } = await run('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', project], { cwd: root })
  const [packed] = JSON.parse(stdout) as { filename: string; files: { path: string }[] }[]
  files = packed?.files.map(({ path }) => path) ?? []
  const modules = join(project, 'node_modules')
  await mkdir(modules)
  for (const name of await readdir(join(root, 'node_modules'))) {
    if (!name.startsWith('.') && name !== 'thuky') await symlink(join(root, 'node_modules', name), join(modules, name))
  }
  await run('tar', ['-xzf', join(project, String(packed?.filename)), '-C', modules])
  await run('mv', [join(modules, 'package'), join(modules, 'thuky')])
  await writeFile(join(project, 'package.json'), '{ "type": "module", "private": true }')
  await cp(join(root, 'examples'), project, { recursive: true })
})

afterAll(() => rm(project, { recursive: true, force: true }))

const example = (name: string, ...args: string[]) =>
  run(process.execPath, [name, ...args], { cwd: project, env: plainEnvironment(), timeout: 120_000 })

describe('the packed package', () => {
  test('holds program, page, model, corpus and data, and nothing that only its makers need', () => {
    const needed = [
      'dist/library.js',
      'dist/library.d.ts',
      'dist/cli/main.js',
      'dist/corpus/extraction-worker.js',
      'dist/inference/embedding-process.js',
      'models/multilingual-e5-small-vi/onnx/model_quantized.onnx',
      'models/NOTICE',
      'data/events.json',
      'corpus/2021-12-29-hoi-nghi-cong-an-toan-quoc-77.md',
      'LICENSE',
      'README.md',
    ]
    expect(needed.filter((path) => !files.includes(path))).toEqual([])
    const places = /^(?:dist|models|data|corpus|eval)\/|^(?:package\.json|LICENSE|README(?:\.vi)?\.md|CHANGELOG\.md)$/
    expect(files.filter((path) => !places.test(path))).toEqual([])
    expect(files.filter((path) => /(?:\.test\.|\.map$|^dist\/testing|^models\/build|\.env|\.log$)/.test(path))).toEqual([])
  })

  test('the first example answers with its proof', async () => {
    const { stdout } = await example('ask.mjs')
    expect(stdout).toContain('đã kết thúc thành công tốt đẹp sau ba ngày làm việc')
    expect(stdout).toMatch(/\[1\] /)
  })

  test('the second example answers from a folder of its own', async () => {
    const { stdout } = await example('own-documents.mjs')
    expect(stdout).toContain('1 document(s)')
    expect(stdout).toContain('Nguyễn Văn Thông')
  })

  test('the third example fills the prompt of a LangChain chain', async () => {
    const { stdout } = await example('chain.mjs', 'Hội nghị lần thứ 77 kết thúc khi nào?')
    expect(stdout).toMatch(/^system: .*\n\n\[1\] \(.*2021-12-29\)/m)
    expect(stdout).toContain('human: Hội nghị lần thứ 77 kết thúc khi nào?')
  })

  test('brings types that a strict program compiles against', async () => {
    const program = `import { type Answer, createAssistant, ThukyError, type ThukyMetadata, ThukyRetriever } from 'thuky'
const assistant = createAssistant({ strictness: 0.5 })
const retriever = new ThukyRetriever({ assistant, topK: 3, filters: { from: '2021' } })
export async function use(): Promise<string> {
  const { answer }: { answer: Answer } = await assistant.ask({ question: 'Ai?' })
  const [found] = await retriever.invoke('Ai?')
  const metadata: ThukyMetadata | undefined = found?.metadata
  // @ts-expect-error an answer has no such field
  answer.khongCo
  return answer.citations.map(({ quote }) => quote).join() + String(metadata?.page) + ThukyError.name
}
`
    await writeFile(join(project, 'program.ts'), program)
    const options = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2023', '--skipLibCheck', '--types', 'node']
    await run(join(root, 'node_modules', '.bin', 'tsc'), [...options, 'program.ts', '--ignoreConfig'], { cwd: project })
  })

  test('lets nobody reach inside it', async () => {
    await writeFile(join(project, 'inside.mjs'), "import 'thuky/dist/assistant.js'\n")
    await expect(example('inside.mjs')).rejects.toThrow(/ERR_PACKAGE_PATH_NOT_EXPORTED/)
    expect(JSON.parse(await readFile(join(project, 'node_modules', 'thuky', 'package.json'), 'utf8'))).toHaveProperty('bin')
  })
})
