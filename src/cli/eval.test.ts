import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { goldQuestions } from '../evaluation/gold-question.ts'
import { packageRoot } from '../package-root.ts'
import { CLOSING, makeApi } from '../testing/faces-api.ts'
import { makeWorkspace, thuky, type Workspace } from '../testing/faces-workspace.ts'
import { type Decision, openCandidates, rejectedPath, reviewDrafts } from './draft-review.ts'

let workspace: Workspace

beforeAll(async () => {
  workspace = await makeWorkspace()
})
afterAll(() => workspace?.remove())

const run = (...args: string[]) => thuky(workspace.folder, ['eval', ...args])
const at = (name: string) => join(workspace.folder, name)

const gold = {
  id: 'mine-1',
  category: 'when',
  question: CLOSING.question,
  must_include: ['29-12'],
  evidence: [CLOSING.sentence],
  source_docs: [CLOSING.document],
}

describe('thuky eval', () => {
  test('judges own questions, keeps a baseline, and fails with 1 when something fell', async () => {
    await writeFile(at('mine.jsonl'), `${JSON.stringify(gold)}\n`)
    const first = await run('--gold', 'mine.jsonl', '--forms', 'accented', '--update-baseline')
    expect(first.status, first.stderr).toBe(0)
    expect(existsSync(at('mine.baseline.json'))).toBe(true)
    const json = await run('--gold', 'mine.jsonl', '--forms', 'accented', '--json')
    expect(JSON.parse(json.stdout)).toMatchObject({ gate: { failures: [] }, variants: [{ all: { figures: { passed: { value: 1 } } } }] })
    await writeFile(at('mine.jsonl'), `${JSON.stringify({ ...gold, must_include: ['30-12'] })}\n`)
    const broken = await run('--gold', 'mine.jsonl', '--forms', 'accented')
    expect(broken.status).toBe(1)
    expect(broken.stdout).toMatch(/FAILED gold: mine-1 \(key\)/)
    expect(broken.stdout).toMatch(/FAILED passed: mine-1/)
  })

  test('writes a report that can be opened', async () => {
    await writeFile(at('report.jsonl'), `${JSON.stringify(gold)}\n`)
    expect((await run('--gold', 'report.jsonl', '--forms', 'accented,upper', '--report', 'out')).status).toBe(0)
    expect(await readFile(at('out/index.html'), 'utf8')).toContain('<svg')
    expect(JSON.parse(await readFile(at('out/report.json'), 'utf8'))).toMatchObject({
      version: 1,
      results: [{ id: 'mine-1' }, { form: 'upper' }],
    })
  })

  test.each([
    [['--gold', 'khong-co.jsonl'], /khong-co\.jsonl cannot be read/],
    [['--gold', 'bad.jsonl'], /bad\.jsonl, line 1: id/],
    [['--forms', 'khac'], /no form "khac"/],
    [['--variant', 'khac'], /no variant "khac"/],
    [['--variant', 'dense', '--update-baseline'], /leave out --variant/],
  ])('%j is a wrong usage, said in one sentence', async (args, words) => {
    await writeFile(at('bad.jsonl'), '{"question":"?"}\n')
    const { status, stdout, stderr } = await run(...args)
    expect(status, stderr).toBe(2)
    expect(stdout).toBe('')
    expect(stderr).toMatch(words)
    expect(stderr.trim().split('\n')).toHaveLength(1)
  })

  test('does not ask the questions of the package about another corpus', async () => {
    await writeFile(at('một.md'), 'Hội nghị tổng kết diễn ra tại Hà Nội.')
    const { status, stderr } = await thuky(workspace.folder, ['eval', '--corpus', join(packageRoot(), 'docs'), '--index', at('other')])
    expect(status).toBe(2)
    expect(stderr).toContain('thuky eval draft')
  })
})

describe('thuky eval draft', () => {
  test('takes everything with --all, asks nothing twice, and its file can be evaluated', async () => {
    const first = await run('draft', '--out', 'drafts.jsonl', '--all')
    expect(first.status, first.stderr).toBe(0)
    const drafts = goldQuestions(await readFile(at('drafts.jsonl'), 'utf8'))
    expect(drafts.length).toBeGreaterThanOrEqual(40)
    expect((await run('draft', '--out', 'drafts.jsonl', '--all')).stderr).toContain('Kept 0')
    await writeFile(
      at('few.jsonl'),
      drafts
        .slice(0, 3)
        .map((draft) => `${JSON.stringify(draft)}\n`)
        .join(''),
    )
    expect((await run('--gold', 'few.jsonl', '--forms', 'accented')).stdout).toContain('Nothing fell')
  })

  test('makes candidates out of feedback, and prints them where nobody can be asked', async () => {
    const api = makeApi(workspace)
    await api.assistant.open()
    const { id } = await api.ask(CLOSING.question)
    await api.post('/feedback', { answerId: id, verdict: 'right' })
    await api.assistant.close()
    const { status, stdout } = await run('draft', '--from-feedback')
    expect(status).toBe(0)
    const [candidate] = goldQuestions(stdout)
    expect(candidate).toMatchObject({
      question: CLOSING.question,
      answerable: true,
      evidence: [CLOSING.sentence],
      source_docs: [CLOSING.document],
    })
  })

  test('a review keeps, rewords, rejects and stops, and goes on there the next time', async () => {
    const out = at('review.jsonl')
    const candidates = goldQuestions(['a', 'b', 'c', 'd'].map((id) => JSON.stringify({ ...gold, id, question: `Câu ${id}?` })).join('\n'))
    const decisions: Decision[] = [
      { kept: candidates[0] as (typeof candidates)[0] },
      'rejected',
      { kept: { ...(candidates[2] as (typeof candidates)[0]), question: 'Câu khác?' } },
      'stop',
    ]
    expect(await reviewDrafts(candidates, out, async () => decisions.shift() ?? 'stop')).toEqual({ kept: 2, rejected: 1, left: 1 })
    expect(goldQuestions(await readFile(out, 'utf8')).map(({ question }) => question)).toEqual(['Câu a?', 'Câu khác?'])
    expect(await readFile(rejectedPath(out), 'utf8')).toBe('b\n')
    expect(openCandidates(candidates, out).map(({ id }) => id)).toEqual(['d'])
  })
})
