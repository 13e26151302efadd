// In: a sentence and a stretch of it that answers. Out: its clause as a question, with a question word in the place of the
// stretch; Vietnamese asks so. Pure.
import { syllableCount } from '../language/syllables.ts'

/** A clause shorter than this asks for too little, a longer one cannot be read. Syllables. */
const [MIN_SYLLABLES, MAX_SYLLABLES] = [7, 34]
/** A sentence that opens with the time or the occasion has to go on to the matter. */
const MIN_OPENING_SYLLABLES = 14
const BOUNDARY = /(?:[,;:]\s|\s[–-]\s|[“”"()]|\.\.\.)/gu
/** Words that only join a clause to the one before it. */
const JOINING = /^(?:và|đồng thời|do đó|trong đó|qua đó|qua đây|sau đó|bên cạnh đó|ngoài ra|đáng chú ý|đặc biệt)[,\s]+/iu

/** A stretch to be asked for. */
export interface ClozeSpan {
  readonly start: number
  readonly end: number
  /** What stands there in the question. */
  readonly questionWord: string
}

/** Words a clause begins with, see `data/draft-templates.json`. */
export interface ClauseWords {
  readonly openers: readonly string[]
  readonly leading: readonly string[]
}

/**
 * The clause around a stretch with the question word in it, without full stop. It begins where the sentence does, behind a
 * semicolon or a colon, or behind a comma with a capital or an opener. Undefined when it is too short, too long, or broken.
 */
export function clozeClause(sentence: string, { start, end, questionWord }: ClozeSpan, words: ClauseWords): string | undefined {
  const [before, after] = [[{ at: 0, isStart: true }], [sentence.length]]
  for (const match of sentence.matchAll(BOUNDARY)) {
    const at = match.index + match[0].length
    if (at <= start) before.push({ at, isStart: /[;:]/.test(match[0]) || beginsClause(sentence.slice(at), words) })
    else if (match.index >= end) after.push(match.index)
  }
  const starts = before.filter(({ isStart }) => isStart).map(({ at }) => at)
  const ends = after.sort((a, b) => a - b)
  const clause = () => tidy(`${sentence.slice(starts.at(-1) ?? 0, start)}${questionWord}${sentence.slice(end, ends[0])}`)
  const isOpening = () => starts.length === 1 && words.leading.includes(firstWord(clause()))
  const least = () => (isOpening() ? MIN_OPENING_SYLLABLES : MIN_SYLLABLES) + syllableCount(questionWord)
  const comesToMatter = () => !isOpening() || ends[0] !== firstEnd
  const firstEnd = ends[0]
  while (syllableCount(clause()) < least() || !comesToMatter()) {
    if (starts.length > 1) starts.pop()
    else if (ends.length > 1) ends.shift()
    else return undefined
  }
  const found = clause()
  return syllableCount(found) <= MAX_SYLLABLES && isBalanced(found) ? found : undefined
}

const firstWord = (text: string) => (/^[“"]?(\p{L}+)/u.exec(text)?.[1] ?? '').toLowerCase()

function beginsClause(rest: string, { openers }: ClauseWords): boolean {
  return /^[“"]?\p{Lu}/u.test(rest) || openers.some((opener) => rest.startsWith(`${opener} `))
}

function tidy(text: string): string {
  const plain = text
    .replace(/\s+/g, ' ')
    .replace(/^[\s,;:.–”"“)(-]+|[\s,;:.–“"(/-]+$/gu, '')
    .replace(JOINING, '')
  return plain.trim()
}

/** Quotation marks and brackets come in pairs. */
function isBalanced(text: string): boolean {
  const count = (mark: string) => text.split(mark).length - 1
  return count('“') === count('”') && count('"') % 2 === 0 && count('(') === count(')')
}

/** A clause behind other words: its first letter is small unless a name or title begins it. */
export function continued(clause: string): string {
  const [first = '', second = ''] = clause.split(' ')
  const isTitle =
    /^\p{Lu}/u.test(second) ||
    /^(?:Bộ|Đại|Thượng|Thủ|Công|Đảng|Hội|Quốc|Chính|Nghị|Chỉ|Đề|Ban|Ủy)$/u.test(first) ||
    /^\p{Lu}{2}/u.test(first)
  return isTitle ? clause : clause.charAt(0).toLowerCase() + clause.slice(1)
}
