// The gate on the assembly that serves: at the baseline nothing fails; each sabotage fails and names its figure.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createAssistant } from '../assistant.ts'
import type { AskResponse } from '../contract/schemas.ts'
import { packageRoot } from '../package-root.ts'
import { makeWorkspace, type Workspace } from '../testing/faces-workspace.ts'
import { type Baseline, baselineOf, baselineText, parseBaseline } from './baseline.ts'
import { evaluate } from './evaluate.ts'
import { type EvaluatedSystem, evaluatedSystem } from './evaluated-system.ts'
import { gateReport } from './gate.ts'
import { goldFaults } from './gold-faults.ts'
import { type GoldQuestion, goldQuestions } from './gold-question.ts'
import type { QuestionResult } from './question-result.ts'
import { runEvaluation } from './run-evaluation.ts'
import { variantOf } from './variant.ts'

const golds = goldQuestions(readFileSync(join(packageRoot(), 'eval', 'gold', 'conferences.jsonl'), 'utf8'))

let workspace: Workspace
let system: EvaluatedSystem
let results: QuestionResult[]
let baseline: Baseline
let close: () => Promise<void>
const bodies = new Map<string, AskResponse>()

beforeAll(async () => {
  workspace = await makeWorkspace()
  const assistant = createAssistant(workspace.config)
  close = () => assistant.close()
  await assistant.open()
  const served = await evaluatedSystem(assistant)
  const ask: EvaluatedSystem['ask'] = async (question) => {
    const key = JSON.stringify(question)
    const body = bodies.get(key) ?? (await served.ask(question))
    bodies.set(key, body)
    return body
  }
  system = { ...served, ask }
  results = await evaluate(system, { golds, forms: ['accented'] })
  baseline = parseBaseline(baselineText(baselineOf(results)), 'baseline')
})
afterAll(async () => {
  await close?.()
  await workspace?.remove()
})

const passing = () => results.find(({ passed, answerable }) => passed && answerable) as QuestionResult
const edited = (change: (gold: GoldQuestion) => GoldQuestion) => golds.map((gold) => (gold.id === passing().id ? change(gold) : gold))
const faultsOf = (questions: readonly GoldQuestion[]) => goldFaults(questions, system.documents)
const metricsOf = (report: { failures: readonly { metric: string }[] }) => report.failures.map(({ metric }) => metric)

test('at the baseline nothing fails and nothing has changed', () => {
  const empty = { failures: [], changes: [], flips: [], added: [], removed: [], edited: [] }
  expect(gateReport(results, baseline, faultsOf(golds))).toEqual(empty)
})

describe('the gate fails and names what fell', () => {
  test('when a gold answer is broken', async () => {
    const broken = edited((gold) => ({ ...gold, must_include: ['ba nghìn cái ghế'] }))
    const report = gateReport(await evaluate(system, { golds: broken, forms: ['accented'] }), baseline, faultsOf(broken))
    expect(metricsOf(report)).toEqual(['gold', 'passed'])
    expect(report.failures[1]?.message).toContain(passing().id)
    expect(report.edited).toEqual([passing().id])
  })

  test('when the offsets of citations are shifted by one', async () => {
    const ask: EvaluatedSystem['ask'] = async (question) => {
      const body = await system.ask(question)
      return { ...body, citations: body.citations.map((citation) => ({ ...citation, start: citation.start + 1, end: citation.end + 1 })) }
    }
    const report = gateReport(await evaluate({ ...system, ask }, { golds, forms: ['accented'] }), baseline, [])
    expect(metricsOf(report)).toContain('exactQuotes')
    expect(metricsOf(report)).toContain('answers')
  })

  test('when a single quotation of all is not exact, however good the rest is', () => {
    const one = results.map((result) => (result.id === passing().id ? { ...result, exactCitations: result.citations - 1 } : result))
    expect(metricsOf(gateReport(one, baseline, []))).toEqual(['exactQuotes'])
  })

  test('when the BM25 leg is switched off', { timeout: 120_000 }, async () => {
    const { config, overrides } = variantOf('dense', workspace.config)
    const assistant = createAssistant(config, {}, overrides)
    const dense = await evaluate(await evaluatedSystem(assistant), { golds, forms: ['accented'] })
    await assistant.close()
    expect(metricsOf(gateReport(dense, baseline, []))).toEqual(expect.arrayContaining(['hit1', 'ndcg10']))
  })

  test('when a question breaks instead of being answered', async () => {
    const ask = () => Promise.reject(new Error('hỏng'))
    const report = gateReport(await evaluate({ ...system, ask }, { golds: golds.slice(0, 1), forms: ['accented'] }), undefined, [])
    expect(report.failures).toEqual([{ metric: 'errors', message: expect.stringMatching(/hỏng/) }])
  })
})

describe('the gate lets pass', () => {
  test('what is chance: two questions of many the other way round', () => {
    const fallen = new Set(
      results
        .filter(({ passed }) => passed)
        .slice(0, 2)
        .map(({ id }) => id),
    )
    const slightly = results.map((result) =>
      fallen.has(result.id) ? { ...result, passed: false, values: { ...result.values, passed: 0, answers: 0, abstention: -1 } } : result,
    )
    const report = gateReport(slightly, baseline, [])
    expect(report.failures).toEqual([])
    expect(report.flips.map(({ now }) => now.id).sort()).toEqual([...fallen].sort())
    expect(report.flips[0]?.answerBefore).not.toBe('')
  })

  test('what is better, and questions that are new', () => {
    const worse = results.map((result) => ({ ...result, values: { ...result.values, passed: 0, answers: 0, hit1: 0 } }))
    expect(gateReport(results, baselineOf(worse), []).failures).toEqual([])
    expect(gateReport(results, baselineOf(results.slice(5)), [])).toMatchObject({
      failures: [],
      added: results.slice(0, 5).map(({ id }) => id),
    })
  })
})

test('a run that was broken off goes on where it stopped, unless something else is asked', { timeout: 120_000 }, async () => {
  const request = {
    config: workspace.config,
    golds: golds.slice(0, 4),
    forms: ['accented'] as const,
    variants: ['served'],
    strictness: [],
    parallel: 1,
  }
  const all = await runEvaluation({ ...request, resume: false })
  const again = await runEvaluation({ ...request, golds: golds.slice(0, 6), resume: true })
  expect(again.runs[0]?.resumed).toBe(4)
  expect(again.runs[0]?.results.slice(0, 4)).toEqual(all.runs[0]?.results)
  const other = await runEvaluation({ ...request, config: { ...workspace.config, strictness: 0.9 }, resume: true })
  expect(other.runs[0]?.resumed).toBe(0)
  const anew = await runEvaluation({ ...request, resume: false })
  expect(anew.runs[0]?.resumed).toBe(0)
})
