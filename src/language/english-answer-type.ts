// In: an English question. Out: what kind of answer it asks for. The first question word decides; what follows it in a
// subordinate clause ("officers who shield criminals") does not.
import type { AnswerType } from './answer-type.ts'

const QUESTION_WORD = /\b(?:who|whom|whose|when|where|why|how|what|which)\b/
const OPENING = /^(?:(?:and|so|then|but|ok|please|tell me|say)[\s,]+)*/

/** What decides before any question word. */
const FIRST: readonly (readonly [AnswerType, RegExp])[] = [
  ['comparison', /\b(?:compare|compared|comparison|differs?|differences?|different|versus|vs)\b/],
  ['quote', /\b(?:quote|verbatim|exact words|word for word)\b/],
]

/** By how the question goes on from its question word. */
const BY_WORD: readonly (readonly [AnswerType, RegExp])[] = [
  // Bodies, not people, do these.
  ['statement', /^who(?:m)? (?:has |had )?(?:organi[sz]ed|hosted|issued)\b/],
  [
    'person',
    /^(?:who|whom|whose)\b|^(?:what|which) (?:person|leader|minister|official|officer|general|man|woman)\b|^what (?:is|was) the name\b/,
  ],
  ['date', /^when\b|^(?:what|which) (?:date|day|month|year|time|period|century|decade|week|season|quarter)\b|^what (?:is|was) the date\b/],
  [
    'place',
    /^where\b|^(?:what|which) (?:\w+ )?(?:place|city|cities|town|province|country|countries|venue|location|site|district|commune|ward|hall|region|area)\b/,
  ],
  ['definition', /^what (?:does|do|did) .{1,60} (?:mean|stand for)\b|^what (?:is|are) (?:an? |the )?[\w-]+[\s?.!]*$/],
  ['reason', /^why\b|^(?:what|which) (?:is|was|were|are)? ?(?:the )?(?:main )?(?:reason|cause|purpose|aim)s?\b|^what .{1,60} for[\s?.!]*$/],
  ['duration', /^how (?:long|many (?:days|weeks|months|years|hours|minutes|decades))\b/],
  [
    'number',
    /^how (?:many|much|often|big|large|high|far)\b|^what (?:\w+ )?(?:percentage|percent|share|number|proportion|rate|figure|amount)\b|^(?:by|to) how much\b/,
  ],
  ['ordinal', /^(?:what|which) (?:term|session|congress|ordinal)\b/],
  ['office', /^(?:what|which) (?:\w+ )?(?:posts?|positions?|ranks?|offices?|titles?|jobs?)\b/],
  ['manner', /^how\b/],
  ['list', /^(?:what|which) (?:are|were) the\b|^which (?:\w+ ){0,2}\w{3,}s\b/],
]

const LISTING = /^(?:list|name|enumerate)\b/
const AUXILIARY = /^(?:did|does|do|was|were|is|are|has|have|had|will|can|could|should)\b/

/** What an English question asks for. */
export function englishAnswerType(question: string): AnswerType {
  const plain = question.toLowerCase().replace(/\s+/g, ' ').trim().replace(OPENING, '')
  const decided = FIRST.find(([, pattern]) => pattern.test(plain))?.[0]
  if (decided !== undefined) return decided
  if (LISTING.test(plain)) return 'list'
  if (AUXILIARY.test(plain)) return 'yes-no'
  const at = QUESTION_WORD.exec(plain)?.index
  if (at === undefined) return 'statement'
  const asked = plain.slice(at)
  return BY_WORD.find(([, pattern]) => pattern.test(asked))?.[0] ?? 'statement'
}
