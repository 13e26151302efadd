import { describe, expect, test } from 'vitest'
import { repairTypos, type SyllableLexicon } from './typos.ts'

/** Knows the syllables of a few phrases and which stand next to each other in them. */
function lexiconOf(...phrases: string[]): SyllableLexicon {
  const words = new Set(phrases.flatMap((phrase) => phrase.split(' ')))
  return {
    knows: (folded) => words.has(folded),
    pairs: (left, right) => phrases.filter((phrase) => ` ${phrase} `.includes(` ${left} ${right} `)).length,
  }
}

describe('repairTypos', () => {
  const lexicon = lexiconOf('thuong tuong luong tam quang', 'hoi nghi cong an toan quoc', 'luon luon')

  test.each([
    ['thuong tuong luog tam quang', 'thuong tuong luong tam quang'],
    ['hoi nghi cogn an', 'hoi nghi cong an'],
    ['hoi nghhi cong an', 'hoi nghi cong an'],
    ['hoi ngi cong an?', 'hoi nghi cong an?'],
  ])('%s → %s', (typed, meant) => {
    expect(repairTypos(typed, lexicon)).toBe(meant)
  })

  test('a Roman numeral is no mistyped syllable', () => {
    expect(repairTypos('lien hoan lan thu VII', lexiconOf('lan thu vi'))).toBe('lien hoan lan thu VII')
  })

  test('a long foreign name is mended and stays a name', () => {
    const names = lexiconOf('winston churchill gap', 'emanuel libman noi')
    expect(repairTypos('Thu tuong Winston Chirchill', names)).toBe('Thu tuong Winston Churchill')
    expect(repairTypos('Emmanuel', names)).toBe('Emanuel')
    expect(repairTypos('Marlborough', names)).toBe('Marlborough')
  })

  test('leaves known syllables, numbers and words without a confirming neighbour as they are', () => {
    for (const text of ['luon luon', 'covid19 2021', 'microsoft', 'xyzzy tam']) expect(repairTypos(text, lexicon)).toBe(text)
  })
})
