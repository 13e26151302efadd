// Faults below the store and damage to its files. `npm run test:faults` runs it in full; CI runs some of each.
import { cp, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { ConversationStore } from './conversation/conversation-store.ts'
import { buildDocument } from './corpus/build-document.ts'
import { loadFile } from './corpus/load-file.ts'
import { messageOf, ThukyError } from './errors.ts'
import type { CorpusIndex } from './indexing/corpus-index.ts'
import { DocumentWriter } from './indexing/document-writer.ts'
import { LiveIndex } from './indexing/live-index.ts'
import { openUpToDateIndex, updateIndex } from './indexing/update-index.ts'
import { termFrequencies } from './language/lexical-terms.ts'
import { FakeIndexSources } from './testing/fake-index-sources.ts'
import { FAULT_FAMILIES, type Fault, type FaultKind, withFault } from './testing/faulty-files.ts'
import { randomNumbers } from './evaluation/random-numbers.ts'
import { temporaryFolder, writeFiles } from './testing/temporary-folder.ts'

const FAULTS = Number(process.env['THUKY_FAULTS'] || 40)
const MUTATIONS = Number(process.env['THUKY_MUTATIONS'] || 40)
/** `THUKY_FAULT_SEED` repeats a run. */
const seed = Number(process.env['THUKY_FAULT_SEED'] || Date.now() % 2 ** 31)

const TOPICS = ['rừng ngập mặn', 'vắc xin', 'học sinh', 'hồ chứa nước', 'đường sắt', 'voọc chà vá']
const text = (topic: string, version: number) => `Hội nghị bàn về ${topic}. Bản số ${version} đã được thông qua. Đại biểu ra về lúc chiều.`

/** A corpus with its index, made once and copied. */
let base: string
beforeAll(async () => {
  process.stdout.write(`Seed of the faults: THUKY_FAULT_SEED=${seed}\n`)
  base = await mkdtemp(join(tmpdir(), 'thuky-faults-'))
  await writeFiles(base, Object.fromEntries(TOPICS.slice(0, 3).map((topic, i) => [`corpus/d${i}.md`, text(topic, 0)])))
  const sources = new FakeIndexSources(join(base, 'corpus'), join(base, 'index'))
  await openUpToDateIndex(sources)
  await writeFiles(base, { 'corpus/d3.md': text(TOPICS[3] as string, 0) })
  await openUpToDateIndex(sources)
  return () => rm(base, { recursive: true, force: true })
})

interface Place {
  readonly sources: FakeIndexSources
  readonly folder: string
}

async function copyOfBase(): Promise<Place> {
  const folder = await temporaryFolder()
  await cp(base, folder, { recursive: true })
  return { folder, sources: new FakeIndexSources(join(folder, 'corpus'), join(folder, 'index')) }
}

/** What is wrong with an index: text that is not the file's, passages that words or vectors do not find, places that do not exist. */
async function faultsOf(index: CorpusIndex, expected: ReadonlyMap<string, readonly (string | null)[]>): Promise<string[]> {
  const faults: string[] = []
  for (const [id, texts] of expected) {
    const found = index.documents.get(id)?.text ?? null
    if (!texts.includes(found)) faults.push(`${id} is ${JSON.stringify(found)}, not one of ${JSON.stringify(texts)}`)
  }
  for (const passage of index.passages.values()) {
    const document = index.documents.get(passage.documentId)
    const quote = document?.text.slice(passage.start, passage.end) ?? ''
    if (quote === '') faults.push(`a passage of ${passage.documentId} stands nowhere`)
    const terms = new Map([...termFrequencies(quote, index.abbreviations).keys()].map((term) => [term, 1]))
    if (index.lexical.search(terms, 50)[0]?.label === undefined) faults.push(`words do not find ${passage.documentId}`)
    const vector = (await index.passageVectors.vectorsOf([passage.label])).vector(passage.label)
    if (vector === undefined || Math.abs(Math.hypot(...vector) - 1) > 1e-3) faults.push(`${passage.documentId} has a wrong vector`)
    const sentences = await index.sentenceVectors.vectorsOf(passage.sentences.map(({ label }) => label))
    for (const { label: own } of passage.sentences) {
      const ownVector = sentences.vector(own)
      if (ownVector === undefined || Math.abs(Math.hypot(...ownVector) - 1) > 1e-3)
        faults.push(`a sentence of ${passage.documentId} has a wrong vector`)
      else if (!(await index.sentenceVectors.nearest(ownVector, 8)).some(({ label }) => label === own))
        faults.push(`vectors do not find a sentence of ${passage.documentId}`)
    }
  }
  for (const { label } of index.lexical.search(
    new Map([...termFrequencies('Hội nghị bàn về', index.abbreviations).keys()].map((term) => [term, 1])),
    100,
  ))
    if (!index.passages.has(label)) faults.push('words find what is not there')
  return faults
}

const KINDS: FaultKind[] = ['fails', 'fails', 'short', 'crash', 'crash']
const CODES = ['ENOSPC', 'EIO', 'EROFS', 'EACCES', 'EMFILE']

/** A server's writer in this process, without the processes beside it. */
async function openWriter({ sources }: Place): Promise<{ writer: DocumentWriter; live: LiveIndex }> {
  const update = (rebuild = false) => updateIndex(sources, rebuild)
  const check = async (file: string, path: string) => {
    try {
      buildDocument(path, await loadFile(file), sources.rules)
      return undefined
    } catch (error) {
      if (error instanceof ThukyError && error.kind === 'corpus') return messageOf(error)
      throw error
    }
  }
  const live = new LiveIndex(sources, update)
  await live.open()
  return { writer: new DocumentWriter(sources.corpusDir, { check, update }, live), live }
}

describe(`${FAULTS} faults below the store`, () => {
  test('lose nothing that was acknowledged, and the next start serves what is true', { timeout: 7_200_000 }, async () => {
    const random = randomNumbers(seed)
    const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)] as T
    let met = 0
    let acknowledged = 0
    for (let round = 0; round < FAULTS; round++) {
      const fault: Fault = {
        family: pick(Object.keys(FAULT_FAMILIES) as Fault['family'][]),
        nth: 1 + Math.floor(random() * 24),
        kind: pick(KINDS),
        code: pick(CODES),
      }
      const place = await copyOfBase()
      const expected = new Map<string, (string | null)[]>(TOPICS.map((topic, i) => [`d${i}`, [i < 4 ? text(topic, 0) : null]]))
      const conversations = new ConversationStore({ folder: join(place.folder, 'index', 'conversations') })
      const kept: string[] = []
      const { writer, live } = await openWriter(place)
      const steps = Array.from({ length: 3 }, () => ({
        id: Math.floor(random() * TOPICS.length),
        remove: random() < 0.3,
        version: 1 + Math.floor(random() * 9),
      }))
      const outcome = await withFault(fault, async () => {
        for (const { id, remove, version } of steps) {
          const name = `d${id}`
          const next = remove ? null : text(TOPICS[id] as string, version)
          const before = expected.get(name) ?? []
          expected.set(name, [...before, next])
          try {
            if (remove) await writer.remove(name)
            else await writer.put({ id: name, extension: '.md', bytes: new TextEncoder().encode(next ?? '') })
            expected.set(name, [next])
            acknowledged++
          } catch (error) {
            if (error instanceof ThukyError && error.kind === 'not-found') expected.set(name, before)
          }
          const turn = conversations.newId()
          const answer = { question: name, standaloneQuestion: name, answer: null }
          await conversations.append(turn, answer, true).then(
            () => kept.push(turn),
            () => {},
          )
        }
      })
      live.close()
      if (outcome.met) met++
      const where = `seed ${seed}, round ${round}, ${JSON.stringify(fault)}, ${JSON.stringify(steps)}`
      const { index } = await openUpToDateIndex(new FakeIndexSources(place.sources.corpusDir, place.sources.indexDir))
      expect(await faultsOf(index, expected), where).toEqual([])
      for (const id of kept) expect((await conversations.get(id)).turns, where).toHaveLength(1)
      await rm(place.folder, { recursive: true, force: true })
    }
    process.stdout.write(`${met} of ${FAULTS} faults were met; ${acknowledged} writes were acknowledged, 0 lost.\n`)
    expect(met).toBeGreaterThan(FAULTS / 3)
  })
})

describe(`${MUTATIONS} damages to the files of an index`, () => {
  const DAMAGES: Record<string, (bytes: Buffer, random: () => number) => Buffer> = {
    'bit flipped': (bytes, random) => {
      const at = Math.floor(random() * bytes.length)
      return bytes.length === 0 ? bytes : bytes.fill((bytes[at] as number) ^ (1 << Math.floor(random() * 8)), at, at + 1)
    },
    'cut off': (bytes, random) => bytes.subarray(0, Math.floor(random() * bytes.length)),
    zeroed: (bytes, random) => {
      const at = Math.floor(random() * bytes.length)
      return bytes.fill(0, at, Math.min(bytes.length, at + 1 + Math.floor(random() * 4096)))
    },
    'with something behind it': (bytes) => Buffer.concat([bytes, Buffer.from('thừa')]),
  }

  test('never lead to a wrong answer: the other generation, a rebuild, or one clear error', { timeout: 7_200_000 }, async () => {
    const random = randomNumbers(seed + 1)
    const expected = new Map(TOPICS.map((topic, i) => [`d${i}`, [i < 4 ? text(topic, 0) : null]]))
    const names = (await readdir(join(base, 'index'))).filter((name) => name !== 'writer.lock').sort()
    const damaged = new Map<string, number>()
    const outcomes = { served: 0, mended: 0, refused: 0 }
    for (let round = 0; round < MUTATIONS; round++) {
      const place = await copyOfBase()
      const chosen =
        round % 5 === 4
          ? [names[round % names.length] as string, names[Math.floor(random() * names.length)] as string]
          : [names[round % names.length] as string]
      const [damage, apply] = Object.entries(DAMAGES)[Math.floor(random() * 4)] as [string, (typeof DAMAGES)[string]]
      for (const name of new Set(chosen)) {
        const path = join(place.sources.indexDir, name)
        await writeFile(path, apply(await readFile(path), random))
        damaged.set(name, (damaged.get(name) ?? 0) + 1)
      }
      const where = `seed ${seed}, round ${round}, ${damage}: ${chosen.join(', ')}`
      try {
        const { index, report } = await openUpToDateIndex(new FakeIndexSources(place.sources.corpusDir, place.sources.indexDir))
        outcomes[report === undefined ? 'served' : 'mended']++
        expect(await faultsOf(index, expected), where).toEqual([])
      } catch (error) {
        if (!(error instanceof ThukyError)) throw new Error(`${where}: ${messageOf(error)}`, { cause: error })
        outcomes.refused++
      }
      await rm(place.folder, { recursive: true, force: true })
    }
    process.stdout.write(`${MUTATIONS} damages to ${damaged.size} of ${names.length} files: ${JSON.stringify(outcomes)}, 0 wrong.\n`)
    expect(damaged.size).toBe(Math.min(names.length, MUTATIONS))
    expect((await stat(join(base, 'index'))).isDirectory()).toBe(true)
  })
})
