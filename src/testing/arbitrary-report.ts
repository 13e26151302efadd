// In: nothing. Out: random texts made of what reports and web pages are made of, for property tests.
import fc from 'fast-check'
import { canonicalText } from '../language/canonical.ts'

const words = fc.constantFrom(
  ...'Hội nghị|công an|Bộ trưởng|yêu cầu|các đơn vị|địa phương|T.Ư|TP. Hồ Chí Minh|29-12|giảm 5%|năm 2021|“đúng, đủ”|ANTT|🚓|𝒳|quyết liệt|bình yên'.split(
    '|',
  ),
)
const sentence = fc
  .tuple(
    fc.array(words, { minLength: 1, maxLength: 60 }),
    fc.constantFrom('.', '...', '!', '?', './.', ';', '', ' “Khó lắm! Nhưng làm.”', '"'),
  )
  .map(([parts, end]) => parts.join(' ') + end)
const paragraph = fc.array(sentence, { minLength: 1, maxLength: 6 }).map((sentences) => sentences.join(' '))
const unbroken = fc
  .tuple(fc.constantFrom('a', 'ộ', '🚓', '𝒳', 'a,', '5;'), fc.integer({ min: 1, max: 2500 }))
  .map(([unit, times]) => unit.repeat(times))
const line = fc.oneof(
  { weight: 6, arbitrary: paragraph },
  { weight: 1, arbitrary: unbroken },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      '24/06/2021 07:36',
      '  • 0 bình luận',
      '• In bài',
      '• Một mục của bản báo cáo.',
      'Bộ trưởng phát biểu. Ảnh: Bộ Công an',
      'Toàn cảnh hội nghị (ảnh CTV).',
      'Toàn cảnh hội nghị ảnh 1',
      'Kết quả nổi bật',
      'do đó yêu cầu các đơn vị thực hiện;',
      'Tin cùng chuyên mục',
      ' date 2024-10 ',
    ),
  },
)

/** Canonical texts: paragraphs, headings, captions, bullets, page furniture, long unbroken strings, surrogate pairs. */
export const arbitraryReport: fc.Arbitrary<string> = fc
  .array(fc.tuple(line, fc.constantFrom('\n\n', '\n', '\n \n')), { maxLength: 14 })
  .map((lines) => canonicalText(lines.flat().join('')))
