#!/usr/bin/env node
// The command line. In: arguments. Out: one command run, its exit status: 0 done, 1 failed, 2 wrong usage, 3 not answerable.
// Commands are loaded when they are called, so that help and mistakes cost nothing.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Command, CommanderError, InvalidArgumentError } from 'commander'
import { type Config, loadConfig } from '../config.ts'
import { messageOf, ThukyError } from '../errors.ts'
import { packageRoot } from '../package-root.ts'
import type { CommandContext } from './command-context.ts'
import { helpTexts } from './help-texts.ts'
import { translation } from './message-catalogue.ts'

interface GlobalOptions {
  readonly corpus?: string
  readonly index?: string
  readonly verbose?: boolean
}

type Run<Options> = (context: CommandContext, argument: string, options: Options) => Promise<number>

const startedAt = performance.now()
const version = (JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')) as { version: string }).version
const locale = process.env['THUKY_LANG'] || process.env['LANG'] || ''
const texts = helpTexts(locale)
const translate = translation(locale)

function wholeNumber(least: number, most: number): (value: string) => number {
  return (value) => {
    const number = Number(value)
    if (!Number.isInteger(number) || number < least || number > most) throw new InvalidArgumentError(texts.wholeNumber(least, most))
    return number
  }
}

function storeName(value: string): string {
  if (value !== 'hnsw' && value !== 'pgvector') throw new InvalidArgumentError(texts.storeName)
  return value
}

/** A message of the argument parser as one sentence. */
const sentence = (message: string) =>
  message
    .replace(/^error: /, '')
    .trim()
    .replace(/\s*\n\s*/g, ' ')

const collect = (value: string, values: string[] = []) => [...values, value]

/** Wraps a command: configuration from flags and environment, its return value as exit status. */
function action<Options>(load: () => Promise<Run<Options>>) {
  return async (...received: unknown[]) => {
    const command = received.at(-1) as Command
    const argument = typeof received[0] === 'string' ? received[0] : Array.isArray(received[0]) ? received[0].join(' ') : ''
    const options = command.optsWithGlobals<GlobalOptions & { host?: string; port?: string }>()
    const config: Config = loadConfig(options)
    const run = await load()
    process.exitCode = await run({ config, version, verbose: options.verbose === true, startedAt }, argument, options as Options)
  }
}

const program = new Command('thuky')
  .description(texts.program)
  .version(version, '-V, --version', texts.version)
  .option('--corpus <dir>', texts.corpus)
  .option('--index <dir>', texts.index)
  .option('--verbose', texts.verbose)
  .exitOverride()
  .configureOutput({ outputError: (message, write) => write(`thuky: ${translate(sentence(message))} ${texts.seeHelp}\n`) })
  .configureHelp({ showGlobalOptions: true, styleTitle: translate })
  .helpOption('-h, --help', texts.help)
  .helpCommand('help [command]', texts.help)

program
  .command('ask <question...>')
  .description(texts.ask)
  .option('--json', texts.json)
  .option('--conference <id>', texts.conference, collect)
  .option('--top-k <n>', texts.topK(20), wholeNumber(1, 20), 5)
  .action(action(async () => (await import('./ask.ts')).ask))
program
  .command('chat')
  .description(texts.chat)
  .action(action(async () => (await import('./chat.ts')).chat))
program
  .command('search <question...>')
  .description(texts.search)
  .option('--json', texts.json)
  .option('--explain', texts.explain)
  .option('--conference <id>', texts.conference, collect)
  .option('--top-k <n>', texts.topK(100), wholeNumber(1, 100), 10)
  .action(action(async () => (await import('./search.ts')).search))
program
  .command('index')
  .description(texts.indexCommand)
  .option('--rebuild', texts.rebuild)
  .option('--watch', texts.watch)
  .action(action(async () => (await import('./index-corpus.ts')).indexCorpus))
program
  .command('serve')
  .description(texts.serve)
  .option('--host <host>', texts.host)
  .option('--port <port>', texts.port, (value) => String(wholeNumber(0, 65535)(value)))
  .action(action(async () => (await import('./serve.ts')).serve))
program
  .command('mcp')
  .description(texts.mcp)
  .action(action(async () => (await import('./mcp.ts')).mcp))
program
  .command('doctor')
  .description(texts.doctor)
  .option('--json', texts.json)
  .action(action(async () => (await import('./doctor.ts')).doctor))
const evaluation = program
  .command('eval')
  .description(texts.evaluate)
  .option('--gold <file>', texts.gold, collect)
  .option('--json', texts.json)
  .option('--report <dir>', texts.report)
  .option('--forms <names>', texts.forms, 'accented,unaccented,nfd,newtone,upper,polite')
  .option(
    '--variant <name>',
    texts.variant('served, dense, bm25, rrf, features, strictness=0.2, without=words, reader=off, model=DIR, …'),
    collect,
  )
  .option('--baseline <file>', texts.baseline)
  .option('--update-baseline', texts.updateBaseline)
  .option('--resume', texts.resume)
  .option('--parallel <n>', texts.parallel, wholeNumber(1, 64), 2)
  .action(action(async () => (await import('./eval.ts')).evaluateGold))
evaluation
  .command('draft')
  .description(texts.draft)
  .option('--out <file>', texts.out, 'gold.jsonl')
  .option('--all', texts.all)
  .option('--from-feedback', texts.fromFeedback)
  .action(action(async () => (await import('./eval-draft.ts')).draft))

program
  .command('backup <file>')
  .description(texts.backup)
  .action(action(async () => (await import('./backup.ts')).backup))
program
  .command('restore <file>')
  .description(texts.restore)
  .action(action(async () => (await import('./backup.ts')).restore))
program
  .command('migrate')
  .description(texts.migrate)
  .option('--to <store>', texts.migrateTo, storeName)
  .action(action(async () => (await import('./migrate.ts')).migrate))
const keys = program.command('keys').description(texts.keys)
keys
  .command('add <name>')
  .description(texts.keysAdd)
  .action(action(async () => (await import('./keys.ts')).addKeyCommand))
keys
  .command('list')
  .description(texts.keysList)
  .action(action(async () => (await import('./keys.ts')).listKeysCommand))
keys
  .command('remove <name>')
  .description(texts.keysRemove)
  .action(action(async () => (await import('./keys.ts')).removeKeyCommand))

function failed(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  const verbose = process.argv.includes('--verbose')
  const words = error instanceof ThukyError ? translate(error.message) : texts.unexpected(messageOf(error))
  process.stderr.write(`thuky: ${words}\n${verbose && error instanceof Error ? `${error.stack}\n` : ''}`)
  return error instanceof ThukyError && error.kind === 'usage' ? 2 : 1
}

/** Whoever reads the output may have seen enough (`thuky search … | head`). */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') process.exit(failed(error))
})

try {
  await program.parseAsync()
} catch (error) {
  process.exitCode = failed(error)
}
