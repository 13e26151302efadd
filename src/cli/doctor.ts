// thuky doctor: looks at configuration, model, corpus and index, and says of each fault how to mend it. Changes nothing.
import { access, constants, statfs } from 'node:fs/promises'
import { type Assistant, createAssistant } from '../assistant.ts'
import type { Config } from '../config.ts'
import { codeOf, messageOf, ThukyError } from '../errors.ts'
import { isLoopbackHost } from '../server/access.ts'
import { listKeys } from '../server/api-keys.ts'
import type { CommandContext } from './command-context.ts'
import { translation } from './message-catalogue.ts'
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
  const translate = translation(config.language)
  if (json === true) process.stdout.write(`${JSON.stringify({ findings }, null, 2)}\n`)
  else
    for (const { subject, ok, detail } of findings)
      process.stdout.write(`${ok ? pc.green('✓') : pc.red('✗')} ${pc.bold(translate(subject))}: ${translate(detail)}\n`)
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
    findings.push(...(await folderFindings(config)), await accessFinding(config))
  } finally {
    await assistant.close()
  }
  return findings
}

async function modelFinding(assistant: Assistant, config: Config): Promise<Finding> {
  try {
    const { dimension, loadMs } = await assistant.model.start()
    await assistant.model.warm()
    const reader = assistant.reader === null ? 'no reader' : `reader ${assistant.reader}`
    return { subject: 'model', ok: true, detail: `${config.model}, ${dimension} dimensions, loaded in ${loadMs.toFixed(0)} ms; ${reader}` }
  } catch (error) {
    return { subject: 'model', ok: false, detail: messageOf(error) }
  }
}

/** Free space below which an index may soon not be writable, in bytes. */
const LITTLE_SPACE = 500 * 1024 * 1024

async function folderFindings({ corpusDir, indexDir }: Config): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const [subject, folder] of [
    ['corpus folder', corpusDir],
    ['index folder', indexDir],
  ] as const) {
    try {
      await access(folder, constants.W_OK)
      const { bavail, bsize } = await statfs(folder)
      const ok = bavail * bsize > LITTLE_SPACE
      const space = `${Math.floor((bavail * bsize) / 1024 / 1024)} MB free`
      findings.push({ subject, ok, detail: ok ? 'writable' : `${space}; make room before the disk is full.` })
    } catch (error) {
      const absent = codeOf(error) === 'ENOENT' && subject === 'index folder'
      if (!absent) findings.push({ subject, ok: false, detail: `cannot be written (${codeOf(error)}); make it writable.` })
    }
  }
  return findings
}

async function accessFinding({ host, public: isPublic, apiKeys, indexDir }: Config): Promise<Finding> {
  const stored = await listKeys(indexDir)
  const damaged = stored.filter(({ createdAt }) => createdAt === null).map(({ name }) => name)
  const count = apiKeys.length + stored.length
  const detail = `${host}, ${count} keys${isPublic ? ', everyone may read' : ''}`
  if (damaged.length > 0)
    return { subject: 'access', ok: false, detail: `The keys ${damaged.join(', ')} are damaged; remove them and make them again.` }
  if (count === 0 && !isPublic && !isLoopbackHost(host)) {
    return { subject: 'access', ok: false, detail: `${host} can be reached by other machines; make a key with thuky keys add NAME.` }
  }
  return { subject: 'access', ok: true, detail }
}

async function indexFindings(assistant: Assistant, config: Config): Promise<Finding[]> {
  try {
    const { place, generation, staleness, remedy, files, skipped } = await assistant.inspect()
    const empty = files === 0
    return [
      {
        subject: 'corpus',
        ok: !empty,
        detail: empty
          ? `There is no document in ${config.corpusDir}; put .md, .txt, .html, .pdf or .docx files there.`
          : `${files} files in ${config.corpusDir}`,
      },
      ...skipped.map(({ path, reason }) => ({ subject: path, ok: false, detail: `skipped: ${reason}` })),
      {
        subject: 'index',
        ok: staleness === undefined,
        detail: staleness === undefined ? `generation ${generation} in ${place}` : `out of date (${staleness}); run ${remedy}.`,
      },
    ]
  } catch (error) {
    const subject = error instanceof ThukyError && error.kind === 'corpus' ? 'corpus' : 'index'
    return [{ subject, ok: false, detail: messageOf(error) }]
  }
}
