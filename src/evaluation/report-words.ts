// In: a language. Out: the words of the HTML report.

/** Words of the report. */
export interface ReportWords {
  readonly language: 'vi' | 'en'
  readonly title: string
  readonly subject: (documents: number, passages: number, questions: number, forms: number) => string
  readonly passedGate: string
  readonly failedGate: string
  readonly figures: string
  readonly figuresNote: string
  readonly byKind: string
  readonly byKindNote: string
  readonly coverage: string
  readonly coverageNote: string
  readonly coverageAxis: string
  readonly refusalAxis: string
  readonly ranks: string
  readonly ranksNote: string
  readonly rankAxis: string
  readonly notFound: string
  readonly questions: string
  readonly latency: string
  readonly latencyNote: string
  readonly latencyAxis: string
  readonly variants: string
  readonly variantsNote: string
  readonly changes: string
  readonly noChanges: string
  readonly flips: string
  readonly noFlips: string
  readonly failing: string
  readonly becameRight: string
  readonly becameWrong: string
  readonly answerBefore: string
  readonly answerNow: string
  readonly proof: string
  readonly expected: string
  readonly why: string
  readonly figure: string
  readonly meaning: string
  readonly form: string
  readonly before: string
  readonly now: string
  readonly onlyFirst: string
}

const ENGLISH: ReportWords = {
  language: 'en',
  title: 'How good the answers are',
  subject: (documents, passages, questions, forms) =>
    `${documents} documents, ${passages} passages, ${questions} questions in ${forms} forms`,
  passedGate: 'Nothing fell below the baseline.',
  failedGate: 'Below what is allowed:',
  figures: 'Figures',
  figuresNote: 'All forms together; the band is the 95 % interval over questions, the tick the baseline where it differs.',
  byKind: 'Questions that pass, by kind and form (%)',
  byKindNote: 'The redder, the more fail.',
  coverage: 'Coverage against refusals',
  coverageNote:
    'Solid: settings of THUKY_STRICTNESS, the large dot is this run. Dashed: what refusing answers below a score would give. The upper right corner is perfect.',
  coverageAxis: 'answerable questions that are answered (%)',
  refusalAxis: 'unanswerable questions that are refused (%)',
  ranks: 'Rank of the first proving passage',
  ranksNote: 'Questions as they were written.',
  rankAxis: 'rank',
  notFound: 'none',
  questions: 'questions',
  latency: 'Time a question takes',
  latencyNote: 'Asked one by one, model included.',
  latencyAxis: 'milliseconds',
  variants: 'Variants side by side (%)',
  variantsNote: 'The last columns count questions that only the first or only this variant answers rightly, with McNemar’s exact test.',
  changes: 'Figures that moved since the baseline',
  noChanges: 'No figure moved.',
  flips: 'Questions that changed since the baseline',
  noFlips: 'No question changed.',
  failing: 'Questions that fail',
  becameRight: 'passes now',
  becameWrong: 'fails now',
  answerBefore: 'Answer at the baseline',
  answerNow: 'Answer now',
  proof: 'Proof',
  expected: 'Expected',
  why: 'Fault',
  figure: 'figure',
  meaning: 'meaning',
  form: 'form',
  before: 'baseline',
  now: 'now',
  onlyFirst: 'only first / only this',
}

const VIETNAMESE: ReportWords = {
  language: 'vi',
  title: 'Chất lượng câu trả lời',
  subject: (documents, passages, questions, forms) =>
    `${documents} tài liệu, ${passages} đoạn, ${questions} câu hỏi theo ${forms} cách viết`,
  passedGate: 'Không chỉ số nào kém đi so với mốc.',
  failedGate: 'Thấp hơn mức cho phép:',
  figures: 'Các chỉ số',
  figuresNote: 'Gộp mọi cách viết; dải màu là khoảng tin cậy 95 % theo câu hỏi, vạch đứng là mốc cũ nếu có khác.',
  byKind: 'Tỷ lệ câu đạt theo loại câu hỏi và cách viết (%)',
  byKindNote: 'Càng đỏ càng nhiều câu sai.',
  coverage: 'Trả lời nhiều hay từ chối chặt',
  coverageNote:
    'Nét liền: các mức THUKY_STRICTNESS, chấm lớn là lần chạy này. Nét đứt: nếu từ chối mọi câu trả lời có điểm thấp hơn một ngưỡng. Góc trên bên phải là hoàn hảo.',
  coverageAxis: 'câu có lời giải được trả lời (%)',
  refusalAxis: 'câu không có lời giải bị từ chối (%)',
  ranks: 'Thứ hạng của đoạn chứng minh đầu tiên',
  ranksNote: 'Câu hỏi theo nguyên văn.',
  rankAxis: 'thứ hạng',
  notFound: 'không có',
  questions: 'câu hỏi',
  latency: 'Thời gian cho một câu hỏi',
  latencyNote: 'Hỏi lần lượt từng câu, kể cả thời gian của mô hình.',
  latencyAxis: 'mili giây',
  variants: 'So sánh các cấu hình (%)',
  variantsNote: 'Hai cột cuối: số câu chỉ cấu hình đầu hoặc chỉ cấu hình này trả lời đúng, kèm kiểm định McNemar chính xác.',
  changes: 'Chỉ số thay đổi so với mốc',
  noChanges: 'Không chỉ số nào thay đổi.',
  flips: 'Câu hỏi đổi kết quả so với mốc',
  noFlips: 'Không câu hỏi nào đổi kết quả.',
  failing: 'Các câu chưa đạt',
  becameRight: 'nay đạt',
  becameWrong: 'nay không đạt',
  answerBefore: 'Câu trả lời ở mốc',
  answerNow: 'Câu trả lời hiện nay',
  proof: 'Bằng chứng',
  expected: 'Cần có',
  why: 'Lỗi',
  figure: 'chỉ số',
  meaning: 'ý nghĩa',
  form: 'cách viết',
  before: 'mốc',
  now: 'nay',
  onlyFirst: 'chỉ đầu / chỉ này',
}

/** Words in a language. */
export function reportWords(language: 'vi' | 'en'): ReportWords {
  return language === 'vi' ? VIETNAMESE : ENGLISH
}
