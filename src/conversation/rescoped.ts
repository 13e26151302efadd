// In: the last question, and another event or time. Out: the last question asked of that one; or both put side by side.
import { foldAligned } from '../language/folding.ts'
import { ordinalMentions } from '../language/ordinals.ts'
import type { ConversationContext } from './conversation-context.ts'
import { inLanguageOf, lowerFirst, upperFirst, withEvent, withPeriod } from './placement.ts'
import { QUESTION_WORD, subjectOf, unpunctuated } from './question-parts.ts'
import type { CarriedSlot, Resolved } from './references.ts'
import { combinedScope, type ScopePhrase, scopePhrases } from './scope-phrases.ts'

/** "Lần trước thì sao?", "the next one": the number before or after. */
const NEIGHBOUR =
  /^(?:(?:o |tai )?(?:hoi nghi|lan|ky)\s+(?:lien )?(?<which>truoc|sau|tiep theo|ke tiep)(?:\s+(?:do|day|no))?|(?:the )?(?<english>previous|next) (?:one|conference))[\s?.!]*$/u

/** "Lần trước thì sao?": the number before or after the one talked about. */
export function neighbourOf(folded: string, conference: string | undefined): ScopePhrase | undefined {
  const match = NEIGHBOUR.exec(folded)
  const known = ordinalMentions(conference ?? '').find(({ noun }) => noun === 'conference' || noun === 'event')
  if (match === null || known === undefined) return undefined
  const before = match.groups?.['which'] === 'truoc' || match.groups?.['english'] === 'previous'
  return { kind: 'ordinal', start: 0, end: folded.length, text: `lần thứ ${known.value + (before ? -1 : 1)}` }
}

/** Whether a turn names an event or time and nothing else. */
export function isOnlyScope(rest: string, { start, end }: ScopePhrase): boolean {
  const around = foldAligned(`${rest.slice(0, start)} ${rest.slice(end)}`).replace(
    /(?<![\p{L}\p{N}])(?:o|tai|trong|hoi nghi|nam|voi|ve|thi|in|at|for|the|one|conference)(?![\p{L}\p{N}])/gu,
    '',
  )
  return !/[\p{L}\p{N}]/u.test(around)
}

/** The last question, asked of another event or time. */
export function rescoped(later: ScopePhrase, context: ConversationContext): Resolved | undefined {
  const old = replaceable(context)
  const known = later.kind === 'time' && old?.kind === 'time' ? old.text : (old?.text ?? context.conference)
  const scope = inLanguageOf(context.question, combinedScope(known, later))
  const carried: CarriedSlot[] = [{ slot: 'topic', text: context.question }]
  if (old === undefined) {
    const text =
      later.kind === 'time' && context.conference === undefined ? withPeriod(context.question, scope) : withEvent(context.question, scope)
    return { text, carried }
  }
  return { text: context.question.slice(0, old.start) + inCase(scope, old.start) + context.question.slice(old.end), carried }
}

const inCase = (scope: string, at: number) => (at === 0 ? upperFirst(scope) : lowerFirstOfPlain(scope))
const lowerFirstOfPlain = (scope: string) =>
  /^Năm |^Ngày |^Tháng |^The /.test(scope) ? scope.charAt(0).toLowerCase() + scope.slice(1) : scope

/** The phrase of the last question whose place a new one takes: its event, else its time. */
function replaceable({ scopes }: ConversationContext): ScopePhrase | undefined {
  return scopes.find(({ kind }) => kind !== 'time') ?? scopes.find(({ kind }) => kind === 'time')
}

const COMPARING = /^(?:tinh )?so (?:sanh )?voi\s+/
/** Words that want both side by side, not the same again of the other. */
const SIDE_BY_SIDE =
  /^(?:so sanh(?: no| chung| dieu do)?(?: voi)?|(?:co gi |co )?(?:khac|giong)(?: gi| nhau)?(?: so)?(?: voi)?|how does (?:that|this|it) (?:compare|differ) (?:with|to|from)|compare (?:that|this|it)? ?(?:with|to)|compared (?:with|to))\s+/u

/** Whether a turn compares with another event or time. */
export function compares(rest: string): boolean {
  const folded = foldAligned(rest)
  return COMPARING.test(folded) || SIDE_BY_SIDE.test(folded)
}

/** "So với năm 2023 thì sao?": numbers are compared; of who, when and where the same is asked again. */
export function compared(rest: string, context: ConversationContext): Resolved | undefined {
  const sideBySide = SIDE_BY_SIDE.exec(foldAligned(rest))
  if (sideBySide !== null) return besideEachOther(rest.slice(sideBySide[0].length), context)
  const other = rest.slice(COMPARING.exec(foldAligned(rest))?.[0].length)
  const [scope] = scopePhrases(other)
  if (
    scope !== undefined &&
    isOnlyScope(other, scope) &&
    !/bao nhieu|phan tram|ty le|how (?:many|much)|may/.test(foldAligned(context.question))
  ) {
    return rescoped(scope, context)
  }
  const subject = subjectOf(context.question) ?? context.conference
  if (subject === undefined) return undefined
  const how = QUESTION_WORD.test(foldAligned(rest)) ? '' : ' thì sao'
  return { text: `${upperFirst(subject)} ${lowerFirst(unpunctuated(rest))}${how}?`, carried: [{ slot: 'topic', text: subject }] }
}

/** "So sánh với hội nghị 76": the last question with the other event beside its own. */
function besideEachOther(other: string, context: ConversationContext): Resolved | undefined {
  const [scope] = scopePhrases(other)
  if (scope === undefined || !isOnlyScope(other, scope)) return undefined
  const known = replaceable(context)?.text ?? context.conference
  const second = inLanguageOf(context.question, combinedScope(known, scope))
  const joined = /^the\s/i.test(second) ? 'compared with' : 'so sánh với'
  return {
    text: `${unpunctuated(context.question)}, ${joined} ${lowerFirst(second)}?`,
    carried: [{ slot: 'topic', text: context.question }],
  }
}
