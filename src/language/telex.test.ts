// Telex and VNI keys left in questions, and what only looks like them.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fold } from './folding.ts'
import { decodeTypingResidue } from './telex.ts'
import { typedSyllable } from './telex-keys.ts'
import { hasSyllableShape, isWellSpelt, withTone } from './telex-syllable.ts'

const KNOWN = new Set(
  fold(
    'hội nghị lần thứ bộ trưởng tô lâm phát biểu gì công an toàn quốc kết thúc khi nào là ai làm đà nẵng người hí thỏ ma tư á mưa',
  ).split(' '),
)
const decoded = (text: string): string => decodeTypingResidue(text, (folded) => KNOWN.has(folded))

describe('typing residue in a question', () => {
  it.each([
    ['hooij nghij laanf thuws 77', 'hội nghị lần thứ 77'],
    ['ho65i nghi5 la62n thu71 77', 'hội nghị lần thứ 77'],
    ['Booj truwowngr Too Laam phats bieeur gif?', 'Bộ trưởng Tô Lâm phát biểu gì?'],
    ['hooij nghij coong an toanf quoocs keets thucs khi naof', 'hội nghị công an toàn quốc kết thúc khi nào'],
    ['TOO LAAM', 'TÔ LÂM'],
    ['DDaf Nawngx', 'Đà Nẵng'],
    ['ai lafm bộ trưởng', 'ai làm bộ trưởng'],
    ['bộ trưởng Tô Lâm là ngwowif nào', 'bộ trưởng Tô Lâm là người nào'],
  ])('%s → %s', (typed, expected) => {
    expect(decoded(typed)).toBe(expected)
  })

  it.each([
    'hoi nghi lan thu 77',
    'Hội nghị lần thứ 77',
    'What did the minister say? Who is his deputy?',
    'What was said at the end of 2021 about online services for fire prevention?',
    'Max là ai? Thor là ai?',
    'Paris, Texas, taxi, TW, XIX, A08, T6, covid19',
    '',
  ])('stays: %s', (text) => {
    expect(decoded(text)).toBe(text)
  })

  it('never touches tokens that are known or not ASCII', () => {
    const token = fc.constantFrom('hội', 'nghij', 'hoi', 'an', 'thuws', 'the', '77', 'Tô', 'laam')
    fc.assert(
      fc.property(fc.array(token, { maxLength: 12 }), (tokens) => {
        const result = decoded(tokens.join(' ')).split(' ')
        const kept = tokens.map((each, i) => !['nghij', 'thuws', 'laam'].includes(each) && result[i] !== each)
        expect(kept).not.toContain(true)
      }),
    )
  })
})

describe('the keys of one syllable', () => {
  it.each([
    ['truwowngf', 'trường'],
    ['truongwf', 'trường'],
    ['nguoiwf', 'người'],
    ['nguoi72', 'người'],
    ['hoaf', 'hòa'],
    ['hoafn', 'hoàn'],
    ['quys', 'quý'],
    ['giaf', 'già'],
    ['gif', 'gì'],
    ['thuowr', 'thuở'],
    ['luuw', 'lưu'],
    ['guiwr', 'gửi'],
    ['hoawcj', 'hoặc'],
    ['dangd', 'đang'],
    ['d9a8ng5', 'đặng'],
    ['tw', 'tư'],
  ])('%s spell %s', (keys, syllable) => {
    expect(typedSyllable(keys)?.text).toBe(syllable)
  })

  it.each(['police', 'first', 'minister', 'hoi', 'hatf', 'marx', 'ss', '1a', ''])('%s spell nothing', (keys) => {
    expect(typedSyllable(keys)).toBeUndefined()
  })

  it('make well-spelt syllables only', () => {
    const keys = fc.string({ unit: fc.constantFrom(...'aeiouydwsfrxjhntgc1569'), maxLength: 8 })
    fc.assert(
      fc.property(keys, (typed) => {
        const syllable = typedSyllable(typed)
        if (syllable) expect(isWellSpelt(syllable.text)).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('the shape of syllables', () => {
  it('tells Vietnamese spelling from other', () => {
    expect(['truong', 'nghieng', 'an', 'quy', 'gi', 'uyen'].filter(hasSyllableShape)).toHaveLength(6)
    expect(['first', 'police', 'w', '', 'fan', 'ab'].filter(hasSyllableShape)).toEqual([])
  })

  it('allows stop codas only sắc and nặng', () => {
    expect([1, 2, 3, 4, 5].map((tone) => withTone('tac', tone))).toEqual(['tác', undefined, undefined, undefined, 'tạc'])
  })

  it('knows where the tone mark belongs', () => {
    expect(['trưởng', 'hòa', 'thủy', 'khuỷu', 'giếng', 'quý', 'ủy'].filter((each) => !isWellSpelt(each))).toEqual([])
    expect(['trưỏng', 'truởng', 'hoà', 'đòan'].filter(isWellSpelt)).toEqual([])
  })
})
