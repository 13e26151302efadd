// What `thuky eval` and the black-box scorer both count comes out the same: one asks in the process, the other over HTTP.
import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { packageRoot } from '../package-root.ts'
import { type RunningServer, startServer } from '../server/serve.ts'
import { ended, makeWorkspace, type Workspace } from '../testing/faces-workspace.ts'
import { evaluate } from './evaluate.ts'
import { evaluatedSystem } from './evaluated-system.ts'
import { figureSet } from './figures.ts'
import { goldQuestions } from './gold-question.ts'
import type { QuestionForm } from './question-forms.ts'

let workspace: Workspace
let server: RunningServer
let folder: string

beforeAll(async () => {
  workspace = await makeWorkspace()
  server = await startServer(workspace.config, '0.0.0-test')
  await server.ready
  folder = await mkdtemp(join(tmpdir(), 'thuky-black-box-'))
})
afterAll(async () => {
  await server?.stop()
  await workspace?.remove()
  await rm(folder, { recursive: true, force: true })
})

interface ScorerSummary {
  readonly byCategory: Readonly<Record<string, { asked: number; passed: number }>>
  readonly [name: string]: unknown
}

async function scored(gold: string, form: QuestionForm): Promise<ScorerSummary> {
  const args = [join(packageRoot(), 'eval', 'score.mjs'), '--url', server.url, '--gold', gold, '--form', form, '--json']
  const { status, stdout, stderr } = await ended(spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] }))
  expect(status, stderr).toBe(0)
  return JSON.parse(stdout) as ScorerSummary
}

const share = (some: number, all: number) => Math.round((1000 * some) / all) / 10

/** All questions as written, every third in other forms: there only the form can make a difference. */
test.each<[QuestionForm, number]>([
  ['accented', 1],
  ['unaccented', 3],
  ['polite', 3],
])('every count and kind is the same, %s', { timeout: 240_000 }, async (form, step) => {
  const path = join(folder, `${form}.jsonl`)
  const texts = ['conferences', 'english', 'dialogues'].map((name) =>
    readFile(join(packageRoot(), 'eval', 'gold', `${name}.jsonl`), 'utf8'),
  )
  const lines = (await Promise.all(texts)).join('').trim().split('\n')
  await writeFile(path, lines.filter((_, i) => i % step === 0).join('\n'))
  const theirs = await scored(path, form)
  const golds = goldQuestions(await readFile(path, 'utf8'))
  const results = await evaluate(await evaluatedSystem(server.assistant), { golds, forms: [form] })
  const { counts } = figureSet(results)
  expect({
    asked: counts.asked,
    answerable: counts.answerable,
    answerablePassed: share(counts.answerablePassed, counts.answerable),
    falseRefusals: counts.falseRefusals,
    unanswerable: counts.unanswerable,
    refusalPassed: share(counts.refusalPassed, counts.unanswerable),
    citations: counts.citations,
    exactQuotes: share(counts.exactCitations, counts.citations),
    errors: counts.errors,
  }).toEqual({ ...pick(theirs), exactQuotes: 100, errors: 0 })
  for (const [kind, { asked, passed }] of Object.entries(theirs.byCategory)) {
    const own = results.filter(({ category }) => category === kind)
    expect([kind, own.length, own.filter((result) => result.passed).length]).toEqual([kind, asked, passed])
  }
})

function pick(summary: ScorerSummary): Record<string, unknown> {
  const names = ['asked', 'answerable', 'answerablePassed', 'falseRefusals', 'unanswerable', 'refusalPassed', 'citations']
  return Object.fromEntries(names.map((name) => [name, summary[name]]))
}
