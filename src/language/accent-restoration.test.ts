// The bundled model and two small corpora: what comes back for plain, half-accented, accented and foreign questions.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readAccentModel } from './accent-model-file.ts'
import { AccentRestorer } from './accent-restoration.ts'
import { CorpusSyllableCounts } from './accent-restoration-counts.ts'
import { fold } from './folding.ts'

const model = readAccentModel()
const restorer = new AccentRestorer(model)
const restored = (text: string): string => restorer.restore(text).text

const ACCENTED = [
  'Hội nghị diễn ra ở đâu và khi nào?',
  'công an xã là ai',
  'Bộ trưởng yêu cầu những gì trong năm 2022?',
  'Cho tôi biết trong đó có bao nhiêu cán bộ, chiến sĩ.',
  'Ai chủ trì hội nghị sơ kết 6 tháng đầu năm?',
  'hoà bình, thuỷ lợi, quý I, Uỷ ban',
]

describe('a question without accents', () => {
  it.each([
    ['hoi nghi lan thu 77 dien ra khi nao', 'hội nghị lần thứ 77 diễn ra khi nào'],
    ['Cong an xa co nhiem vu gi?', 'Công an xã có nhiệm vụ gì?'],
    ['bao nhieu nguoi bi phat', 'bao nhiêu người bị phạt'],
    ['dich vu online la gi', 'dịch vụ online là gì'],
  ])('gets them: %s', (plain, accented) => {
    expect(restored(plain)).toBe(accented)
  })

  it('keeps capitals, spacing and punctuation', () => {
    expect(restored('BO TRUONG,  phat bieu:\n"gi"?')).toBe('BỘ TRƯỞNG,  phát biểu:\n"gì"?')
  })

  it('says that it changed and how sure it is', () => {
    const { changed, confidence } = restorer.restore('cong an xa co nhiem vu gi')
    expect(changed).toBe(true)
    expect(confidence).toBeGreaterThan(0.9)
  })

  it('is less sure of a name it does not know', () => {
    expect(restorer.restore('to lam').confidence).toBeLessThan(0.7)
  })
})

describe('a half-accented question', () => {
  it.each([
    ['hội nghi lan thứ 77', 'hội nghị lần thứ 77'],
    ['bộ truong phát bieu gì', 'bộ trưởng phát biểu gì'],
  ])('is completed: %s', (half, whole) => {
    expect(restored(half)).toBe(whole)
  })

  it('loses marks that no Vietnamese syllable has', () => {
    expect(restored('bộ trưỏng và thứ truởng')).toBe('bộ trưởng và thứ trưởng')
  })
})

describe('what stays as it is', () => {
  it.each(ACCENTED)('a question with all its accents: %s', (text) => {
    expect(restorer.restore(text)).toEqual({ text, changed: false, confidence: 1 })
  })

  it.each([
    'What did the minister say at the 77th conference?',
    'Who is Luong Tam Quang?',
    'Is To Lam the minister?',
    'Microsoft Windows 11',
    'UBND, BCA, COVID-19',
    '12/2021',
    '',
  ])('English, foreign names, acronyms and numbers: %s', (text) => {
    expect(restorer.restore(text)).toEqual({ text, changed: false, confidence: 1 })
  })

  it('an acronym that could be a syllable', () => {
    expect(restored('nhiem vu cua CA la gi')).toBe('nhiệm vụ của CA là gì')
  })
})

describe('with counts of the indexed documents', () => {
  const corpus = new CorpusSyllableCounts()
  const adapted = new AccentRestorer(model, { corpus })
  corpus.add('Bộ trưởng Tô Lâm phát biểu bế mạc. Đại tướng Tô Lâm đề nghị. Thượng tướng Trần Quốc Tỏ dự. Thượng tướng Lương Tam Quang dự.')

  it.each([
    ['bo truong to lam phat bieu gi', 'bộ trưởng tô lâm phát biểu gì'],
    ['BO TRUONG TO LAM', 'BỘ TRƯỞNG TÔ LÂM'],
    ['tran quoc to va luong tam quang la ai', 'trần quốc tỏ và lương tam quang là ai'],
  ])('names come out right: %s', (plain, accented) => {
    expect(adapted.restore(plain).text).toBe(accented)
  })

  it('knows syllables that only the corpus has', () => {
    corpus.add('Xã Đoỏng ở đâu? Xã Đoỏng có ai? Xã Đoỏng là xã nào?')
    expect(adapted.restore('xa doong co ai').text).toBe('xã đoỏng có ai')
  })
})

describe('marks that no Vietnamese letter has', () => {
  it.each(['\u{1D157}\u{1D165}À', 'a\u{1D165} gi', 'ế\u0302', 'A\u0327 la ai'])('stand as they are: %s', (text) => {
    const { text: result } = restorer.restore(text)
    expect(fold(result)).toBe(fold(text))
    expect(result).toHaveLength(text.length)
  })
})

describe('for any text', () => {
  const word = fc.constantFrom(...ACCENTED.flatMap((text) => text.split(' ')), 'the', 'Paris', 'A08', '77', 'truờng')
  const sentence = fc.array(word, { maxLength: 24 }).map((words) => words.join(' '))
  const anything = fc.oneof(sentence, sentence.map(fold), fc.string({ unit: 'grapheme', maxLength: 60 }))

  it('only marks change: same letters, case, length and punctuation', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const canonical = text.normalize('NFC')
        const { text: result, changed } = restorer.restore(canonical)
        expect(fold(result)).toBe(fold(canonical))
        expect(result).toHaveLength(canonical.length)
        expect(changed).toBe(result !== canonical)
      }),
    )
  })

  it('confidence is a probability', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const { confidence } = restorer.restore(text.normalize('NFC'))
        expect(confidence).toBeGreaterThanOrEqual(0)
        expect(confidence).toBeLessThanOrEqual(1)
      }),
    )
  })

  it('what was restored stays restored', () => {
    fc.assert(
      fc.property(fc.subarray(ACCENTED, { minLength: 1 }), (texts) => {
        const once = restored(fold(texts.join(' ')))
        expect(restored(once)).toBe(once)
      }),
    )
  })
})
