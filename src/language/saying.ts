// What somebody does who says something, as questions and reports put it.
import { SpelledPattern } from './spelled-pattern.ts'

/** Verbs of saying, asking for and telling others to. */
export const SAYING = new SpelledPattern(
  'phát biểu|nói|giao|chỉ đạo|yêu cầu|nêu|nhấn mạnh|trình bày|đề nghị|dặn|khẳng định|cho biết|đánh giá|kết luận|báo cáo|hứa|cam kết|said|says?|told|tells?|asked|stressed',
)
