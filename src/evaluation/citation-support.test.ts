import { describe, expect, test } from 'vitest'
import type { CitationBody } from '../contract/schemas.ts'
import { citationSupport } from './citation-support.ts'
import { tokenF1 } from './token-f1.ts'

const citation = (marker: number, quote: string): CitationBody => ({
  marker,
  quote,
  start: 0,
  end: quote.length,
  place: { page: null, heading: null },
  score: 1,
  conference: { id: 'c', name: 'Hội nghị lần thứ 77', ordinal: 77, date: '2021-12-29', documents: 1 },
  document: { id: 'd', title: 'Bản tin', publisher: null, publishedAt: null, url: null, sha256: '' },
})

const CLOSED = 'Hội nghị đã kết thúc thành công tốt đẹp sau ba ngày làm việc.'
const OTHER = 'Tội phạm về trật tự xã hội giảm 5% so với cùng kỳ.'

describe('support of an answer by its citations', () => {
  test('is whole where a statement repeats the quotation it cites, with name and date of the conference', () => {
    const answer = `Theo Hội nghị lần thứ 77 (29/12/2021): “${CLOSED}” [1]`
    expect(citationSupport(answer, [citation(1, CLOSED)])).toEqual({ recall: 1, precision: 1 })
  })

  test('is none where the citation is about something else, or there is none', () => {
    expect(citationSupport(`“${CLOSED}” [1]`, [citation(1, OTHER)])).toEqual({ recall: 0, precision: 0 })
    expect(citationSupport(CLOSED, [])).toEqual({ recall: 0, precision: 0 })
  })

  test('fails for one wrong number', () => {
    expect(citationSupport(`${OTHER.replace('5%', '6%')} [1]`, [citation(1, OTHER)])?.recall).toBe(0)
  })

  test('counts a citation that adds nothing as not needed', () => {
    expect(citationSupport(`“${CLOSED}” [1][2]`, [citation(1, CLOSED), citation(2, OTHER)])).toEqual({ recall: 1, precision: 0.5 })
  })

  test('needs both citations of a statement that joins them', () => {
    const both = [citation(1, CLOSED), citation(2, OTHER)]
    expect(citationSupport(`${CLOSED} ${OTHER} [1][2]`, both)).toEqual({ recall: 1, precision: 1 })
  })

  test('is judged line by line; a line that introduces others is no statement', () => {
    const answer = `So sánh hai hội nghị:\n“${CLOSED}” [1]\nMột câu không có nguồn nào cả.`
    expect(citationSupport(answer, [citation(1, CLOSED)])).toEqual({ recall: 0.5, precision: 1 })
    expect(citationSupport('', [])).toBeUndefined()
  })
})

describe('shared words', () => {
  test('agree with the sum by hand, in any tone placement and case', () => {
    expect(tokenF1('Hoà bình và an ninh', ['HÒA BÌNH'])).toBeCloseTo((2 * 2) / (5 + 2), 10)
    expect(tokenF1('a b', ['c d', 'a b'])).toBe(1)
    expect(tokenF1('a', [])).toBe(0)
    expect(tokenF1('', ['a'])).toBe(0)
  })
})
