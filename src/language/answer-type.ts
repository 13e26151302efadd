// In: a question, with or without accents, Vietnamese or English. Out: what kind of answer it asks for, and its language.
// Works on folded text; where folding makes two words one ("ai" in "tai", "mấy"/"may") the surroundings decide.
import { foldAligned, hasAccents } from './folding.ts'
import { hasSyllableShape } from './telex-syllable.ts'

/** What a question asks for; `statement` when no question word tells. */
export type AnswerType =
  | 'person'
  | 'date'
  | 'place'
  | 'number'
  | 'ordinal'
  | 'duration'
  | 'reason'
  | 'manner'
  | 'quote'
  | 'list'
  | 'comparison'
  | 'definition'
  | 'yes-no'
  | 'statement'

const word = (source: string) => new RegExp(`(?<![\\p{L}\\p{N}])(?:${source})(?![\\p{L}\\p{N}])`, 'u')

/** In order: the first that matches wins. */
const TYPES: readonly [AnswerType, RegExp][] = [
  [
    'comparison',
    word(
      'so sanh|so voi|khac (?:nhau|gi|biet|the nao|ra sao)|giong (?:nhau|gi)|diem khac|diem chung|compare|compared|differ|difference|versus',
    ),
  ],
  ['quote', word('trich|trich dan|nguyen van|nguyen loi|quote|verbatim|exact words')],
  ['duration', word('bao lau|may ngay|bao nhieu ngay|may (?:nam|thang|tuan|gio)|how long')],
  [
    'date',
    word(
      'khi nao|bao gio|luc nao|ngay nao|ngay may|hom nao|thang nao|thang may|nam nao|thoi gian nao|vao thoi diem nao|ngay bao nhieu|when|what date|which (?:day|month|year)|what (?:day|month|year)',
    ),
  ],
  [
    'place',
    word(
      'o dau|tai dau|noi nao|dia diem nao|diem cau nao|tinh nao|thanh pho nao|dau la noi|dia ban nao|where|which (?:place|city|province)|nuoc nao|dat nuoc nao',
    ),
  ],
  ['reason', word('vi sao|tai sao|do dau|ly do|nguyen nhan (?:gi|nao|la gi)|vi ly do gi|why|reason')],
  [
    'ordinal',
    word(
      'khoa (?:may|nao|bao nhieu)|lan (?:thu )?(?:may|bao nhieu|nao)|thu may|ky (?:thu )?may|nhiem ky nao|so may|so bao nhieu|which (?:term|session)',
    ),
  ],
  ['number', word('bao nhieu|may phan tram|ty le|ti le|may|so luong|how many|how much|what percentage')],
  [
    'person',
    word('(?<!ban |de )ai|nguoi nao|ong nao|ba nao|dong chi nao|vi nao|nhan vat nao|lanh dao nao|ten la gi|la ai|cua ai|who|whom|whose'),
  ],
  ['list', word('nhung gi|liet ke|gom (?:nhung )?(?:gi|nao)|bao gom|cac .{2,40} nao|nhung .{2,40} (?:nao|gi)|ke ten|list|which .{2,30}s')],
  ['manner', word('nhu the nao|the nao|ra sao|lam sao|bang cach nao|ntn|how')],
  [
    'definition',
    word(
      'la gi|nghia la|viet tat|la (?:co quan|don vi|to chuc|chu|cum|tu) (?:nao|gi)|viet day du|la viec gi|what is|what does .{1,40} mean|stand for',
    ),
  ],
  ['yes-no', word('co phai|phai khong|dung khong|co .{1,80} khong|hay khong|chua|did|does|is it|was it|were')],
]

/** What the question asks for. */
export function answerType(question: string): AnswerType {
  const folded = foldAligned(question)
  return TYPES.find(([, pattern]) => pattern.test(folded))?.[0] ?? 'statement'
}

/** English function words that no Vietnamese syllable without accents is spelt like. */
const ENGLISH_WORDS = new Set(
  'who what when where which how did was were is of for and by does are why much many with from whose were has have please tell could about'.split(
    ' ',
  ),
)
/** Least share of words that are no Vietnamese syllables for a text with one English function word. */
const FOREIGN_SHARE = 0.35

/** Whether a question is English: no accents, English function words, and words that are no Vietnamese syllables. */
export function isEnglish(question: string): boolean {
  if (hasAccents(question)) return false
  const words = question.toLowerCase().match(/[a-z]+/g) ?? []
  const foreign = words.filter((word) => !hasSyllableShape(word))
  const english = new Set(foreign.filter((word) => ENGLISH_WORDS.has(word)))
  return english.size >= 1 && foreign.length >= FOREIGN_SHARE * words.length
}
