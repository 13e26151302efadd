// Counting syllables and pairs of neighbours, and its bounds.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CorpusSyllableCounts } from './accent-restoration-counts.ts'

function countsOf(...texts: string[]): CorpusSyllableCounts {
  const counts = new CorpusSyllableCounts()
  for (const text of texts) counts.add(text)
  return counts
}

describe('counts of the indexed documents', () => {
  it('count syllables whatever their case and tone placement', () => {
    const counts = countsOf('Hòa bình. HOÀ BÌNH.')
    expect(counts.count(counts.id('hòa'))).toBe(2)
    expect(counts.total).toBe(4)
  })

  it('count neighbours within a clause, not across its end', () => {
    const counts = countsOf('Hội nghị, hội nghị. Bế mạc')
    const pair = (first: string, second: string): number => counts.pairCount(counts.id(first), counts.id(second))
    expect(pair('hội', 'nghị')).toBe(2)
    expect(pair('nghị', 'hội')).toBe(1)
    expect(pair('nghị', 'bế')).toBe(0)
  })

  it('list the spellings of a folded syllable', () => {
    expect(countsOf('Tô Lâm dự, tổ chức, Trần Quốc Tỏ').spellings('to')).toEqual(['tô', 'tổ', 'tỏ'])
  })

  it('pass over texts typed without accents and texts in English', () => {
    expect(countsOf('hoi nghi cong an toan quoc lan thu 77', 'The minister spoke at the meeting.', '').total).toBe(0)
  })

  it('stop at the limit of syllables', () => {
    const counts = new CorpusSyllableCounts({ syllableLimit: 3 })
    for (let i = 0; i < 5; i++) counts.add('hội nghị')
    expect(counts.total).toBe(4)
  })

  it('know nothing of what they have not seen', () => {
    const counts = countsOf('hội nghị')
    expect(counts.id('mạc')).toBe(0)
    expect(counts.count(0)).toBe(0)
    expect(counts.pairCount(0, counts.id('hội'))).toBe(0)
  })

  it('agree with a plain map for any sequence', () => {
    const syllable = fc.constantFrom('hội', 'nghị', 'bộ', 'trưởng', 'tô', 'lâm', 'tỏ', 'quốc')
    fc.assert(
      fc.property(fc.array(syllable, { minLength: 2, maxLength: 300 }), (sequence) => {
        const counts = countsOf(sequence.join(' '))
        const [first = '', second = ''] = sequence
        const expected = sequence.filter((word, i) => word === second && sequence[i - 1] === first).length
        expect(counts.pairCount(counts.id(first), counts.id(second))).toBe(expected)
      }),
    )
  })

  it('forget the rarest pairs when full and keep the frequent ones', () => {
    const counts = new CorpusSyllableCounts({ pairLimit: 16 })
    const onsets = [...'bcdghklmnrstvx']
    for (const onset of onsets) counts.add(`hội nghị, ${onset}ắn ${onset}ố ${onset}ẻ`)
    expect(counts.pairCount(counts.id('hội'), counts.id('nghị'))).toBe(onsets.length)
    expect(counts.pairCount(counts.id('bắn'), counts.id('bố'))).toBe(0)
  })
})
