// In: a turn and the last question. Out: whether the turn wants nothing but the last answer again, word for word, in more words or
// with its proof; and the question that asks for it.
import { isEnglish } from '../language/answer-type.ts'
import { foldAligned } from '../language/folding.ts'
import type { ConversationContext } from './conversation-context.ts'
import { unpunctuated } from './question-parts.ts'
import type { Resolved } from './references.ts'

/** Nothing but the wish to hear it again or in more words. */
const AGAIN =
  /^(?:(?:nhac lai|noi lai|trich(?: dan)?|noi ro|cu the|chi tiet|noi them|giai thich them|lap lai|nguyen van|con so|so lieu|cau|doan|dieu|y|do|nay|ay|tren|vua roi|tra loi|hon|giup|gium|cho|toi|minh|em|di|voi|lai|nua|duoc khong|a|tell me more|repeat(?: that)?|more details?|quote it|quote that)[\s,.?!]*)+$/u
const AGAIN_OPENING = /^(?:nhac|noi|trich|cu the|chi tiet|giai thich|lap|tell|repeat|more|quote)/
const QUOTE = /nguyen van|trich|quote|verbatim/
/** "Nguồn ở đâu?", "Có chắc không?": the proof is the answer's quotation. */
const PROOF =
  /^(?:(?:co |ban )*(?:dung|chac|that)(?: chan)?(?: vay| the)? (?:khong|chua|chu)|(?:nguon|dan chung|can cu|bang chung)(?: (?:tin|nay|do|vao))? (?:o dau|tu dau|dau|nao|la gi)|(?:theo |o |trong )?(?:cau|doan|tai lieu|van ban|bai|bao|nguon) nao(?: (?:noi|ghi|neu|viet|dua tin|cho biet)(?: (?:vay|the|nhu vay|nhu the|dieu (?:do|nay)))?)?|are you sure|what(?:'s| is| was) (?:the|your) source|source)[\s?!.]*$/u

/** Whether a turn asks for nothing but the last answer again, or for its proof. */
export function asksAgain(turn: string): boolean {
  const folded = foldAligned(turn)
  return (AGAIN_OPENING.test(folded) && AGAIN.test(folded)) || PROOF.test(folded)
}

/** The last question once more, with the wish for the exact words where the turn has it. */
export function again(turn: string, { question }: ConversationContext): Resolved {
  const isWanted = (text: string) => QUOTE.test(foldAligned(text))
  const wanted = isWanted(turn) && !isWanted(question) ? (isEnglish(question) ? ', verbatim quote' : ', trích nguyên văn') : ''
  return { text: `${unpunctuated(question)}${wanted}?`, carried: [{ slot: 'topic', text: question }] }
}
