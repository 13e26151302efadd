// thuky doctor: looks at configuration, model, corpus and index, and says of each fault how to mend it. Changes nothing.
import { type Assistant, createAssistant } from '../assistant.ts'
import type { Config } from '../config.ts'
import { messageOf } from '../errors.ts'
import type { CommandContext } from './command-context.ts'
import { pc } from './terminal.ts'

/** Options of the command. */
export interface DoctorOptions {
  readonly json?: boolean
}

/** One thing looked at. */
interface Finding {
  readonly subject: string
  readonly ok: boolean
  readonly detail: string
}

/** Runs the command; exit status 1 when something has to be mended. */
export async function doctor({ config }: CommandContext, _argument: string, { json }: DoctorOptions): Promise<number> {
  const findings = await examine(config)
  if (json === true) process.stdout.write(`${JSON.stringify({ findings }, null, 2)}\n`)
  else
    for (const { subject, ok, detail } of findings)
      process.stdout.write(`${ok ? pc.green('✓') : pc.red('✗')} ${pc.bold(subject)}: ${detail}\n`)
  return findings.every(({ ok }) => ok) ? 0 : 1
}

async function examine(config: Config): Promise<Finding[]> {
  const findings: Finding[] = [{ subject: 'Node.js', ok: true, detail: process.version }]
  let assistant: Assistant
  try {
    assistant = createAssistant(config)
  } catch (error) {
    return [...findings, { subject: 'configuration', ok: false, detail: messageOf(error) }]
  }
  try {
    findings.push(await modelFinding(assistant, config))
    findings.push(...(await indexFindings(assistant, config)))
  } finally {
    await assistant.close()
  }
  return findings
}

async function modelFinding(assistant: Assistant, config: Config): Promise<Finding> {
  try {
    const { dimension, loadMs } = await assistant.model.start()
    return { subject: 'model', ok: true, detail: `${config.model}, ${dimension} dimensions, loaded in ${loadMs.toFixed(0)} ms` }
  } catch (error) {
    return { subject: 'model', ok: false, detail: messageOf(error) }
  }
}

async function indexFindings(assistant: Assistant, config: Config): Promise<Finding[]> {
  try {
    const { listing, manifest, staleness } = await assistant.inspect()
    const skipped = [...listing.skipped, ...(staleness === undefined ? (manifest?.skipped ?? []) : [])]
    const unique = [...new Map(skipped.map((file) => [file.path, file])).values()]
    const empty = listing.files.length === 0
    return [
      {
        subject: 'corpus',
        ok: !empty,
        detail: empty
          ? `There is no document in ${config.corpusDir}; put .md, .txt or .docx files there.`
          : `${listing.files.length} files in ${config.corpusDir}`,
      },
      ...unique.map(({ path, reason }) => ({ subject: path, ok: false, detail: `skipped: ${reason}` })),
      {
        subject: 'index',
        ok: staleness === undefined,
        detail:
          staleness === undefined
            ? `generation ${manifest?.generation} in ${config.indexDir}`
            : `out of date (${staleness}); run thuky index.`,
      },
    ]
  } catch (error) {
    return [{ subject: 'corpus', ok: false, detail: messageOf(error) }]
  }
}
