import { describe, expect, test } from 'vitest'
import { openUpToDateIndex } from '../indexing/update-index.ts'
import { FakeIndexSources } from '../testing/fake-index-sources.ts'
import { temporaryFolder, writeFiles } from '../testing/temporary-folder.ts'
import { groupedCopies } from './near-duplicates.ts'

const FACT =
  'Sáng 3/5, hội nghị giao ban quý I được tổ chức tại trụ sở Công an tỉnh; các đơn vị đã báo cáo kết quả công tác phòng, chống tội phạm và nêu những khó khăn cần tháo gỡ trong thời gian tới.'

const report = (conference: string, text: string) => `---\nconference: ${conference}\nconferenceName: Hội nghị giao ban\n---\n${text}\n`

describe('groupedCopies', () => {
  test('puts the copy of a paragraph in another report of the event under the better one', async () => {
    const [corpus, indexDir] = [await temporaryFolder(), await temporaryFolder()]
    await writeFiles(corpus, {
      'a.md': report('giao-ban', FACT),
      'b.md': report('giao-ban', FACT.replace('trong thời gian tới', 'thời gian tới')),
      'c.md': report('hoi-nghi-khac', FACT),
      'd.md': report(
        'giao-ban',
        'Chiều cùng ngày, các đại biểu đã tham quan phòng truyền thống và trồng cây lưu niệm trong khuôn viên cơ quan.',
      ),
    })
    const { index } = await openUpToDateIndex(new FakeIndexSources(corpus, indexDir))
    const ranked = [...index.passages.values()].map((passage) => ({ passage }))
    const groups = groupedCopies(ranked, index)
    expect(groups.map(({ best, copies }) => [best.passage.documentId, copies.map(({ passage }) => passage.documentId)])).toEqual([
      ['a', ['b']],
      ['c', []],
      ['d', []],
    ])
  })
})
