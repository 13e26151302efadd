import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { correctedFacts, sourceWithFacts } from './corrected-facts.ts'

const metadata = {
  title: 'Bản tin',
  conference: 'hoi-nghi-77',
  conferenceName: 'Hội nghị 77',
  ordinal: 77,
  date: '2021-12-29',
  start: '2021-12-27',
  end: '2021-12-29',
  publisher: null,
  publishedAt: null,
  url: null,
}
const provenance = {
  title: 'first words',
  conference: 'text',
  conferenceName: 'text',
  ordinal: 'front matter',
  date: 'front matter',
  start: 'front matter',
  end: 'front matter',
}
const facts = (changes: Readonly<Record<string, string>>) =>
  correctedFacts({ metadata, provenance }, (field) => changes[field] ?? String(metadata[field] ?? ''))

test('what was read from the text stays so unless it is changed', () => {
  expect(facts({ publisher: 'Báo A' })).toEqual({
    ordinal: 77,
    date: '2021-12-29',
    start: '2021-12-27',
    end: '2021-12-29',
    publisher: 'Báo A',
  })
  expect(facts({ title: 'Nhan đề khác' })).toMatchObject({ title: 'Nhan đề khác' })
})

test('an emptied field is left out, and another date ends the span of days', () => {
  expect(facts({ ordinal: '', date: '2021-12' })).toEqual({ date: '2021-12' })
})

test('a file with facts holds them and the text as they are', () => {
  const [, head = '', ...rest] = sourceWithFacts('--- không phải\nđầu tệp', { title: 'a: "b" # c', ordinal: 7 }).split('---\n')
  expect(parse(head)).toEqual({ title: 'a: "b" # c', ordinal: 7 })
  expect(rest.join('---\n')).toBe('--- không phải\nđầu tệp')
})
