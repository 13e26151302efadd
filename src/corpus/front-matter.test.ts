import { describe, expect, test } from 'vitest'
import { ThukyError } from '../errors.ts'
import { splitFrontMatter } from './front-matter.ts'

/** The error a file's front matter gives. */
function refusal(fileText: string): ThukyError {
  try {
    splitFrontMatter(fileText)
  } catch (error) {
    if (error instanceof ThukyError) return error
    throw error
  }
  throw new Error('the front matter was accepted')
}

describe('splitFrontMatter', () => {
  test('reads the fields of the contract and leaves the text below as it is', () => {
    const yaml =
      'title: "Công an: sơ kết"\nconference: c-1\nconferenceName: Hội nghị\nordinal: 76\ndate: 2020-12-07\nurl: https://example.vn/a'
    expect(splitFrontMatter(`---\n${yaml}\n---\n\n  Câu một.\n---\nCâu hai.`)).toEqual({
      frontMatter: {
        title: 'Công an: sơ kết',
        conference: 'c-1',
        conferenceName: 'Hội nghị',
        ordinal: 76,
        date: '2020-12-07',
        url: 'https://example.vn/a',
      },
      text: '\n  Câu một.\n---\nCâu hai.',
    })
  })

  test.each(['Câu một.', '', '--- không phải', ' ---\na: b\n---\n', 'Câu.\n---\ntitle: x\n---\n'])('finds none in %j', (fileText) => {
    expect(splitFrontMatter(fileText)).toEqual({ frontMatter: {}, text: fileText })
  })

  test('accepts an empty one and unknown fields', () => {
    expect(splitFrontMatter('---\n---\nCâu.')).toEqual({ frontMatter: {}, text: 'Câu.' })
    expect(splitFrontMatter('---\nauthor: H.Q\n---\nCâu.').frontMatter).toEqual({})
  })

  test.each(['2020-12-07', '2024-10', '2024'])('accepts the date %s', (date) => {
    expect(splitFrontMatter(`---\ndate: ${date}\n---\n`).frontMatter.date).toBe(date)
  })

  test.each(['2021-06-24T07:36', '2021-06-24', '2021-06', '2021', '2021-06-24T07:36:00+07:00'])(
    'accepts the time of publication %s',
    (time) => {
      expect(splitFrontMatter(`---\npublishedAt: ${time}\n---\n`).frontMatter.publishedAt).toBe(time)
    },
  )

  test.each([
    ['never closed', '---\ntitle: a\nCâu.', /never closed; add a line ---/],
    ['no YAML', '---\ntitle: a: b: c\n---\n', /not valid YAML in line 2.*correct it/],
    ['a bad indentation', '---\ntitle: "a\n---\n', /not valid YAML.*correct it/],
    ['a list', '---\n- a\n- b\n---\n', /no list of "name: value" lines; correct or remove it/],
    ['a word', '---\nhội nghị\n---\n', /correct or remove it/],
    ['a month 13', '---\ndate: 2020-13\n---\n', /bad value for date.*such as 2020-12-07.*correct it/],
    ['a 31 February', '---\ndate: 2021-02-31\n---\n', /bad value for date/],
    ['a date in words', '---\ndate: hôm qua\n---\n', /bad value for date/],
    ['an ordinal in words', '---\nordinal: bảy mươi\n---\n', /bad value for ordinal.*correct it/],
    ['the ordinal 0', '---\nordinal: 0\n---\n', /bad value for ordinal/],
    ['half an ordinal', '---\nordinal: 7.5\n---\n', /bad value for ordinal/],
    ['a time of publication that is not ISO', '---\npublishedAt: 06/24/2021\n---\n', /bad value for publishedAt.*ISO/],
    ['an address that is no web address', '---\nurl: javascript:alert(1)\n---\n', /bad value for url.*http/],
    ['a title that is a mapping', '---\ntitle:\n  a: b\n---\n', /bad value for title/],
  ])('refuses %s and says what to do', (_, fileText, message) => {
    const error = refusal(fileText)
    expect(error.kind).toBe('corpus')
    expect(error.message).toMatch(message)
  })

  test('refuses YAML that multiplies itself', () => {
    const layers = Array.from({ length: 9 }, (_, i) => `a${i + 1}: &a${i + 1} [${Array.from({ length: 9 }, () => `*a${i}`).join(', ')}]`)
    expect(refusal(`---\na0: &a0 [x]\n${layers.join('\n')}\n---\n`).kind).toBe('corpus')
  })
})
