import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Assistant, createAssistant } from '../assistant.ts'
import type { AssistantOverrides } from '../assistant-options.ts'
import { loadConfig } from '../config.ts'
import { QUESTION_FORMS } from '../evaluation/question-forms.ts'
import { MAX_QUESTION_LENGTH } from '../language/question-length.ts'
import { packageRoot } from '../package-root.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'

let folder: string
let assistant: Assistant

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'thuky-test-'))
  assistant = createAssistant(loadConfig({ corpus: join(packageRoot(), 'corpus'), index: folder }, {}))
  await assistant.open()
})

afterAll(async () => {
  await assistant.close()
  await rm(folder, { recursive: true, force: true })
})

const QUESTIONS = [
  'Hội nghị Công an toàn quốc lần thứ 76 do ai khai mạc?',
  'Mục tiêu kéo giảm tội phạm về trật tự xã hội năm 2021 là bao nhiêu?',
  'Ông Lương Tam Quang hòa nhã nói gì về Công an xã, thị trấn?',
  'Dữ liệu dân cư phải bảo đảm những yêu cầu gì?',
]

const ranking = async (question: string) => (await assistant.search(question, { limit: 8 })).passages.map(({ passage }) => passage.label)
const firstDocument = async (question: string) => (await assistant.search(question, { limit: 1 })).passages[0]?.passage.documentId ?? ''

/** An assistant with an index of its own, and the questions that its model is asked. */
async function listeningAssistant(): Promise<{ listening: Assistant; asked: string[] }> {
  const asked: string[] = []
  const config = loadConfig({ corpus: join(packageRoot(), 'corpus'), index: await temporaryFolder() }, {})
  const wrapEmbedder: NonNullable<AssistantOverrides['wrapEmbedder']> = (inner) => ({
    embed: (kind, texts) => {
      if (kind === 'query') asked.push(...texts)
      return inner.embed(kind, texts)
    },
  })
  return { listening: createAssistant(config, {}, { wrapEmbedder }), asked }
}

describe('ConferenceRetriever', () => {
  test.each(QUESTIONS)('ranks the decomposed, the new-tone and the polite form of "%s" like the plain one', async (question) => {
    const plain = await ranking(question)
    for (const form of ['nfd', 'newtone', 'polite'] as const) expect(await ranking(QUESTION_FORMS[form](question)), form).toEqual(plain)
  })

  test.each(QUESTIONS)('finds the same document for "%s" without accents and in capitals', async (question) => {
    const plain = await firstDocument(question)
    for (const form of ['unaccented', 'upper'] as const) expect(await firstDocument(QUESTION_FORMS[form](question)), form).toBe(plain)
  })

  test('the model begins with a question as it is written; only one that was meant otherwise is embedded again', async () => {
    const { listening, asked } = await listeningAssistant()
    await listening.search('Xin hỏi ai khai mạc Hội nghị lần thứ 76?')
    await listening.search('Ai khai mạc Hội nghị lần thứ 77')
    await listening.search('ai chu tri hoi nghi lan thu 76')
    await listening.search('Ai phát bieeur tại Hội nghị lần thứ 76?')
    await listening.close()
    expect(asked).toEqual([
      'ai khai mạc Hội nghị lần thứ 76?',
      'Ai khai mạc Hội nghị lần thứ 77?',
      'ai chủ trì hội nghị lần thứ 76?',
      'Ai phát bieeur tại Hội nghị lần thứ 76?',
      'Ai phát biểu tại Hội nghị lần thứ 76?',
    ])
  })

  test('what is about to be asked is embedded once, and what is too long to be asked not at all', async () => {
    const { listening, asked } = await listeningAssistant()
    await listening.open()
    listening.foresee('Ai khai mạc? '.repeat(MAX_QUESTION_LENGTH))
    listening.foresee('Ai khai mạc Hội nghị lần thứ 76?')
    await listening.ask({ question: 'Ai khai mạc Hội nghị lần thứ 76?' })
    await listening.close()
    expect(asked).toEqual(['Ai khai mạc Hội nghị lần thứ 76?'])
  })

  test('reads Telex residue and names in any spelling', async () => {
    const { understood } = await assistant.search('hooij nghij laanf thuws 76 ddoongf chis to lam phats bieeur gif')
    expect(understood.spelling.text).toBe('hội nghị lần thứ 76 đồng chí Tô Lâm phát biểu gì')
  })

  test('finds an English question in the Vietnamese documents', async () => {
    expect(await firstDocument('Who chaired the 2024 review of Resolution 12?')).toBe('2024-10-so-ket-nghi-quyet-12-chi-thi-11')
  })

  test('explains a score by terms that add up to it', async () => {
    const { passages } = await assistant.search('giảm 5% tội phạm', { explain: true, limit: 3 })
    for (const { explanation } of passages) {
      const sum = explanation?.terms.reduce((total, { score }) => total + score, 0)
      expect(sum).toBeCloseTo(explanation?.lexicalScore ?? -1, 9)
    }
    expect(passages[0]?.explanation?.terms.map(({ term }) => term)).toContain('tpct:5')
  })

  test.each(['dense', 'lexical', 'rrf', 'min-max'] as const)('searches with %s alone or fused', async (method) => {
    const { passages } = await assistant.search('giảm 5% tội phạm', { fusion: { method }, limit: 3 })
    expect(passages).toHaveLength(3)
  })
})
