import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { packageRoot } from '../package-root.ts'
import { type Api, citationFaults, makeApi } from '../testing/faces-api.ts'
import { makeWorkspace, type Workspace } from '../testing/faces-workspace.ts'

const FILES = join(packageRoot(), 'src', 'testing', 'documents')

let workspace: Workspace
let api: Api

beforeAll(async () => {
  workspace = await makeWorkspace({ documents: [], indexed: false })
  await cp(FILES, workspace.corpusDir, { recursive: true, filter: (source) => !source.endsWith('.py') })
  api = await makeApi(workspace)
  await api.assistant.open()
})

afterAll(async () => {
  await api?.assistant.close()
  await workspace?.remove()
})

const QUESTIONS: [question: string, document: string, quote: string, page: number | null, heading: string][] = [
  ['Năm 2022 tỉnh Hòa Bắc phấn đấu trồng mới bao nhiêu ha rừng?', 'bao-cao-hai-cot', '672 ha', 2, 'III. Phương hướng, nhiệm vụ'],
  ['Năm 2020 tỉnh Sơn Nguyên phấn đấu trồng mới bao nhiêu ha rừng?', 'bao-cao-chuan-luu-tru', '539 ha', 2, 'III. Phương hướng, nhiệm vụ'],
  [
    'Ai chủ trì hội nghị tổng kết công tác bảo vệ rừng tỉnh Bình Sơn năm 2023?',
    'bao-cao-de-muc',
    'Võ Thị Hạnh',
    null,
    'I. Tình hình chung',
  ],
  ['Ai chủ trì hội nghị tổng kết công tác bảo vệ rừng tỉnh Thượng Lĩnh năm 2002?', 'font-vni', 'Mai Xuân Hòa', null, 'I. Tình hình chung'],
  ['Ai chủ trì hội nghị tổng kết công tác bảo vệ rừng tỉnh Kim Sơn năm 2017?', 'tin-bai-utf16', 'Lý Thị Mơ', null, 'I. Tình hình chung'],
]

test.each(QUESTIONS)('%s is answered with the page or heading it stands on', async (question, id, quote, page, heading) => {
  const body = await api.ask(question)
  expect(body.answerable, body.answer).toBe(true)
  const citation = body.citations.find((one) => one.document.id === id)
  expect(citation?.quote).toContain(quote)
  expect(citation?.place).toEqual({ page, heading })
  const texts = new Map<string, string>()
  for (const { document } of [...body.citations, ...body.passages]) texts.set(document.id, (await api.document(document.id)).text)
  expect(citationFaults(body, (name) => texts.get(name) ?? '')).toEqual([])
})

test('every file that is not read is named with its reason', async () => {
  const { documents, skipped } = (await (await api.app.request('/corpus')).json()) as {
    documents: number
    skipped: { path: string; reason: string }[]
  }
  expect(documents).toBeGreaterThanOrEqual(15)
  expect(skipped.length).toBeGreaterThanOrEqual(10)
  expect(skipped.every(({ reason }) => /save|remove|convert|run|write|rename/.test(reason))).toBe(true)
})
