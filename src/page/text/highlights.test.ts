import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fold } from './fold.ts'
import { findHits, paragraphsOf } from './highlights.ts'

const letters = fc.string({ unit: fc.constantFrom('a', 'á', 'ộ', 'đ', 'Đ', ' ', '\n', 'ß', 'İ', '😀', '<b>') })

test('folding keeps every unit in its place', () => {
  fc.assert(fc.property(fc.string(), (text) => void expect(fold(text).length).toBe(text.length)))
  expect(fold('Hội nghị Công an – ĐẢNG ủy')).toBe('hoi nghi cong an – dang uy')
})

test('pieces of all paragraphs are the text at their offsets, in order and without gaps', () => {
  fc.assert(
    fc.property(letters, fc.nat(40), fc.nat(40), fc.constantFrom('a', 'd', 'a a'), (text, start, length, wanted) => {
      const hits = findHits(text, wanted)
      const cited = start < text.length && length > 0 ? { start, end: Math.min(text.length, start + length) } : null
      for (const paragraph of paragraphsOf(text, cited, hits)) {
        const { pieces } = paragraph
        expect(pieces.map((piece) => text.slice(piece.start, piece.end)).join('')).toBe(text.slice(paragraph.start, paragraph.end))
        for (const piece of pieces) {
          expect(piece.cited).toBe(cited !== null && piece.start >= cited.start && piece.end <= cited.end)
          const within = hits.findIndex((hit) => hit.start <= piece.start && hit.end >= piece.end)
          expect(piece.hit).toBe(within === -1 ? null : within)
        }
      }
    }),
  )
})

test('words are found in any accents and letter case, across a line break too', () => {
  const text = 'Hội nghị\nCông an. HỘI NGHỊ.'
  expect(findHits(text, 'hoi nghi').map(({ start }) => start)).toEqual([0, 18])
  expect(findHits(text, 'nghị công').map(({ start, end }) => text.slice(start, end))).toEqual(['nghị\nCông'])
  expect(findHits(text, '   ')).toEqual([])
})

test('a cited span over several paragraphs is marked in each', () => {
  const paragraphs = paragraphsOf('một\n\nhai\nba', { start: 1, end: 8 }, [])
  expect(paragraphs.map(({ pieces }) => pieces.filter(({ cited }) => cited).length)).toEqual([1, 1, 0])
})
