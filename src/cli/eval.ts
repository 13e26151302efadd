// thuky eval: asks gold questions and says how good the answers are. Exit status 1 when something fell below the baseline.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ThukyError } from '../errors.ts'
import { baselineOf } from '../evaluation/baseline.ts'
import { type EvaluationReport, evaluationReport } from '../evaluation/evaluation-report.ts'
import { readBaseline, readGold, writeBaseline } from '../evaluation/gold-files.ts'
import { QUESTION_FORM_NAMES, type QuestionForm } from '../evaluation/question-forms.ts'
import { runEvaluation } from '../evaluation/run-evaluation.ts'
import { terminalReport } from '../evaluation/terminal-report.ts'
import { FEATURE_VARIANTS, SERVED } from '../evaluation/variant.ts'
import type { CommandContext } from './command-context.ts'
import { pc, terminalEvents, terminalProgress } from './terminal.ts'

/** Options of the command. */
export interface EvalOptions {
  readonly gold?: readonly string[]
  readonly json?: boolean
  readonly report?: string
  readonly forms: string
  readonly variant?: readonly string[]
  readonly baseline?: string
  readonly updateBaseline?: boolean
  readonly resume?: boolean
  readonly parallel: number
}

/** Settings of THUKY_STRICTNESS tried for the curve of a report. */
const STRICTNESS = [0, 0.25, 0.75, 1]

/** How often progress is told where there is no terminal. */
const TELL_EVERY_MS = 10_000

/** Runs the command. */
export async function evaluateGold({ config, version }: CommandContext, _argument: string, options: EvalOptions): Promise<number> {
  const hasDocument = (id: string) =>
    ['md', 'txt', 'html', 'pdf', 'docx'].some((type) => existsSync(join(config.corpusDir, `${id}.${type}`)))
  const { names, golds, baselinePath } = readGold({ gold: options.gold, baseline: options.baseline, hasDocument })
  const forms = formsOf(options.forms)
  const variants = (options.variant ?? [SERVED]).flatMap((name) => (name === 'features' ? [SERVED, ...FEATURE_VARIANTS] : name))
  if (options.updateBaseline === true && variants[0] !== SERVED) {
    throw new ThukyError('usage', `A baseline is made of the product as it is served; leave out --variant or name ${SERVED} first.`)
  }
  const run = await runEvaluation({
    config,
    golds,
    forms,
    variants: [...new Set(variants)],
    strictness: options.report === undefined ? [] : STRICTNESS,
    parallel: options.parallel,
    resume: options.resume === true,
    events: terminalEvents(config.language),
    onProgress: terminalProgress(TELL_EVERY_MS),
  })
  const baseline = readBaseline(baselinePath)
  const report = evaluationReport(run, { product: version, gold: names, forms, baseline, now: new Date() })
  if (options.json === true) process.stdout.write(`${JSON.stringify(withoutResults(report), null, 2)}\n`)
  else process.stdout.write(terminalReport(report, pc, config.language))
  if (options.report !== undefined) await writeReport(options.report, report, config.language)
  if (options.updateBaseline === true) return updateBaseline(baselinePath, report)
  return report.gate.failures.length === 0 ? 0 : 1
}

function formsOf(text: string): QuestionForm[] {
  return text.split(',').map((name) => {
    const form = QUESTION_FORM_NAMES.find((each) => each === name)
    if (form === undefined) throw new ThukyError('usage', `There is no form "${name}"; choose from ${QUESTION_FORM_NAMES.join(', ')}.`)
    return form
  })
}

/** What does not depend on a baseline may never be taken into one. */
const ALWAYS = new Set(['gold', 'exactQuotes', 'errors'])

function updateBaseline(path: string, { gate, results }: EvaluationReport): number {
  if (gate.failures.some(({ metric }) => ALWAYS.has(metric))) {
    process.stderr.write('The baseline stays as it is: mend what failed first.\n')
    return 1
  }
  const { changes, flips, added, removed, edited } = gate
  for (const { metric, form, before, now } of changes.filter((change) => change.form === 'all')) {
    process.stderr.write(`${metric} (${form}): ${(100 * before).toFixed(1)} → ${(100 * now).toFixed(1)} %\n`)
  }
  for (const { now } of flips)
    process.stderr.write(`${now.id} (${now.form}): ${now.passed ? 'passes now' : `fails now: ${now.why.join('; ')}`}\n`)
  for (const [word, ids] of Object.entries({ added, removed, edited }))
    if (ids.length > 0) process.stderr.write(`${word}: ${ids.join(', ')}\n`)
  writeBaseline(path, baselineOf(results))
  process.stderr.write(`The baseline is written: ${path}\n`)
  return 0
}

async function writeReport(folder: string, report: EvaluationReport, language: 'vi' | 'en'): Promise<void> {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'report.json'), `${JSON.stringify(report)}\n`)
  const { htmlReport } = await import('../evaluation/html-report.ts')
  writeFileSync(join(folder, 'index.html'), await htmlReport(report, language))
  process.stderr.write(`${join(folder, 'index.html')}\n`)
}

function withoutResults({ results: _, ...report }: EvaluationReport): object {
  return report
}
