import { describe, expect, test } from 'vitest'
import { loadContraryWords } from './contrary-words.ts'
import { loadLanguageKnowledge } from './knowledge.ts'

const { functionWords } = loadLanguageKnowledge()
const contrary = loadContraryWords((key) => !functionWords.has(key))

describe('what turns a sentence round', () => {
  test.each([
    ['Tuyệt đối dung thứ cho tiêu cực.', 'Tuyệt đối không dung thứ cho tiêu cực.', ['negation']],
    ['Kết quả chưa được nâng lên rõ rệt.', 'Kết quả được nâng lên rõ rệt.', ['negation']],
    ['Số vụ tăng 5%.', 'Số vụ giảm 5%.', ['opposite']],
    ['Hội nghị khai mạc sáng 4/3.', 'Hội nghị khai mạc chiều 4/3.', ['opposite']],
    ['Tất cả đơn vị hoàn thành.', 'Nhiều đơn vị hoàn thành.', ['absolute']],
    ['Công an tỉnh đã giảm 5% số vụ.', 'Công an tỉnh phấn đấu giảm 5% số vụ.', ['intention']],
  ])('%s ← %s', (claim, source, expected) => {
    expect(contrary.contradictions(claim, source)).toEqual(expected)
  })

  test.each([
    ['Không dung thứ cho tiêu cực.', 'Tuyệt đối không dung thứ cho tiêu cực, bao che.'],
    ['Tội phạm trên không gian mạng gia tăng.', 'Tội phạm lợi dụng không gian mạng gia tăng.'],
    ['Không chỉ giữ vững mà còn nâng cao chất lượng.', 'Giữ vững và nâng cao chất lượng.'],
    [
      'Dưới sự điều hành của Thứ trưởng, hội nghị diễn ra trên tinh thần cởi mở.',
      'Hội nghị trên tinh thần cởi mở, dưới sự điều hành của Thứ trưởng.',
    ],
    ['Số vụ giảm 5%.', 'Số vụ giảm 5%, số người bị thương tăng 2%.'],
    ['Công an tỉnh đã xử lý 12 vụ.', 'Công an tỉnh đã xử lý 12 vụ và sẽ tiếp tục điều tra.'],
  ])('not: %s ← %s', (claim, source) => {
    expect(contrary.contradictions(claim, source)).toEqual([])
  })
})
