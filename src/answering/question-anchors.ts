// In: an understood question. Out: its anchors: names, numbers, times, ordinals, decisions, which whatever answers it has to speak of.
// Phrases by which a conference was found are no anchors any more: they have done their work.
import type { AbbreviationTable } from '../language/abbreviations.ts'
import { syllableKey } from '../language/canonical.ts'
import { hasAccents } from '../language/folding.ts'
import { romanValue } from '../language/numerals.ts'
import { decisionNumbers, ordinalMentions } from '../language/ordinals.ts'
import type { OtherNames } from '../language/other-names.ts'
import type { PersonNames } from '../language/person-names.ts'
import { overlap, type Span } from '../language/spans.ts'
import { type Syllable, syllables } from '../language/syllables.ts'
import { timeExpressions } from '../language/time-expressions.ts'
import { timeTokens } from '../language/typed-tokens.ts'
import type { UnderstoodQuestion } from '../retrieval/understand.ts'

/** A word or phrase of a question that cannot be left out of its answer's surroundings. */
export interface Anchor extends Span {
  readonly kind: 'name' | 'number' | 'time' | 'ordinal' | 'decision'
  /** As in the question. */
  readonly text: string
  /** Folded syllables joined by spaces: one of them has to occur. */
  readonly keys: readonly string[]
  /** Folded letters of an acronym: words that begin with them, one after the other, will do instead. */
  readonly initials?: string | undefined
  /** Typed tokens (`typedTokens`), or endings of them, one of which will do instead. */
  readonly tokens: readonly string[]
}

/** What anchors are found with. */
export interface AnchorTools {
  readonly people: PersonNames
  readonly abbreviations: AbbreviationTable
  readonly otherNames: OtherNames
}

/** Anchors in the order of the question; none overlaps another. */
export function questionAnchors(
  { question, searchText, interpretation, language, names }: UnderstoodQuestion,
  { people, abbreviations, otherNames }: AnchorTools,
): Anchor[] {
  const bound = interpretation.conferenceIds === null ? [] : interpretation.scopeSpans
  const found: Anchor[] = []
  const add = (anchors: readonly Anchor[]) => {
    for (const anchor of anchors) if (![...found, ...bound].some((other) => overlap(anchor, other))) found.push(anchor)
  }
  add(timeAnchors(searchText))
  add(decisionNumbers(searchText).map((d) => anchorOf('decision', searchText, d, { tokens: [`doc:${d.noun}:${d.value}`] })))
  add(ordinalAnchors(searchText))
  const words = syllables(searchText)
  add(numberAnchors(searchText, words))
  const named = nameAnchors(searchText, words, { abbreviations, otherNames })
  add(language === 'en' ? named.filter((anchor) => isVietnameseName(anchor, names, people)) : named)
  add(titledNames(searchText, words, people, hasAccents(question)))
  return found.sort((a, b) => a.start - b.start)
}

/** Capitals in an English question name much that a glossary does not know; names of the corpus and of people are no English words. */
function isVietnameseName({ keys: [key = ''] }: Anchor, names: readonly string[], { plain }: PersonNames): boolean {
  const folded = (name: string) => syllables(name).map((syllable) => syllable.folded)
  return (key.includes(' ') && plain.has(key.split(' ')[0] as string)) || names.some((name) => folded(name).join(' ') === key)
}

type Found = Partial<Pick<Anchor, 'keys' | 'tokens' | 'initials'>>

function anchorOf(kind: Anchor['kind'], text: string, { start, end }: Span, { keys = [], tokens = [], initials }: Found): Anchor {
  return { kind, text: text.slice(start, end), keys, tokens, initials, start, end }
}

/** Years compared with and target years are named in passing often; what happens in a year, or on a day, is not. */
function timeAnchors(text: string): Anchor[] {
  return timeExpressions(text)
    .filter(({ kind }) => kind !== 'season')
    .map((time) => {
      const [first = ''] = timeTokens(time)
      const year = time.kind === 'year' ? [time.from?.slice(0, 4) ?? ''] : []
      return anchorOf('time', text, time, { tokens: time.kind === 'day' ? timeTokens(time).slice(0, 2) : [first], keys: year })
    })
}

function ordinalAnchors(text: string): Anchor[] {
  return ordinalMentions(text).map((mention) => anchorOf('ordinal', text, mention, { tokens: [`:${mention.value}`] }))
}

/** Words whose number tells one thing of a kind from another. */
const COUNTED = new Set('so thu lan khoa phien ky dot lop doi to dieu khoan hang cap quy hoi tap chuong'.split(' '))
const SMALL = 'khong mot hai ba bon nam sau bay tam chin muoi'.split(' ')

/** Plain numbers; one that names a thing ("SOM 3", "đội số 1") only together with the word before it. */
function numberAnchors(text: string, words: readonly Syllable[]): Anchor[] {
  return words.flatMap((word, i) => {
    if (!/^\d+$/.test(word.folded)) return []
    const before = words[i - 1]
    const naming = before !== undefined && (COUNTED.has(before.folded) || /^\p{Lu}{2}/u.test(before.text))
    if (naming) return anchorOf('ordinal', text, word, { keys: [`${before.folded} ${word.folded}`], tokens: [`:${Number(word.folded)}`] })
    const spelt = SMALL[Number(word.folded)]
    return anchorOf('number', text, word, { keys: spelt === undefined ? [word.folded] : [word.folded, spelt] })
  })
}

/** Syllables written with a capital that name nobody by themselves: offices, ranks, bodies, forms of address. */
const COMMON = new Set(
  `bộ thứ trưởng phó giám đốc công an đảng ủy uỷ viên chính trị trung ương đại tướng thượng thiếu tá úy hội nghị quyết chỉ thị đề án quốc ban bí thư
  tổng chủ tịch nhà nước nhân dân mặt trận tổ tỉnh thành phố huyện xã phường lần khóa nghị định luật số cục vụ phòng ông bà đồng chí ngày tháng năm
  sau trước theo trong ngoài từ tại ở về với của do vì để khi nếu các những mỗi một ai nơi chiều sáng tối phiên họp trường thông tư lệnh đối cộng`
    .split(/\s+/)
    .filter((word) => word !== '')
    .map(syllableKey),
)

type NameTools = Pick<AnchorTools, 'abbreviations' | 'otherNames'>

/**
 * Runs of capitals without the offices before them; the first word of a text counts only when it is an acronym or goes on.
 * Abbreviations one can write out name what documents may write out.
 */
function nameAnchors(text: string, words: readonly Syllable[], { abbreviations, otherNames }: NameTools): Anchor[] {
  const isCapital = (word: Syllable | undefined) =>
    word !== undefined && /^\p{Lu}/u.test(word.text) && !(isAcronym(word) && abbreviations.expansions(word.text).length > 0)
  const anchors: Anchor[] = []
  for (let at = 0; at < words.length; ) {
    let end = at
    while (isCapital(words[end]) && (end === at || continues(text, words[end - 1] as Syllable, words[end] as Syllable))) end++
    if (end === at) {
      at++
      continue
    }
    let run = words.slice(at, end)
    while (run.length > 0 && COMMON.has((run[0] as Syllable).key) && !isAcronym(run[0] as Syllable)) run = run.slice(1)
    const isLabel = at === 0 && text[(words[end - 1] as Syllable).end] === ':'
    const opens = at === 0 && run.length === words.slice(at, end).length
    if (opens && run[0] !== undefined && !isAcronym(run[0]) && run.length < 3) run = run.slice(1)
    if (!isLabel && run.length > 0 && !(run.length === 1 && namesNothing(run[0] as Syllable))) anchors.push(nameOf(text, run, otherNames))
    at = end
  }
  return anchors
}

/** A letter, or a Roman numeral ("thế kỷ XX"): documents may write the number otherwise. */
const namesNothing = (word: Syllable) => word.folded.length < 2 || (isAcronym(word) && romanValue(word.folded) !== undefined)

const isAcronym = (word: Syllable) => /^[\p{Lu}\d]{2,}$/u.test(word.text)
/** An acronym is a name of its own; parts of one name stand a space or a hyphen apart. */
const continues = (text: string, left: Syllable, right: Syllable) =>
  !isAcronym(left) && !isAcronym(right) && /^[\s.]{1,2}$|^[-–]$/u.test(text.slice(left.end, right.start))

/** From so many letters on an acronym is told from words that begin with its letters by chance. */
const TELLING_INITIALS = 4

/** A long name is also known by its last two syllables, an acronym by the words it stands for, and many by another name. */
function nameOf(text: string, run: readonly Syllable[], otherNames: OtherNames): Anchor {
  const folded = run.map((word) => word.folded)
  const whole = folded.join(' ')
  const keys = [whole, ...(folded.length >= 3 ? [folded.slice(-2).join(' ')] : []), ...otherNames.of(whole)]
  const [word] = run
  const initials = run.length === 1 && word !== undefined && /^\p{Lu}+$/u.test(word.text) ? word.folded : ''
  const found = { keys, initials: initials.length >= TELLING_INITIALS ? initials : undefined }
  return anchorOf('name', text, { start: (run[0] as Syllable).start, end: (run.at(-1) as Syllable).end }, found)
}

/** "đại tướng phan văn giang": a title and a surname make a name in small letters too. */
function titledNames(
  text: string,
  words: readonly Syllable[],
  { titles, titleKeys, surnames, plain }: PersonNames,
  accented: boolean,
): Anchor[] {
  return words.flatMap((word, at) => {
    const next = words[at + 1]
    if (next === undefined || !(accented ? surnames.has(word.key) : plain.has(word.folded))) return []
    const before = (length: number) => words.slice(at - length, at).map(({ key, folded }) => (accented ? key : folded))
    const known = accented ? titleKeys : titles
    if (![1, 2, 3].some((length) => at >= length && known.has(before(length).join(' ')))) return []
    return anchorOf('name', text, { start: word.start, end: next.end }, { keys: [`${word.folded} ${next.folded}`] })
  })
}
