// The bundled model: its probabilities are probabilities, and damaged bytes are refused.
import { describe, expect, it } from 'vitest'
import { AccentModel } from './accent-model.ts'
import { readAccentModel } from './accent-model-file.ts'

describe('the bundled accent model', () => {
  const model = readAccentModel()
  const afterPair = (first: string, second: string, next: string): number => {
    const [a, b] = [model.id(first), model.id(second)]
    return model.logProbability(model.pair(a, b), b, model.id(next))
  }

  it('knows how to spell a folded syllable, most frequent first', () => {
    const spellings = model.spellings('khong').map((id) => model.word(id))
    expect(spellings[0]).toBe('không')
    expect(spellings).toContain('khổng')
  })

  it('prefers the syllable that the two before it call for', () => {
    expect(afterPair('bao', 'nhiêu', 'người')).toBeGreaterThan(afterPair('bao', 'nhiêu', 'ngươi'))
    expect(afterPair('là', 'bao', 'nhiêu')).toBeGreaterThan(-1)
  })

  it('spreads one unit of probability over the syllables after any pair', () => {
    for (const pair of [
      ['hội', 'nghị'],
      ['công', 'an'],
      ['zzz', 'an'],
      ['<s>', 'ai'],
    ] as const) {
      const ids = Array.from({ length: 65_536 }, (_, id) => id).filter((id) => model.word(id) !== '')
      const sum = ids.reduce((total, id) => total + Math.exp(afterPair(pair[0], pair[1], model.word(id))), 0)
      expect(sum).toBeGreaterThan(0.9)
      expect(sum).toBeLessThan(1.1)
    }
  })

  it('knows folded syllables in general use, not foreign words', () => {
    expect(['hoi', 'nghi', 'truong'].map((folded) => model.knowsFolded(folded))).toEqual([true, true, true])
    expect(['hooij', 'police', 'xyz'].map((folded) => model.knowsFolded(folded))).toEqual([false, false, false])
  })
})

describe('bytes that are no accent model', () => {
  it.each([
    ['nothing', 0],
    ['zeros', 64],
  ])('are refused: %s', (_, length) => {
    expect(() => new AccentModel(new Uint8Array(length))).toThrow()
  })
})
