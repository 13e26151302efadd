import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { packageRoot } from '../package-root.ts'
import { fromLegacy } from './legacy-encodings.ts'
import { readVietnamese, vietnameseShare } from './vietnamese-reading.ts'

const corpus = join(packageRoot(), 'corpus')
const reports = readdirSync(corpus)
  .filter((name) => name.endsWith('.md') && name !== 'README.md')
  .map((name) => readFileSync(join(corpus, name), 'utf8').normalize('NFC'))

/** Letters by their TCVN3 code, typed here anew from the standard's chart so that a slip in the product's table shows. */
const TCVN3_CHART = {
  a: 'àµ ả¶ ã· á¸ ạ¹ ă¨ ằ» ẳ¼ ẵ½ ắ¾ ặÆ â© ầÇ ẩÈ ẫÉ ấÊ ậË',
  e: 'èÌ ẻÎ ẽÏ éÐ ẹÑ êª ềÒ ểÓ ễÔ ếÕ ệÖ',
  i: 'ì× ỉØ ĩÜ íÝ ịÞ',
  o: 'òß ỏá õâ óã ọä ô« ồå ổæ ỗç ốè ộé ơ¬ ờê ởë ỡì ớí ợî',
  u: 'ùï ủñ ũò úó ụô ư\u00AD ừõ ửö ữ÷ ứø ựù',
  y: 'ỳú ỷû ỹü ýý ỵþ',
  others: 'đ® Ă¡ Â¢ Ê£ Ô¤ Ơ¥ Ư¦ Đ§',
}
const toTcvn3 = new Map(Object.values(TCVN3_CHART).flatMap((row) => row.split(' ').map((pair) => [...pair] as [string, string])))

const VNI_MARKS = new Map(
  Object.entries({
    '\u0301': 'ù',
    '\u0300': 'ø',
    '\u0309': 'û',
    '\u0303': 'õ',
    '\u0323': 'ï',
    '\u0302': 'â',
    '\u0302\u0301': 'á',
    '\u0302\u0300': 'à',
    '\u0302\u0309': 'å',
    '\u0302\u0303': 'ã',
    '\u0323\u0302': 'ä',
    '\u0306': 'ê',
    '\u0306\u0301': 'é',
    '\u0306\u0300': 'è',
    '\u0306\u0309': 'ú',
    '\u0306\u0303': 'ü',
    '\u0323\u0306': 'ë',
  }),
)
const VNI_WHOLE: Record<string, string> = { đ: 'ñ', ì: 'ì', í: 'í', ỉ: 'æ', ĩ: 'ó', ị: 'ò', ỵ: 'î' }

function toVni(letter: string): string {
  const lower = letter.toLowerCase()
  const whole = VNI_WHOLE[lower]
  const marks = lower.normalize('NFD').slice(1).replace('\u031B', '')
  const horn = lower.normalize('NFD').includes('\u031B')
  const base = lower.normalize('NFD')[0] as string
  const coded = whole ?? `${horn ? (base === 'o' ? 'ô' : 'ö') : base}${VNI_MARKS.get(marks) ?? marks}`
  return letter === lower ? coded : coded.toUpperCase()
}

describe('readVietnamese', () => {
  test('reads fonts such as .VnTime and VNI-Times', () => {
    expect(readVietnamese('Héi nghÞ C«ng an toµn quèc lÇn thø 77')).toEqual({
      text: 'Hội nghị Công an toàn quốc lần thứ 77',
      encoding: 'TCVN3',
    })
    expect(readVietnamese('Hoäi nghò Coâng an toaøn quoác laàn thöù 77, ÑOÀNG CHÍ Boä tröôûng')).toEqual({
      text: 'Hội nghị Công an toàn quốc lần thứ 77, ĐỒNG CHÍ Bộ trưởng',
      encoding: 'VNI',
    })
  })

  test('gives every report of the corpus back from both old encodings, letter for letter', () => {
    for (const report of reports) {
      // .VnTime has capitals of bare vowels only; a capital with a tone is written in another font.
      const inTcvn3 = [...report].map((letter) => toTcvn3.get(letter) ?? toTcvn3.get(letter.toLowerCase()) ?? letter).join('')
      const tcvn3 = readVietnamese(inTcvn3)
      expect(tcvn3.encoding).toBe('TCVN3')
      expect(tcvn3.text?.toLowerCase()).toBe(report.toLowerCase())
      const vni = readVietnamese(
        [...report].map((letter) => (/[^\p{ASCII}]/u.test(letter) && /\p{L}/u.test(letter) ? toVni(letter) : letter)).join(''),
      )
      expect(vni).toEqual({ text: report, encoding: 'VNI' })
    }
  })

  test('leaves Unicode text alone, foreign names, symbols and other languages too', () => {
    const texts = [
      ...reports,
      'Nhiệt độ 39°C; 5 µg; “Café Müller”, ông François Mitterrand.',
      'Le président de la République a déclaré hier à l’Élysée que la réforme sera présentée à l’été, après être passée à l’Assemblée.',
      'Die Behörden prüften die Vorwürfe; größere Änderungen wären unnötig, führte der Präsident aus.',
      'Совещание министерства прошло в понедельник',
    ]
    for (const text of texts) expect(readVietnamese(text)).toEqual({ text, encoding: 'Unicode' })
  })

  test('reads a short stretch in the encoding of its document only', () => {
    expect(readVietnamese('Bé').encoding).toBe('Unicode')
    expect(readVietnamese('Bé C«ng an', 'TCVN3')).toEqual({ text: 'Bộ Công an', encoding: 'TCVN3' })
    expect(readVietnamese('Bộ Công an', 'TCVN3')).toEqual({ text: 'Bộ Công an', encoding: 'Unicode' })
  })

  test('says of garbled text that it cannot be read', () => {
    const garbled = reports.map((report) => new TextDecoder('windows-1252').decode(new TextEncoder().encode(report)))
    for (const text of garbled) expect(readVietnamese(text)).toEqual({ text: null, encoding: 'unknown' })
  })
})

test('nearly all accented words of a report are well spelt, few of one read in a wrong encoding', () => {
  for (const report of reports) {
    const tcvn3 = [...report].map((letter) => toTcvn3.get(letter) ?? letter).join('')
    expect(vietnameseShare(report).wellSpelt).toBeGreaterThan(0.95)
    expect(vietnameseShare(tcvn3).wellSpelt).toBeLessThan(0.5)
    expect(vietnameseShare(fromLegacy(tcvn3, 'VNI')).wellSpelt).toBeLessThan(0.5)
  }
})
