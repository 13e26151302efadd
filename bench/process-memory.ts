// In: the id of a process. Out: what it and all it has started hold in memory. Linux tells; elsewhere nothing is known.
import { readFileSync } from 'node:fs'

/** Resident memory of a process and everything below it, in MB of 2²⁰ bytes; pages shared between them count once for each. */
export function treeMemory(pid: number): number {
  return [pid, ...descendants(pid)].reduce((sum, each) => sum + residentKib(each), 0) / 1024
}

function descendants(pid: number): number[] {
  const children = textOf(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean).map(Number)
  return children.flatMap((child) => [child, ...descendants(child)])
}

function residentKib(pid: number): number {
  return Number(/VmRSS:\s+(\d+) kB/.exec(textOf(`/proc/${pid}/status`))?.[1] ?? 0)
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
