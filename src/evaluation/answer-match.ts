// In: a sentence and what should stand in it. Out: whether it does, judged as the black-box scorer of this project judges it.

const TONES = 'òa oà óa oá ỏa oả õa oã ọa oạ òe oè óe oé ỏe oẻ õe oẽ ọe oẹ ùy uỳ úy uý ủy uỷ ũy uỹ ụy uỵ'.split(' ')

/** Key under which texts are compared: NFC, lower case, one space, plain quotes and dashes, one tone placement. */
export function comparisonKey(text: string): string {
  const plain = text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[“”„"«»]/g, '"')
    .replace(/[‘’]/g, "'")
    .replace(/[‐-―−]/g, '-')
    .replace(/\s*-\s*/g, '-')
    .replace(/\s+/g, ' ')
    .trim()
  return TONES.reduce((rest, old, i) => (i % 2 === 0 ? rest.replaceAll(TONES[i + 1] ?? old, old) : rest), plain)
}

/** Whether a text has an expression in whole words: "5%" is neither in "15%" nor in "1,5%". */
export function holdsWords(text: string, expression: string): boolean {
  const whole = comparisonKey(text)
  const wanted = comparisonKey(expression)
  if (wanted === '') return false
  for (let at = whole.indexOf(wanted); at >= 0; at = whole.indexOf(wanted, at + 1)) {
    const before = whole.slice(Math.max(0, at - 2), at)
    const after = whole.slice(at + wanted.length, at + wanted.length + 2)
    if (
      !continues(wanted.slice(0, 1), before, /[\p{L}\p{N}]$/u, /\d[.,]$/) &&
      !continues(wanted.slice(-1), after, /^[\p{L}\p{N}]/u, /^[.,]\d/)
    )
      return true
  }
  return false
}

/** Whether a word or a number goes on beyond its edge. */
function continues(edge: string, beyond: string, word: RegExp, number: RegExp): boolean {
  return /[\p{L}\p{N}]/u.test(edge) && (word.test(beyond) || (/\d/.test(edge) && number.test(beyond)))
}

/** Whether text[start, end) shares 20 characters, or half of the shorter, with a place where the text has the evidence. */
export function overlapsEvidence(text: string, start: number, end: number, evidence: string): boolean {
  const words = evidence.trim().split(/\s+/)
  const pattern = new RegExp(words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('\\s+'), 'gu')
  for (const match of text.matchAll(pattern)) {
    const shared = Math.min(end, match.index + match[0].length) - Math.max(start, match.index)
    if (shared > 0 && shared >= Math.min(20, match[0].length / 2, (end - start) / 2)) return true
  }
  return false
}
