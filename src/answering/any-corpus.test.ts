// Whatever the documents and whatever the question: what is sent is proven to the letter. Real index, retrieval and answering over
// generated reports; only the meaning of words is hashed.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openUpToDateIndex } from '../indexing/update-index.ts'
import { LocalEmbeddings } from '../inference/local-embeddings.ts'
import { type LanguageKnowledge, loadLanguageKnowledge } from '../language/knowledge.ts'
import { ConferenceRetriever } from '../retrieval/retriever.ts'
import { arbitraryReport } from '../testing/arbitrary-report.ts'
import { FakeIndexSources } from '../testing/fake-index-sources.ts'
import { writeFiles } from '../testing/temporary-folder.ts'
import type { Answer, Citation } from './answer.ts'
import { ExtractiveAnswerer } from './extractive-answerer.ts'

let knowledge: LanguageKnowledge
let root: string
beforeAll(async () => {
  knowledge = loadLanguageKnowledge()
  root = await mkdtemp(join(tmpdir(), 'thuky-any-corpus-'))
})
afterAll(() => rm(root, { recursive: true, force: true }))

const piece = fc.constantFrom(
  ...'Ai|chủ trì|hội nghị|lần thứ 76|bao nhiêu|khi nào|giảm 5%|năm 2021|29-12|công an|địa phương|Bộ trưởng|Trần Văn Lạ|vì sao|nêu|các nhiệm vụ|so với năm 2020|và|Who chaired|the conference|[1]|“|?'.split(
    '|',
  ),
)
const question = fc.oneof(
  { weight: 5, arbitrary: fc.array(piece, { minLength: 1, maxLength: 8 }).map((parts) => parts.join(' ')) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }) },
)
const heading = fc.record({
  name: fc.constantFrom('Hội nghị Công an toàn quốc lần thứ 76', 'Hội nghị sơ kết 6 tháng đầu năm 2021', 'Lễ ra quân 35.000 người'),
  date: fc.constantFrom('2020-12-07', '2021-06', '2023'),
})
const report = fc
  .tuple(heading, arbitraryReport)
  .map(([{ name, date }, text]) => `---\nconferenceName: ${name}\ndate: ${date}\n---\n${text}\n`)

/** Whether two texts are the same but for accents, capitals and spaces. */
const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/gi, 'd').toLowerCase().replace(/\s+/g, ' ')

const metadataOf = ({ conference, document }: Citation) =>
  [conference.name, conference.date, document.id, document.metadata.title, document.metadata.publisher, document.metadata.publishedAt].join(
    ' ; ',
  )

/** What is wrong with an answer; judged from what is sent alone. */
function faults({ answerable, text, citations, refusal }: Answer): string[] {
  const found: string[] = []
  const shown = [...citations, ...(refusal?.nearest ?? [])]
  if (shown.some(({ document, quote, start, end }) => quote === '' || document.text.slice(start, end) !== quote))
    found.push('no exact slice')
  if (!answerable) {
    if (citations.length > 0) found.push('a refusal cites')
    return found
  }
  const composed = citations.reduce((rest, { quote }) => rest.replace(quote.replace(/\s+/g, ' '), ' '), text)
  const markers = [...composed.matchAll(/\[(\d+)\]/g)].map((match) => Number(match[1]))
  const numbers = citations.map(({ marker }) => marker)
  if (numbers.some((number, i) => number !== i + 1)) found.push('citations are not numbered from 1')
  if (new Set(markers).size !== numbers.length || markers.some((marker) => !numbers.includes(marker))) found.push('markers differ')
  const proof = plain(citations.flatMap((citation) => [citation.quote, metadataOf(citation)]).join(' ; '))
  const words = composed.replace(/\[\d+\]/g, ' ').replace(/(?<!\p{L})(?:Theo|Tại|Đăng|According|At|Published)(?!\p{L})/gu, ' ; ')
  const isDay = (number: string) =>
    proof.includes(number) || proof.includes(number.padStart(2, '0')) || proof.includes(String(Number(number)))
  found.push(...(words.match(/\d+/g) ?? []).filter((number) => !isDay(number)).map((number) => `number ${number}`))
  const names = words.match(/\p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}+)+/gu) ?? []
  found.push(...names.filter((name) => !proof.includes(plain(name))).map((name) => `name ${name}`))
  return found
}

test('markers, citations, slices, numbers and names are right for any question over any corpus', { timeout: 240_000 }, async () => {
  let [run, answered] = [0, 0]
  await fc.assert(
    fc.asyncProperty(
      fc.array(report, { minLength: 1, maxLength: 4 }),
      fc.array(question, { minLength: 1, maxLength: 12 }),
      async (reports, questions) => {
        const [corpus, indexDir] = [join(root, `corpus-${run}`), join(root, `index-${run}`)]
        run++
        await writeFiles(corpus, Object.fromEntries(reports.map((text, i) => [`bai-${i}.md`, text])))
        const sources = new FakeIndexSources(corpus, indexDir)
        const { index } = await openUpToDateIndex(sources)
        const embed = async (_: string, texts: readonly string[]) => ({
          vectors: await sources.embed(texts),
          dimension: 64,
          tokenizeMs: 0,
          inferMs: 0,
        })
        const retriever = new ConferenceRetriever(index, new LocalEmbeddings({ embed }), knowledge)
        const answerer = new ExtractiveAnswerer(index, knowledge, { strictness: 0 })
        for (const asked of questions) {
          const answer = await answerer.answer(await retriever.search(asked, { limit: 24 }))
          if (answer.answerable) answered++
          expect(faults(answer), `${asked} → ${answer.text}`).toEqual([])
        }
      },
    ),
    { numRuns: 60 },
  )
  expect(answered).toBeGreaterThan(0)
})
