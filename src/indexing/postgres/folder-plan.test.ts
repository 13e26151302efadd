import { describe, expect, test } from 'vitest'
import { type FolderComparison, type FolderSay, folderPlan, type KnownDocument } from './folder-plan.ts'

const file = (id: string, sha256: string) => ({ id, path: `${id}.md`, size: 1, mtimeMs: 1, sha256 })

/** A plan for one document: what lies in the folder, what lay there when, and what the database says. */
function planned({
  now,
  before,
  database,
  comparedAt = before === undefined ? -1 : before.seen,
  say = 'changes',
}: {
  now?: string
  before?: { sha256: string; seen: number }
  database?: KnownDocument
  comparedAt?: number
  say?: FolderSay
}) {
  const comparison: FolderComparison = {
    files: now === undefined ? [] : [file('a', now)],
    base: new Map(before === undefined ? [] : [['a.md', { ...file('a', before.sha256), seen: before.seen }]]),
    comparedAt,
    known: new Map(database === undefined ? [] : [['a', database]]),
    say,
  }
  const { put, remove, conflicts } = folderPlan(comparison)
  return { put: put.map(({ sha256 }) => sha256), remove, conflicts }
}

const nothing = { put: [], remove: [], conflicts: [] }

describe('what a folder has to say to a database', () => {
  test('nothing, when both hold the same', () => {
    expect(planned({ now: 'x', database: { generation: 9, sha256: 'x' } })).toEqual(nothing)
  })

  test('a file the database has never heard of, at the first meeting and later', () => {
    expect(planned({ now: 'x' }).put).toEqual(['x'])
    expect(planned({ now: 'x', comparedAt: 5 }).put).toEqual(['x'])
  })

  test('a file that was changed since both were in step', () => {
    expect(planned({ now: 'y', before: { sha256: 'x', seen: 5 }, database: { generation: 5, sha256: 'x' } }).put).toEqual(['y'])
  })

  test('a file that was deleted since both were in step', () => {
    expect(planned({ before: { sha256: 'x', seen: 5 }, database: { generation: 5, sha256: 'x' } }).remove).toEqual(['a'])
  })

  test('not the older state of what another server was given, replaced or removed', () => {
    const before = { sha256: 'x', seen: 5 }
    expect(planned({ now: 'x', before, database: { generation: 8, sha256: 'y' } })).toEqual(nothing)
    expect(planned({ now: 'x', before, database: { generation: 8, sha256: null } })).toEqual(nothing)
    expect(planned({ before, database: { generation: 8, sha256: 'y' } })).toEqual(nothing)
    expect(planned({ now: 'x', database: { generation: 8, sha256: 'y' } })).toEqual(nothing)
    expect(planned({ now: 'x', database: { generation: 8, sha256: null } })).toEqual(nothing)
  })

  test('what was changed on both sides is named, and the database stays', () => {
    const both = planned({ now: 'z', before: { sha256: 'x', seen: 5 }, database: { generation: 8, sha256: 'y' } })
    expect(both).toEqual({ put: [], remove: [], conflicts: ['a.md'] })
  })

  test('everything it holds when it is to win, and what it does not hold when it is to be matched exactly', () => {
    const database = { generation: 8, sha256: 'y' }
    expect(planned({ now: 'x', database, say: 'folder' })).toEqual({ put: ['x'], remove: [], conflicts: [] })
    expect(planned({ database, say: 'folder' })).toEqual(nothing)
    expect(planned({ database, say: 'exactly' })).toEqual({ put: [], remove: ['a'], conflicts: [] })
    expect(planned({ database: { generation: 8, sha256: null }, say: 'exactly' })).toEqual(nothing)
  })
})
