// In: a plan such as "the 7th rename fails". Out: the same file system for everybody in this process, with that fault in it: calls
// that fail, writes that are cut short, or a crash, after which nothing reaches the disk any more.
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { Readable } from 'node:stream'
import { HnswGraph } from '../indexing/hnsw-graph.ts'

/** What is made to fail: the names of calls, in families. */
export const FAULT_FAMILIES = {
  write: ['writeFile', 'writeFileSync', 'handle.writeFile', 'handle.appendFile', 'writeIndex', 'copyFile'],
  sync: ['handle.sync', 'handle.datasync'],
  rename: ['rename', 'renameSync', 'link', 'rm', 'mkdir', 'open'],
  read: ['readFile', 'stat', 'readdir', 'createReadStream', 'readIndex'],
} as const

/** `fails` with an error of the system · `short` writes half and says nothing · `crash` fails, and all that follows too. */
export type FaultKind = 'fails' | 'short' | 'crash'

/** One fault. */
export interface Fault {
  readonly family: keyof typeof FAULT_FAMILIES
  /** From 1: which call of the family. */
  readonly nth: number
  readonly kind: FaultKind
  readonly code: string
}

type Call = (...args: unknown[]) => unknown
type Calls = Record<string, Call>

/** Runs `work` with a fault in the file system. Returns whether the fault was met. */
export async function withFault<T>(fault: Fault, work: () => Promise<T>): Promise<{ met: boolean; result: PromiseSettledResult<T> }> {
  const names: readonly string[] = FAULT_FAMILIES[fault.family]
  const undo: (() => void)[] = []
  let count = 0
  let met = false
  const failure = () => Object.assign(new Error(`${fault.code}: made to fail`), { code: fault.code })
  /** Decides about one call: undefined lets it pass. */
  const verdict = (name: string): 'fail' | 'short' | undefined => {
    if (met && fault.kind === 'crash') return 'fail'
    if (!names.includes(name) || ++count !== fault.nth) return undefined
    met = true
    return fault.kind === 'short' && fault.family === 'write' ? 'short' : 'fail'
  }
  const patch = (target: object, property: string, name: string, cutShort?: (call: Call, self: unknown, args: unknown[]) => unknown) => {
    const calls = target as Calls
    const original = calls[property] as Call
    calls[property] = function patched(this: unknown, ...args: unknown[]) {
      const decided = verdict(name)
      if (decided === undefined) return original.apply(this, args)
      if (decided === 'short' && cutShort !== undefined) return cutShort(original, this, args)
      if (name.endsWith('Sync')) throw failure()
      return name === 'createReadStream' ? broken(failure()) : Promise.reject(failure())
    }
    undo.push(() => {
      calls[property] = original
    })
  }
  const half = (call: Call, self: unknown, [file, content, ...rest]: unknown[]) => call.apply(self, [file, firstHalf(content), ...rest])
  const handle = await handlePrototype()
  patch(fs.promises, 'writeFile', 'writeFile', half)
  patch(fs, 'writeFileSync', 'writeFileSync', half)
  patch(fs, 'renameSync', 'renameSync')
  patch(handle, 'writeFile', 'handle.writeFile', (call, self, [content, ...rest]) => call.apply(self, [firstHalf(content), ...rest]))
  patch(handle, 'appendFile', 'handle.appendFile', (call, self, [content, ...rest]) => call.apply(self, [firstHalf(content), ...rest]))
  patch(HnswGraph.prototype, 'write', 'writeIndex', async (call, self, args) => {
    await call.apply(self, args)
    const { size } = fs.statSync(String(args[0]))
    fs.truncateSync(String(args[0]), Math.floor(size / 2))
  })
  patch(HnswGraph, 'open', 'readIndex')
  for (const name of ['sync', 'datasync']) patch(handle, name, `handle.${name}`)
  for (const name of ['rename', 'link', 'rm', 'mkdir', 'open', 'readFile', 'stat', 'readdir', 'copyFile']) patch(fs.promises, name, name)
  patch(fs, 'createReadStream', 'createReadStream')
  syncBuiltinESMExports()
  try {
    const [result] = await Promise.allSettled([work()])
    return { met, result: result as PromiseSettledResult<T> }
  } finally {
    for (const restore of undo) restore()
    syncBuiltinESMExports()
  }
}

function firstHalf(content: unknown): unknown {
  if (typeof content === 'string') return content.slice(0, Math.floor(content.length / 2))
  return content instanceof Uint8Array ? content.subarray(0, Math.floor(content.length / 2)) : content
}

/** A stream that fails when it is read. */
function broken(error: Error): Readable {
  return new Readable({
    read: function fail(this: Readable) {
      this.destroy(error)
    },
  })
}

async function handlePrototype(): Promise<object> {
  const file = await fs.promises.open('/dev/null', 'r')
  await file.close()
  return Object.getPrototypeOf(file) as object
}
