import { describe, expect, test } from 'vitest'
import { buildDocument } from '../corpus/build-document.ts'
import { loadCorpusRules } from '../corpus/corpus-rules.ts'
import { conferencesOf, firstDay, lastDay } from './conferences.ts'

const rules = loadCorpusRules()
const report = (path: string, frontMatter: string) => buildDocument(path, `---\n${frontMatter}\n---\nHội nghị đã họp.`, rules).document

describe('conferencesOf', () => {
  test('groups reports of one event, latest event first, those without a date last', () => {
    const conferences = conferencesOf([
      report('a.md', 'conference: old\ndate: 2020'),
      report('b.md', 'conference: none'),
      report('d.md', 'conference: new\nconferenceName: Tên D\nordinal: 77'),
      report('c.md', 'conference: new\ndate: 2021-12\nconferenceName: Tên C'),
    ])
    expect([...conferences.values()]).toEqual([
      {
        id: 'new',
        name: 'Tên C',
        ordinal: 77,
        date: '2021-12',
        from: '2021-12-01',
        to: '2021-12-31',
        documentIds: ['c', 'd'],
        isEvent: true,
      },
      expect.objectContaining({ id: 'old', date: '2020', from: '2020-01-01', to: '2020-12-31', documentIds: ['a'] }),
      expect.objectContaining({ id: 'none', date: null, from: null, to: null, documentIds: ['b'] }),
    ])
  })

  test('does not depend on the order of the documents', () => {
    const documents = [
      report('a.md', 'conference: c\ndate: 2020'),
      report('b.md', 'conference: c\ndate: 2021'),
      report('z.md', 'conference: d\ndate: 2022'),
    ]
    expect([...conferencesOf([...documents].reverse())]).toEqual([...conferencesOf(documents)])
  })

  test('covers all days of an event of several', () => {
    const conference = conferencesOf([report('a.md', 'conference: c\nstart: 2021-12-27\nend: 2021-12-29')]).get('c')
    expect(conference).toMatchObject({ date: '2021-12-27', from: '2021-12-27', to: '2021-12-29' })
  })

  test.each([
    ['2024', '2024-01-01', '2024-12-31'],
    ['2024-02', '2024-02-01', '2024-02-29'],
    ['2023-02', '2023-02-01', '2023-02-28'],
    ['2021-12-29', '2021-12-29', '2021-12-29'],
  ])('%s lasts from %s to %s', (date, first, last) => {
    expect([firstDay(date), lastDay(date)]).toEqual([first, last])
  })
})
