// In: nothing (types). Out: what a part of the benchmark is given and what it returns.
import type { BenchCorpora } from './corpora.ts'

/** Tells people how far the run is. */
export type Say = (line: string) => void

/** What a part of the benchmark works with. */
export interface BenchRun {
  /** Folder of question sets; undefined in a quick run. */
  readonly data: string | undefined
  /** Folder for corpora, indexes and vectors, kept between runs. */
  readonly cache: string
  readonly quick: boolean
  /** Undefined without data. */
  readonly corpora: BenchCorpora | undefined
  readonly say: Say
}

/** A figure with its spread over the rounds of the run. */
export interface Figure {
  /** Part of the run, a heading of the table. */
  readonly part: string
  readonly name: string
  readonly value: number
  /** Of the rounds: least and most. Absent for what is measured once. */
  readonly low?: number
  readonly high?: number
  /** `×` a ratio of two figures of the same run, else a unit. */
  readonly unit: '×' | 'ms' | 's' | 'MB' | 'share' | 'texts/s' | 'texts' | 'KB/text'
  /** What it should be at most, or at least. */
  readonly most?: number
  readonly least?: number
  /** Rounds or samples it comes from. */
  readonly n?: number
}

/** One system of the side-by-side table. */
export interface SystemRow {
  readonly system: string
  readonly indexSeconds: number
  readonly questionMs: number
  readonly memoryMb: number
  readonly recall: Readonly<Record<'accented' | 'unaccented', { readonly at1: number; readonly at5: number }>>
  readonly questions: number
  readonly documents: number
}
