// In: nothing. Out: a corpus of a few short reports with what its index is made with, and what that index finds: all of it, in words
// that do not depend on how the index came to be.
import { join } from 'node:path'
import type { CorpusIndex } from '../indexing/corpus-index.ts'
import { openUpToDateIndex } from '../indexing/update-index.ts'
import { termFrequencies } from '../language/lexical-terms.ts'
import { FakeIndexSources } from './fake-index-sources.ts'
import { HashingEmbeddings } from './hashing-embeddings.ts'
import { temporaryFolder, writeFiles } from './temporary-folder.ts'

/** Three reports, by path. */
export const REPORTS = {
  'a.md':
    '---\nconferenceName: Hội nghị Lâm nghiệp\ndate: 2021-03-01\n---\nHội nghị bàn về rừng ngập mặn ven biển. Kiểm lâm đã trồng hai triệu cây đước.',
  'b.md':
    '---\nconferenceName: Hội nghị Y tế\ndate: 2021-04-01\n---\nBệnh viện tỉnh tiêm đủ vắc xin cho người già. ANTT quanh viện được giữ vững.',
  'c.md': '---\nconferenceName: Hội nghị Giáo dục\ndate: 2021-05-01\n---\nHọc sinh trở lại trường vào mùa thu. Thầy cô chuẩn bị sách vở.',
}
/** One more. */
export const FURTHER_REPORT =
  '---\nconferenceName: Hội nghị Thủy lợi\ndate: 2021-06-01\n---\nHồ chứa nước đầy sau cơn mưa lớn. Kênh mương được nạo vét.'

/** A corpus of the given files and what makes its index. */
export async function workplace(files: Record<string, string> = REPORTS): Promise<FakeIndexSources> {
  const folder = await temporaryFolder()
  await writeFiles(folder, {
    'corpus/README.md': 'Đọc tôi.',
    ...Object.fromEntries(Object.entries(files).map(([path, text]) => [`corpus/${path}`, text])),
  })
  return new FakeIndexSources(join(folder, 'corpus'), join(folder, 'index'))
}

/** The same folders seen by another process. */
export const again = ({ corpusDir, indexDir }: FakeIndexSources, model?: string) => new FakeIndexSources(corpusDir, indexDir, model)

/** Numbers in its vectors; 64 for an empty index. */
async function dimensionOf({ passageVectors, passages }: CorpusIndex): Promise<number> {
  const [label = -1] = passages.keys()
  return (await passageVectors.vectorsOf([label])).vector(label)?.length ?? 64
}

const placeOf = (index: CorpusIndex, passage: number, sentence?: number) => {
  const own = index.passages.get(passage)
  const span = sentence === undefined ? own : own?.sentences.find(({ label }) => label === sentence)
  return span === undefined ? 'unknown label' : `${own?.documentId}:${span.start}`
}

/** Passages found by words, and sentences by vectors, best first; labels do not matter, equal scores stand in the order of their places. */
export async function found(index: CorpusIndex, question: string): Promise<{ lexical: string[]; dense: string[] }> {
  const terms = new Map([...termFrequencies(question, index.abbreviations).keys()].map((term) => [term, 1]))
  const query = Float32Array.from(await new HashingEmbeddings(await dimensionOf(index)).embedQuery(question))
  const near = await index.sentenceVectors.nearest(query, 50)
  const passageOf = (sentence: number) => index.passageOfSentence.get(sentence) ?? -1
  const ranked = (hits: { place: string; score: number }[]) =>
    hits
      .map(({ place, score }) => ({ place, score: score.toFixed(4) }))
      .sort((a, b) => Number(b.score) - Number(a.score) || (a.place < b.place ? -1 : 1))
      .map(({ place, score }) => `${place} ${score}`)
  return {
    lexical: ranked(index.lexical.search(terms, 50).map(({ label, score }) => ({ place: placeOf(index, label), score }))),
    dense: ranked(near.map(({ label, similarity }) => ({ place: placeOf(index, passageOf(label), label), score: similarity }))),
  }
}

const QUESTIONS = [
  'rừng ngập mặn',
  'tiêm vắc xin cho người già',
  'học sinh trở lại trường',
  'an ninh trật tự',
  'hồ chứa nước',
  'hội nghị tháng 4/2021',
]

/** What all questions find. */
export async function everything(index: CorpusIndex): Promise<unknown> {
  return Promise.all(QUESTIONS.map((question) => found(index, question)))
}

/** What an index made from nothing over the same corpus finds. */
export async function fromNothing(sources: FakeIndexSources): Promise<unknown> {
  const fresh = new FakeIndexSources(sources.corpusDir, join(await temporaryFolder(), 'index'))
  return everything((await openUpToDateIndex(fresh)).index)
}
