// In: text whose letters are codes of an old Vietnamese font or code page, shown as Windows-1252. Out: the same in Unicode.
// TCVN3 (fonts such as .VnTime) has one code a letter; VNI (fonts such as VNI-Times) writes a letter and then its marks.

/** An old way of writing Vietnamese that text can be converted from. */
export type LegacyEncoding = 'TCVN3' | 'VNI'

/** Codes of TCVN3 as Windows-1252 shows them, then the letters they stand for (TCVN 5712:1993, VN3). */
const TCVN3_CODES = '¡¢£¤¥¦§¨©ª«¬\u00AD®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ'
const TCVN3_LETTERS = 'ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ'
const TCVN3 = new Map([...TCVN3_CODES].map((code, i) => [code, [...TCVN3_LETTERS][i] as string]))

const [GRAVE, ACUTE, HOOK, TILDE, DOT] = ['\u0300', '\u0301', '\u0309', '\u0303', '\u0323']
const [BREVE, CIRCUMFLEX] = ['\u0306', '\u0302']

/** Marks VNI writes after a vowel. */
const VNI_MARKS: Readonly<Record<string, string>> = {
  ù: `${ACUTE}`,
  ø: `${GRAVE}`,
  û: `${HOOK}`,
  õ: `${TILDE}`,
  ï: `${DOT}`,
  â: `${CIRCUMFLEX}`,
  á: `${CIRCUMFLEX}${ACUTE}`,
  à: `${CIRCUMFLEX}${GRAVE}`,
  å: `${CIRCUMFLEX}${HOOK}`,
  ã: `${CIRCUMFLEX}${TILDE}`,
  ä: `${CIRCUMFLEX}${DOT}`,
  ê: `${BREVE}`,
  é: `${BREVE}${ACUTE}`,
  è: `${BREVE}${GRAVE}`,
  ú: `${BREVE}${HOOK}`,
  ü: `${BREVE}${TILDE}`,
  ë: `${BREVE}${DOT}`,
}
/** Letters that VNI writes with one code. */
const VNI_LETTERS: Readonly<Record<string, string>> = { ñ: 'đ', ô: 'ơ', ö: 'ư', æ: 'ỉ', ó: 'ĩ', ò: 'ị', î: 'ỵ' }
const VNI_MARKED = new RegExp(`([aeouyôö])([${Object.keys(VNI_MARKS).join('')}])|[${Object.keys(VNI_LETTERS).join('')}]`, 'giu')

function fromVni(text: string): string {
  return text.replace(VNI_MARKED, (found, vowel: string | undefined, mark: string | undefined) => {
    if (vowel === undefined || mark === undefined) return inCaseOf(found, VNI_LETTERS[found.toLowerCase()] ?? found)
    const letter = VNI_LETTERS[vowel.toLowerCase()] ?? vowel.toLowerCase()
    return inCaseOf(vowel, `${letter}${VNI_MARKS[mark.toLowerCase()] ?? ''}`.normalize('NFC'))
  })
}

const inCaseOf = (original: string, letters: string) =>
  original === original.toLowerCase() ? letters : letters.toUpperCase().normalize('NFC')

/** Reads text as if it were in an old encoding; what is no code of it stays. */
export function fromLegacy(text: string, encoding: LegacyEncoding): string {
  // Software that copies text turns the micro sign of Windows-1252 into the Greek letter.
  const codes = text.replaceAll('μ', 'µ')
  return encoding === 'VNI' ? fromVni(codes) : codes.replace(/[¡-þ]/gu, (code) => TCVN3.get(code) ?? code)
}
