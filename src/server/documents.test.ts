import { mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import JSZip from 'jszip'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ConversationBody } from '../contract/conversation-schemas.ts'
import type { AskResponse, FullDocumentBody } from '../contract/schemas.ts'
import { type Api, CLOSING, citationFaults, makeApi } from '../testing/faces-api.ts'
import { makeWorkspace, thuky, type Workspace } from '../testing/faces-workspace.ts'

let workspace: Workspace
let api: Api

beforeAll(async () => {
  workspace = await makeWorkspace()
  api = makeApi(workspace)
  await api.assistant.openLive()
})
afterAll(async () => {
  await api?.assistant.close()
  await workspace?.remove()
})

const path = (id: string) => `/documents/${encodeURIComponent(id)}`
const put = (id: string, body: object) => api.post(path(id), body, {}, 'PUT')
const remove = (id: string) => api.app.request(path(id), { method: 'DELETE' })
const generation = async () => ((await (await api.app.request('/corpus')).json()) as { generation: number }).generation
const corpusFiles = async () => (await readdir(workspace.corpusDir, { recursive: true })).sort()

/** Uploads a file as a browser does. */
async function upload(id: string, name: string, bytes: Uint8Array | string): Promise<Response> {
  const form = new FormData()
  form.set('file', new File([typeof bytes === 'string' ? bytes : new Uint8Array(bytes)], name))
  const request = new Request('http://127.0.0.1/', { method: 'PUT', body: form })
  const body = new Uint8Array(await request.arrayBuffer())
  const headers = { 'content-type': request.headers.get('content-type') ?? '', 'content-length': String(body.length) }
  return api.app.request(path(id), { method: 'PUT', headers, body })
}

const QUESTION = 'Ai phát biểu tại Hội nghị Đường sắt Bắc Trung Bộ lần thứ 12?'
const report = (speaker: string) => ({
  text: `Sáng 5/3/2023, tại Vinh, Hội nghị Đường sắt Bắc Trung Bộ lần thứ 12 khai mạc.\n\nÔng ${speaker}, Giám đốc Ga Vinh, phát biểu khai mạc hội nghị.`,
  conferenceName: 'Hội nghị Đường sắt Bắc Trung Bộ lần thứ 12',
  ordinal: 12,
  date: '2023-03-05',
})

describe('PUT /documents/{id}', () => {
  test('keeps a document as a file, and the next question is answered from it', async () => {
    expect((await api.ask(QUESTION)).answerable).toBe(false)
    const response = await put('2023~duong-sat', report('Trần Văn Ray'))
    expect(response.status).toBe(201)
    const body = (await response.json()) as FullDocumentBody
    expect(body).toMatchObject({ id: '2023~duong-sat', text: report('Trần Văn Ray').text, metadata: { ordinal: 12, date: '2023-03-05' } })
    expect(await readFile(join(workspace.corpusDir, '2023', 'duong-sat.md'), 'utf8')).toContain('Trần Văn Ray')
    const answer = await api.ask(QUESTION)
    expect([answer.answerable, answer.citations[0]?.document.id, answer.answer]).toEqual([
      true,
      '2023~duong-sat',
      expect.stringContaining('Trần Văn Ray'),
    ])
    expect(citationFaults(answer, () => body.text).filter((fault) => fault.includes('quotation'))).toEqual([])
  })

  test('does nothing when the same comes again', async () => {
    const before = await generation()
    const response = await put('2023~duong-sat', report('Trần Văn Ray'))
    expect([response.status, await generation()]).toEqual([200, before])
  })

  test('replaces what was there', async () => {
    const response = await put('2023~duong-sat', report('Lê Thị Tà Vẹt'))
    expect(response.status).toBe(200)
    expect((await api.ask(QUESTION)).answer).toContain('Lê Thị Tà Vẹt')
    expect(JSON.stringify(await api.ask('Trần Văn Ray là ai?'))).not.toContain('Ông Trần Văn Ray')
  })

  test('takes files, also of another format than before, and leaves one file of the document', async () => {
    expect((await upload('ghi-chep', 'ghi chép.txt', 'Hội nghị Kiểm lâm bàn về voọc chà vá chân nâu.')).status).toBe(201)
    const docx = await new JSZip()
      .file(
        '[Content_Types].xml',
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
      )
      .file(
        '_rels/.rels',
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
      )
      .file(
        'word/document.xml',
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>Hội nghị Kiểm lâm bàn về sao la.</w:t></w:r></w:p></w:body></w:document>',
      )
      .generateAsync({ type: 'uint8array' })
    expect((await upload('ghi-chep', 'moi.DOCX', docx)).status).toBe(200)
    expect((await corpusFiles()).filter((name) => name.includes('ghi-chep'))).toEqual(['ghi-chep.docx'])
    expect((await api.document('ghi-chep')).text).toContain('sao la')
  })

  test('keeps many at once, in few generations', async () => {
    const before = await generation()
    const ids = Array.from({ length: 12 }, (_, i) => `lo-${i}`)
    const statuses = await Promise.all(ids.map(async (id, i) => (await put(id, { text: `Xã số ${i} mở hội nghị về cây chè.` })).status))
    expect(new Set(statuses)).toEqual(new Set([201]))
    for (const [i, id] of ids.entries()) expect((await api.document(id)).text).toBe(`Xã số ${i} mở hội nghị về cây chè.`)
    expect((await generation()) - before).toBeLessThanOrEqual(4)
  })

  test('of the same id at once come one after the other', async () => {
    const texts = Array.from({ length: 5 }, (_, i) => `Bản thứ ${i} của biên bản.`)
    const responses = await Promise.all(texts.map((text) => put('bien-ban', { text })))
    expect(responses.map(({ status }) => status)).toEqual([201, 200, 200, 200, 200])
    expect((await api.document('bien-ban')).text).toBe(texts.at(-1))
  })

  test('keeps a text that looks like front matter, and values that look like YAML, as they are', async () => {
    const text = '---\ntitle: không phải tiêu đề\n---\nVăn bản mở đầu bằng gạch ngang.'
    await put('gach-ngang', { text })
    expect((await api.document('gach-ngang')).text).toBe(text)
    const title = 'Tin: "nóng" # 1, {a: [b]} &x *y !!js'
    await put('gach-ngang', { text, title, publisher: '2021', date: '2021-10' })
    expect(await api.document('gach-ngang')).toMatchObject({ text, title, metadata: { title, publisher: '2021', date: '2021-10' } })
  })

  const refused: [string, () => Promise<Response> | Response, number, RegExp][] = [
    ['an empty text', () => put('hong', { text: ' \n' }), 400, /text is empty/],
    ['a field nobody knows', () => put('hong', { text: 'a', author: 'b' }), 400, /author/],
    ['a day that does not exist', () => put('hong', { text: 'a', date: '2021-02-30' }), 400, /date/],
    ['an address that is none', () => put('hong', { text: 'a', url: 'javascript:alert(1)' }), 400, /url/],
    ['a text without a word', () => put('hong', { text: '...' }), 422, /no text/],
    ['a format that is not read', () => upload('hong', 'virus.exe', 'MZ'), 415, /format/],
    ['a file that is not UTF-8', () => upload('hong', 'a.txt', Uint8Array.from([0x43, 0xf4, 0x6e])), 422, /UTF-8/],
    ['a DOCX that is none', () => upload('hong', 'a.docx', 'PK no zip'), 422, /DOCX/],
    ['front matter that is never closed', () => upload('hong', 'a.md', '---\ntitle: x\n'), 422, /never closed/],
    ['an empty file', () => upload('hong', 'a.txt', ''), 422, /empty/],
    [
      'a form without file',
      () =>
        api.app.request(path('hong'), {
          method: 'PUT',
          headers: { 'content-type': 'multipart/form-data; boundary=x', 'content-length': '5' },
          body: '--x--',
        }),
      400,
      /file/,
    ],
  ]
  test.each(refused)('refuses %s, names the reason and leaves nothing behind', async (_, send, status, reason) => {
    const [files, before] = [await corpusFiles(), await generation()]
    const response = await send()
    expect(response.status).toBe(status)
    expect(((await response.json()) as { detail: string }).detail).toMatch(reason)
    expect([await corpusFiles(), await generation()]).toEqual([files, before])
  })

  test.each([
    '..',
    '..~..~etc~passwd',
    '~etc~passwd',
    'a~..~b',
    'a~',
    '.an',
    'a~.git~b',
    'a/b',
    'a\\b',
    'a\0b',
    'a\nb',
    'C:',
    'con',
    'readme',
    ' a',
    'a.',
    'x'.repeat(300),
    'a~b~c~d~e~f~g~h~i',
  ])('refuses the id %j', async (id) => {
    const files = await corpusFiles()
    expect([404, 405, 422]).toContain((await put(id, { text: 'Hội nghị.' })).status)
    expect(await corpusFiles()).toEqual(files)
  })

  test('refuses an id that leads through a link out of the corpus', async () => {
    const outside = join(workspace.folder, 'outside')
    await mkdir(outside)
    await writeFile(join(outside, 'x.md'), 'Bí mật.')
    await symlink(outside, join(workspace.corpusDir, 'lien-ket'))
    expect((await put('lien-ket~y', { text: 'Hội nghị.' })).status).toBe(422)
    expect((await remove('lien-ket~x')).status).toBe(404)
    expect(await readdir(outside)).toEqual(['x.md'])
  })
})

describe('DELETE /documents/{id}', () => {
  test('removes file and answers, and a conversation says that its source is gone', async () => {
    const { conversationId } = await api.ask(QUESTION)
    expect((await remove('2023~duong-sat')).status).toBe(204)
    expect(await corpusFiles()).not.toContain(join('2023', 'duong-sat.md'))
    expect((await api.ask(QUESTION)).answerable).toBe(false)
    expect((await api.app.request(path('2023~duong-sat'))).status).toBe(404)
    const kept = (await (await api.app.request(`/conversations/${conversationId}`)).json()) as ConversationBody
    expect(kept.turns[0]?.answer?.citations[0]).toMatchObject({
      quote: expect.stringContaining('Lê Thị Tà Vẹt'),
      source: { state: 'removed', documentId: null },
    })
    expect((await remove('2023~duong-sat')).status).toBe(404)
  })
})

test('what another process indexes answers without a restart and without a gap, and moved sources say where they went', async () => {
  const { conversationId, citations } = await api.ask(CLOSING.question)
  expect(citations[0]?.document.id).toBe(CLOSING.document)
  const text = await readFile(join(workspace.corpusDir, `${CLOSING.document}.md`), 'utf8')
  await writeFile(join(workspace.corpusDir, 'chuyen-cho.md'), text)
  await rm(join(workspace.corpusDir, `${CLOSING.document}.md`))
  const indexing = thuky(workspace.folder, ['index'])
  const answers: AskResponse[] = []
  let done = false
  indexing.then(() => {
    done = true
  })
  for (let until = Number.POSITIVE_INFINITY; Date.now() < until; ) {
    answers.push(await api.ask(CLOSING.question))
    await delay(20) // Far fewer conversations than are kept.
    if (done && until === Number.POSITIVE_INFINITY) until = Date.now() + 2500
  }
  expect((await indexing).status).toBe(0)
  for (const {
    citations: [first],
  } of answers)
    expect(first?.quote).toBe(CLOSING.sentence)
  expect(answers.at(-1)?.citations[0]?.document.id).toBe('chuyen-cho')
  const kept = (await (await api.app.request(`/conversations/${conversationId}`)).json()) as ConversationBody
  expect(kept.turns[0]?.answer?.citations[0]).toMatchObject({ source: { state: 'moved', documentId: 'chuyen-cho' } })
})
