// In: what a chat model had to do with an answer. Out: what people should know of it, in their language; nothing when all is well.
import type { Writing } from '../answering/answer.ts'

/** The note, or null. */
export function writingNote({ model, state, shown, dropped }: Writing, language: 'vi' | 'en'): string | null {
  const vietnamese = language === 'vi'
  switch (state) {
    case 'away':
      if (shown > 0) {
        return vietnamese
          ? `Mô hình ${model} ngừng giữa chừng; những câu đã hiện đều được nguồn chứng minh.`
          : `The model ${model} stopped halfway; the sentences shown are all proven by their sources.`
      }
      return vietnamese
        ? `Mô hình ${model} hiện không trả lời, nên đây là câu trích nguyên văn từ tài liệu.`
        : `The model ${model} does not answer at the moment, so this is quoted from the documents.`
    case 'busy':
      return vietnamese
        ? `Mô hình ${model} đang bận, nên đây là câu trích nguyên văn từ tài liệu.`
        : `The model ${model} is busy, so this is quoted from the documents.`
    case 'replaced':
      return vietnamese
        ? `Không câu nào mô hình ${model} viết được nguồn chứng minh, nên đã thay bằng câu trích nguyên văn từ tài liệu.`
        : `No sentence the model ${model} wrote was proven by its sources, so this is quoted from the documents instead.`
    case 'checked':
      if (dropped === 0) return null
      return vietnamese
        ? `Đã lược ${dropped} câu của mô hình ${model} vì chưa trọn câu hoặc nguồn trích dẫn không chứng minh được.`
        : `Sentences of the model ${model} left out because they break off or their sources do not prove them: ${dropped}.`
  }
}
