import { expect, test } from 'vitest'
import { shownConferences } from './present.ts'

const all = Array.from({ length: 80 }, (_, ordinal) => {
  return {
    id: `c${ordinal}`,
    name: `Hội nghị ${ordinal}`,
    ordinal,
    date: null,
    from: null,
    to: null,
    isEvent: true,
    documentIds: [`d${ordinal}`],
  }
})

const ids = (searched: typeof all, found: typeof all) => shownConferences({ searched, nearest: [] }, found).map(({ id }) => id)

test('a refusal lists all that was searched while that is not too much', () => {
  expect(ids(all.slice(0, 50), all.slice(7, 9))).toEqual(all.slice(0, 50).map(({ id }) => id))
})

test('of very many conferences it lists those whose passages came nearest, then others', () => {
  const shown = ids(
    all,
    [all[77], all[3], all[77]].flatMap((one) => one ?? []),
  )
  expect(shown.slice(0, 4)).toEqual(['c77', 'c3', 'c0', 'c1'])
  expect(shown).toHaveLength(50)
})

test('a conference that was not searched is not listed as if it had been', () => {
  expect(ids(all.slice(0, 60), all.slice(70, 72))).not.toContain('c70')
})
