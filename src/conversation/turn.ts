// In: one turn of the user. Out: the turn without the words that only tie it to what was said before ("Thế còn …", "… thì sao?").
import { foldAligned } from '../language/folding.ts'

/** A turn and how it is tied to the ones before. */
export interface Turn {
  /** The turn without its opening and closing particles. */
  readonly rest: string
  /** Whether an opening particle was taken off: what is left began inside a sentence. */
  readonly opened: boolean
  /** Whether it opened or closed with a particle of continuation. */
  readonly marked: boolean
  /** Whether it ended in "thì sao", "what about": only what differs is said. */
  readonly onlyDifference: boolean
}

const OPENING =
  /^\s*(?:(?:the con|vay con|con|the thi|the|vay thi|vay|roi|va|a|u|the a|ok|vang|da|cam on|tiep theo|tiep|sau do|tiep do|ngoai ra|ben canh do|dong thoi|nhung|nhung ma|khong phai(?=,)|khong(?=,)|nham(?: roi)?|xin loi|y (?:toi|minh|em) (?:la|muon hoi|noi)(?: ve)?|(?:toi|minh|em) (?:dang |muon )?(?:hoi|noi)(?: ve| la)?|and|what about|how about|and what about|then|so|also|but|no(?=,)|sorry|i meant?)[\s,]+)+(?=\S)/u
/** "Xem lại tài liệu đi, …": what to do before answering. */
const PREAMBLE =
  /^(?:hay |vui long |lam on |ban )*(?:xem|doc|kiem tra|tim|tra cuu|tra)(?: (?:lai|ki|ky|giup|ho|that|cac|trong|tai lieu|van ban|nguon|bai|ho so|du lieu|bao cao|di|nhe|cho (?:toi|minh|em)))+\s*[,:;.]\s*(?=\S)/u
const ENGLISH_ONLY = /^\s*(?:and\s+|so\s+)?(?:what|how) about\s+/
const THI_SAO = /\s+thi\s+(?:sao|the nao|nhu the nao|ra sao)(?:\s+(?:nhi|a|vay|ha|nhe|the|day))*[\s?!.]*$/u
/** After "còn …" a mere "sao" says the same. */
const SAO =
  /(?:\s+thi\s+(?:sao|the nao|nhu the nao|ra sao)|(?<!(?:^|\s)(?:ra|lam|tai|vi|nhu|bien))\s+sao)(?:\s+(?:nhi|a|vay|ha|nhe|the|day))*[\s?!.]*$/u

/** "con" is also child, "the" an English article, "a" a letter: what follows decides. */
const NOT_OPENING =
  /^\s*(?:con so|con duong|con nguoi|the gioi|the che|the he|the tran|va cham|da (?:co|duoc|bi)|the (?:\d+(?:st|nd|rd|th)|previous|next|first|last|conference|meeting)\b|so (?:ket|luong|sanh|voi|tien|vu|nguoi|ke|don|dai)|a la)/u

/** Reads a turn. */
export function readTurn(question: string): Turn {
  const preamble = PREAMBLE.exec(foldAligned(question))
  if (preamble !== null) return { ...readTurn(question.slice(preamble[0].length)), marked: true }
  const folded = foldAligned(question)
  const opening = NOT_OPENING.test(folded) || !isTie(question) ? null : OPENING.exec(folded)
  const start = opening === null ? 0 : opening[0].length
  const closing = (opening === null ? THI_SAO : SAO).exec(folded.slice(start))
  const end = closing === null ? question.length : start + closing.index
  const rest = question.slice(start, end).trim()
  const bare = rest.replace(CLOSING_PARTICLES, '').replace(SAME_TIME, '').replace(ROLE_THEN_WHO, 'ai $<what>?')
  return {
    rest: bare === '' ? question : bare,
    opened: opening !== null,
    marked: opening !== null || closing !== null,
    onlyDifference: closing !== null || ENGLISH_ONLY.test(folded),
  }
}

const CLOSING_PARTICLES = /[\s,]*(?:\s(?:nhỉ|nhi|ạ|vậy|vay|hả|nhé|nhe|cơ|cơ mà|kìa))+(?=[\s?!.]*$)/iu
/** "Cùng kỳ năm 2021": the year says it all. */
const SAME_TIME = /^(?:vào |vao )?(?:cùng|cung) (?:kỳ|kì|ky|ki|thời điểm|thoi diem|thời gian|thoi gian)(?: của| cua)? (?=n[aă]m|\d)/iu
/** "Bế mạc thì ai?" */
const ROLE_THEN_WHO = /^(?<what>[^?]{2,40}?)\s+(?:thì|thi)\s+(?:do\s+)?ai[\s?.!]*$/iu

const TIES = new Set('thế còn vậy rồi và à ừ vâng dạ cảm tiếp ngoài nhưng bên đồng không nhầm ý tôi mình'.split(' '))

/** Opening words as they are spelled with accents: "con" and "vày" are other words than "còn" and "vậy". */
function isTie(question: string): boolean {
  const first = /^\s*(\p{L}+)/u.exec(question)?.[1]?.toLowerCase() ?? ''
  if (first === foldAligned(first)) return true
  return TIES.has(first)
}
