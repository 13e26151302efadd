// In: a question, with or without accents, Vietnamese or English. Out: what kind of answer it asks for, and its language.
// Question words decide; nothing is known here of what the documents say.
import { englishAnswerType } from './english-answer-type.ts'
import { hasAccents } from './folding.ts'
import { remembered } from './remembered.ts'
import { SpelledPattern } from './spelled-pattern.ts'
import { hasSyllableShape } from './telex-syllable.ts'

/** What a question asks for; `statement` when no question word tells. */
export type AnswerType =
  | 'person'
  | 'office'
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

const PERSON_NOUNS =
  'người|ông|bà|đồng chí|vị|nhân vật|lãnh đạo|vua|nhà vua|hoàng đế|hoàng hậu|nữ hoàng|tổng thống|thủ tướng|bộ trưởng|thứ trưởng|chủ tịch|tổng bí thư|giám đốc|tư lệnh|(?<!(?:doi|hien|thu) )tướng|đại tướng|thượng tướng|đại tá|nhà (?:văn|thơ|khoa học|vật lý|vật lí|toán học|báo|sử học|thám hiểm|soạn nhạc|thiên văn|triết học|hóa học|sinh vật học|ngoại giao|lãnh đạo|sáng lập)|ca sĩ|nghệ sĩ|diễn viên|cầu thủ|tác giả|học giả|họa sĩ|kiến trúc sư|vận động viên|đạo diễn|triết gia|giáo sư|tiến sĩ|bác sĩ|luật sư|nhạc sĩ|huấn luyện viên'
const PLACE_NOUNS =
  'nơi|chỗ|địa điểm|điểm cầu|tỉnh|thành phố|địa bàn|địa phương|nước|quốc gia|đất nước|khu vực|vùng|vùng đất|hội trường|công viên|khách sạn|trụ sở|bảo tàng|bệnh viện|trường học|nhà máy|bến cảng|cảng|sân bay|nhà ga|chùa|huyện|(?<!co )quận|xã|phường|thị trấn|thị xã|châu lục|châu|đại dương|đảo|hòn đảo|quần đảo|lục địa|quảng trường|thủ đô|sân vận động|con sông|sông|biển'
const PERIOD_NOUNS =
  '(?<!(?:the|hoa|phap|nang|chau) )lúc|ngày|hôm|tháng|năm|quý|mùa|thời gian|thời điểm|thời kỳ|thời kì|thời|giai đoạn|thế kỷ|thế kỉ|thập niên|thập kỷ|thập kỉ|dịp|khoảng thời gian'
const OFFICE_NOUNS = 'chức|chức vụ|chức danh|cấp bậc|cấp hàm|quân hàm|mang hàm|cương vị'
const MEASURES =
  'tỷ lệ|tỉ lệ|số lượng|tổng số|dân số|diện tích|chiều dài|chiều cao|chiều rộng|độ cao|trọng lượng|khối lượng|nhiệt độ|kinh phí|doanh thu'

/** A noun and "nào", "gì" with at most so many words between them: "vị vua đầu tiên nào". */
const which = (nouns: string, between = 0) => `(?:${nouns})(?:\\s+\\p{L}+){0,${between}}?\\s+nào`
const NOT_SEVERAL = '(?<!(?:những|các|nhiều)\\s)'

/** In order: the first that matches wins. */
const TYPES: readonly (readonly [AnswerType, SpelledPattern])[] = (
  [
    [
      'comparison',
      'so sánh|(?:khác|giống) (?:gì|biệt|thế nào|ra sao|như thế nào)|(?:khác|giống) nhau(?:(?: \\p{L}+){0,4}? (?:gì|thế nào|ra sao|nào|không)|(?=[\\s?.!]*$))|điểm (?:khác|giống|chung)|hơn kém|(?:khác|giống) với .{2,60} (?:thế nào|ra sao|ở điểm nào|chỗ nào)',
    ],
    ['quote', '(?<!(?:chỉ|được|bị)\\s)trích(?! (?:xuất|ly|từ|lục))|nguyên văn|nguyên lời|nguyên câu'],
    [
      'reason',
      'vì sao|tại sao|bởi sao|do đâu|vì đâu|sao lại|lý do|lí do|vì (?:điều |cái |việc )?gì|do (?:điều|nguyên nhân) gì|nguyên nhân(?: \\p{L}+){0,12}? (?:gì|nào|đâu)|đâu là nguyên nhân|mục đích (?:gì|nào|là gì)|(?:viện|lấy) cớ gì|mục đích(?: \\p{L}+){0,12}? là gì|(?<!(?:dùng|van|chu|tieu) )(?:để|nhằm) (?:làm |mục đích )?gì',
    ],
    ['duration', 'bao lâu|mấy ngày|(?:bao nhiêu|mấy) (?:ngày|năm|tháng|tuần|phút|giây|thập kỷ|thế kỷ|buổi|tiếng)'],
    [
      'date',
      `(?<!(?:vu|khong) )khi nào|bao giờ|hồi nào|mấy giờ|(?:ngày|tháng|năm|mùng) (?:mấy|bao nhiêu)|mùa gì|thế (?:kỷ|kỉ) (?:thứ )?mấy|${which(PERIOD_NOUNS)}`,
    ],
    ['office', `(?<!tổ )(?:${OFFICE_NOUNS}) (?:gì|nào)|(?:cấp bậc|chức vụ|quân hàm)(?: \\p{L}+){0,8} là gì`],
    [
      'place',
      `(?:ở|tại) đâu|đâu là nơi|đâu(?=[\\s?.!]*$)|${NOT_SEVERAL}${which(PLACE_NOUNS)}|${NOT_SEVERAL}${which('thành phố|tỉnh|quốc gia|khu vực|vùng|nước', 2)}`,
    ],
    [
      'ordinal',
      'khóa (?:mấy|nào|bao nhiêu)|khoá (?:mấy|nào)|lần (?:thứ )?(?:mấy|bao nhiêu|nào)|(?:thứ|hạng) (?:mấy|bao nhiêu)|kỳ (?:thứ )?mấy|nhiệm kỳ (?:nào|mấy)|số (?:mấy|bao nhiêu)',
    ],
    [
      'number',
      `bao nhiêu(?! cũng)|mấy(?! (?:cũng|bay|moc|tinh|man|chu|anh|phat|mac|lanh|khoan|bom|giat|in)(?![\\p{L}]))|(?:${MEASURES})(?: \\p{L}+){0,6}? (?:thế nào|ra sao)`,
    ],
    // Bodies, not people, do these.
    ['statement', 'ai (?:đã |đứng ra )?(?:tổ chức|đăng cai|ban hành)'],
    [
      'person',
      `(?<!(?:ban|de)\\s)ai|${which(PERSON_NOUNS)}|(?:${PERSON_NOUNS})(?:\\s+\\p{L}+){1,4}?\\s+nào|nhân vật gì|tên (?:là )?gì|tên của (?:ông|bà|người)`,
    ],
    [
      'list',
      'những gì|liệt kê|gồm (?:những )?(?:gì|nào)|bao gồm|(?:các|những) .{2,40} nào|những .{2,40}(?<! (?:làm|nói|biết|nghĩ)) gì|kể tên|nêu các|nêu những',
    ],
    ['comparison', 'so với'],
    ['manner', 'như thế nào|thế nào|ra sao|làm sao|(?:bằng )?cách (?:nào|gì)|ntn|thì sao'],
    [
      'definition',
      'là gì|nghĩa là|viết tắt|là (?:cơ quan|đơn vị|tổ chức|chữ|cụm|từ|cụm từ) (?:nào|gì)|viết đầy đủ|là việc gì|có nghĩa gì|định nghĩa',
    ],
    ['yes-no', 'có phải|phải không|đúng không|có .{1,80} không(?=[\\s?.!]*$)|hay không|hay chưa|chưa(?=[\\s?.!]*$)|đúng hay sai'],
  ] as const
).map(([type, source]) => [type, new SpelledPattern(source)])

/** "Tỷ lệ giảm tội phạm năm 2021": a measure asked for without any question word. */
const MEASURE = new SpelledPattern(MEASURES)

/** "Bế mạc luôn trong ngày à?": only with its accent, for without it the same letter is a polite ending. */
const CONFIRMATION = /\s(?:à|hả|chứ)[\s?.!]*$/iu

/** A question word that asks for whatever its noun says. */
const OPEN_WORD = new SpelledPattern('gì|nào|đâu')

/** What the question asks for. */
export const answerType: (question: string) => AnswerType = remembered((question) => {
  if (isEnglish(question)) return englishAnswerType(question)
  const type = TYPES.find(([, pattern]) => pattern.test(question))?.[0]
  if (type !== undefined) return type
  if (CONFIRMATION.test(question)) return 'yes-no'
  return MEASURE.test(question) && !OPEN_WORD.test(question) ? 'number' : 'statement'
})

/** English function words that no Vietnamese syllable without accents is spelt like. */
const ENGLISH_WORDS = new Set(
  'who what when where which how did was were is of for and by does are why much many with from whose were has have please tell could about'.split(
    ' ',
  ),
)
/** Least share of words that are no Vietnamese syllables for a text with one English function word. */
const FOREIGN_SHARE = 0.35

/** Whether a question is English: no accents, English function words, and words that are no Vietnamese syllables. */
export const isEnglish: (question: string) => boolean = remembered((question) => {
  if (hasAccents(question)) return false
  const words = question.toLowerCase().match(/[a-z]+/g) ?? []
  const foreign = words.filter((word) => !hasSyllableShape(word))
  const english = new Set(foreign.filter((word) => ENGLISH_WORDS.has(word)))
  return english.size >= 1 && foreign.length >= FOREIGN_SHARE * words.length
})
