// In: nothing. Out: a folder of its own with a copy of the corpus and an index that fits it, and the command line as it ships
// to run there. The index is made once for all test files of a run and copied, for making it takes seconds.
import { type ChildProcess, spawn } from 'node:child_process'
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Config, loadConfig } from '../config.ts'
import { packageRoot } from '../package-root.ts'

/** A folder to work in. */
export interface Workspace {
  readonly folder: string
  readonly corpusDir: string
  readonly indexDir: string
  /** Configuration of this folder, listening on a free port, without a log. */
  readonly config: Config
  remove(): Promise<void>
}

/** What a command left behind. */
export interface CommandResult {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Settings of a command. */
export interface CommandOptions {
  readonly env?: Readonly<Record<string, string>>
  /** Default: the workspace's folder, whose corpus and index it then uses. */
  readonly cwd?: string
}

const BASE = 'thuky-faces-base-'

/**
 * Makes a workspace.
 * @param indexed whether it has an index already; default true
 * @param documents file names of the corpus to take; default all
 */
export async function makeWorkspace({
  indexed = true,
  documents,
}: {
  indexed?: boolean
  documents?: readonly string[]
} = {}): Promise<Workspace> {
  const folder = await mkdtemp(join(tmpdir(), 'thuky-faces-'))
  const [corpusDir, indexDir] = [join(folder, 'corpus'), join(folder, 'index')]
  const wanted = documents ?? (await readdir(join(packageRoot(), 'corpus')))
  for (const name of wanted) await cp(join(packageRoot(), 'corpus', name), join(corpusDir, name), { recursive: true })
  if (indexed) await cp(await baseIndex(), indexDir, { recursive: true })
  const config = loadConfig({ corpus: corpusDir, index: indexDir, port: '0' }, { THUKY_LOG_LEVEL: 'silent' }, folder)
  return { folder, corpusDir, indexDir, config, remove: () => rm(folder, { recursive: true, force: true }) }
}

/** Runs `thuky` to its end. */
export function thuky(folder: string, args: readonly string[], options: CommandOptions = {}): Promise<CommandResult> {
  return ended(startThuky(folder, args, options))
}

/** Starts `thuky` in a workspace, with nothing of this process's own THUKY settings. */
export function startThuky(folder: string, args: readonly string[], { env = {}, cwd = folder }: CommandOptions = {}): ChildProcess {
  const main = join(packageRoot(), 'dist', 'cli', 'main.js')
  return spawn(process.execPath, [main, ...args], { cwd, env: { ...plainEnvironment(), ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
}

/** This process's environment without what would change the product's behaviour. */
export function plainEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(THUKY_|LANG$|NODE_OPTIONS$|VITEST)/.test(name)))
}

/** What a process printed, and its exit status; null when a signal ended it. */
export async function ended(child: ChildProcess): Promise<CommandResult> {
  const [stdout, stderr] = [textOf(child.stdout), textOf(child.stderr)]
  const status = await new Promise<number | null>((resolve) => child.once('close', resolve))
  return { status, stdout: await stdout, stderr: await stderr }
}

/** Ids of the processes a process has started. */
export async function childrenOf(pid: number): Promise<number[]> {
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')
  return children.split(' ').filter(Boolean).map(Number)
}

/** Whether a process runs; one that has ended and waits to be collected does not. */
export async function runs(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  return stat !== '' && stat.slice(stat.lastIndexOf(')') + 2)[0] !== 'Z'
}

async function textOf(stream: ChildProcess['stdout']): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of stream ?? []) parts.push(part)
  return Buffer.concat(parts).toString('utf8')
}

/** Index over the whole corpus, made by the first test file that asks for it; the others wait at the writer's lock. */
async function baseIndex(): Promise<string> {
  const bases = (await readdir(tmpdir())).filter((name) => name.startsWith(BASE))
  for (const name of bases)
    if (!(await runs(Number(name.slice(BASE.length))))) await rm(join(tmpdir(), name), { recursive: true, force: true })
  const folder = join(tmpdir(), `${BASE}${process.ppid}`)
  const corpus = join(packageRoot(), 'corpus')
  const { status, stderr } = await thuky(tmpdir(), ['index', '--corpus', corpus, '--index', folder])
  if (status !== 0) throw new Error(`The index for the tests could not be made: ${stderr}`)
  return folder
}
