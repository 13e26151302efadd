// npm run eval:near-misses: makes eval/gold/near-misses.jsonl out of the answerable gold questions: an ordinal, a year, a person the
// documents do not have, a role they do not name. The same questions come out each time.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { z } from 'zod'
import { loadCorpusRules } from '../src/corpus/corpus-rules.ts'
import { listCorpus, readDocuments } from '../src/corpus/read-corpus.ts'
import type { SourceDocument } from '../src/corpus/source-document.ts'
import { syllableKey } from '../src/language/canonical.ts'
import { readDataFile } from '../src/language/data-file.ts'
import { ordinalMentions } from '../src/language/ordinals.ts'
import { personNames } from '../src/language/person-names.ts'
import { titleFileSchema } from '../src/language/persons.ts'
import { RoleTable, roleFileSchema } from '../src/language/roles.ts'
import { timeExpressions } from '../src/language/time-expressions.ts'
import { packageRoot } from '../src/package-root.ts'
import { type GoldQuestion, goldQuestions } from '../src/evaluation/gold-question.ts'
import { randomNumbers } from '../src/evaluation/random-numbers.ts'

/** A question made unanswerable. */
export interface NearMiss {
  readonly id: string
  readonly category: 'absent_ordinal' | 'absent_year' | 'absent_person' | 'wrong_person' | 'wrong_role' | 'false_premise'
  readonly question: string
  readonly answerable: false
}

/** What near-misses are made from. */
export interface NearMissSources {
  readonly questions: readonly GoldQuestion[]
  readonly documents: readonly SourceDocument[]
  readonly roles: z.output<typeof roleFileSchema>['roles']
  /** Keys (`syllableKey`) that names of people begin with. */
  readonly surnames: ReadonlySet<string>
  readonly seed: number
}

/** Names nobody in the documents bears. */
const NOBODY = ['Đặng Quốc Khải', 'Vũ Thành Long', 'Phan Đức Hiếu', 'Bùi Minh Trí', 'Hoàng Gia Bảo', 'Đỗ Hải Yến']
/** Roles an event has once or not at all, and that a report names when it knows them. */
const ROLES = ['opening', 'closing', 'chairing', 'moderating', 'reporting']
const EVENT = /^\s*(?:hội nghị|buổi|cuộc họp|phiên họp)/iu
const NAME = /(?<=\p{L} )\p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}+){1,2}(?! *\p{Lu})/gu

/** Near-misses of all kinds, in the order of their questions. */
export function nearMisses({ questions, documents, roles, surnames, seed }: NearMissSources): NearMiss[] {
  const corpus = documents.map(({ text, metadata }) => `${metadata.conferenceName}\n${text}`).join('\n')
  const table = new RoleTable(roles)
  const isPerson = (name: string) => surnames.has(syllableKey(name.split(' ')[0] as string))
  const people = [...new Set(corpus.match(NAME) ?? [])].filter(isPerson).sort()
  return questions
    .filter(({ answerable, history, category }) => answerable && history.length === 0 && category !== 'comparison')
    .flatMap((gold) => {
      const { id, question, source_docs } = gold
      const own = documents.filter((document) => source_docs.includes(document.id)).map(({ text }) => text)
      const made: NearMiss[] = []
      const random = randomNumbers(seed + Number(/\d+$/.exec(id)?.[0] ?? 0))
      const pick = <T>(items: readonly T[]) => items[Math.floor(random() * items.length)]
      const add = (category: NearMiss['category'], text: string | undefined, detail = '') => {
        if (text === undefined || text === question) return
        made.push({ id: `near-${id}-${category}${detail === '' ? '' : `-${detail}`}`, category, question: text, answerable: false })
      }
      add(
        'absent_ordinal',
        withOrdinal(question, () => pick([61, 68, 70, 72, 73, 75, 79, 81, 85]) as number),
      )
      add(
        'absent_year',
        withYear(question, () => pick([2014, 2016, 2017, 2018, 2026, 2028].filter((year) => !corpus.includes(String(year)))) as number),
      )
      const [name] = (question.match(NAME) ?? []).filter((found) => people.includes(found))
      if (name !== undefined) {
        add('absent_person', question.replace(name, pick(NOBODY) as string))
        const strangers = people.filter((other) => own.every((text) => !text.includes(other)))
        const conference = ordinalMentions(question).length + timeExpressions(question).length > 0
        if (strangers.length > 0 && conference) add('wrong_person', question.replace(name, pick(strangers) as string))
      }
      const role = eventAfterRole(question, roles)
      const [text] = own
      if (role === undefined || text === undefined || own.length > 1) return made
      for (const other of ROLES.filter((one) => !table.rolesIn(text).has(one))) {
        const word = roles.find((one) => one.id === other)?.words[0] ?? ''
        add('wrong_role', `Ai ${word} ${role.event}?`, other)
      }
      const naming = text.split(/[.\n]/).filter((sentence) => table.rolesIn(sentence).has(role.id))
      const impostors = people.filter((person) => naming.every((sentence) => !sentence.includes(person)))
      const impostor = pick(impostors)
      if (impostor !== undefined) add('false_premise', `Vì sao ông ${impostor} ${role.word} ${role.event}?`)
      return made
    })
}

function withOrdinal(question: string, value: () => number): string | undefined {
  const mention = ordinalMentions(question).find(({ noun, start, end }) => noun === 'conference' && /\d+/.test(question.slice(start, end)))
  if (mention === undefined) return undefined
  const phrase = question.slice(mention.start, mention.end).replace(/\d+/, String(value()))
  return question.slice(0, mention.start) + phrase + question.slice(mention.end)
}

function withYear(question: string, value: () => number): string | undefined {
  const times = timeExpressions(question)
  const [time] = times
  if (time === undefined || times.length > 1 || time.role !== 'event' || !/20\d\d/.test(question.slice(time.start, time.end)))
    return undefined
  const phrase = question.slice(time.start, time.end).replace(/20\d\d/, String(value()))
  return question.slice(0, time.start) + phrase + question.slice(time.end)
}

/** "hội nghị 77" of "Ai thay mặt Bộ kết luận hội nghị 77?", and the role before it. */
function eventAfterRole(question: string, roles: NearMissSources['roles']): { id: string; word: string; event: string } | undefined {
  const found = roles
    .filter(({ id }) => ROLES.includes(id))
    .flatMap(({ id, words }) => words.map((word) => ({ id, word, at: question.toLowerCase().lastIndexOf(word) })))
    .filter(({ word, at }) => at >= 0 && EVENT.test(question.slice(at + word.length)))
    .sort((a, b) => b.at + b.word.length - a.at - a.word.length || b.word.length - a.word.length)[0]
  if (found === undefined) return undefined
  const event = question.slice(found.at + found.word.length).replace(/\s+(?:là|do|thì) ai.*$/iu, '')
  return { id: found.id, word: found.word, event: event.replace(/[?\s]+$/, '').trim() }
}

/** The near-misses of the questions and documents that come with the project. */
export async function madeNearMisses(): Promise<NearMiss[]> {
  const folder = join(packageRoot(), 'corpus')
  const { documents } = await readDocuments(folder, (await listCorpus(folder)).files, loadCorpusRules())
  return nearMisses({
    questions: goldQuestions(readFileSync(join(packageRoot(), 'eval', 'gold', 'conferences.jsonl'), 'utf8')),
    documents: documents.map(({ document }) => document),
    roles: readDataFile('roles.json', roleFileSchema).roles,
    surnames: personNames(readDataFile('titles.json', titleFileSchema)).surnames,
    seed: 76,
  })
}

if (process.argv[1]?.endsWith('near-misses.js')) {
  const made = await madeNearMisses()
  writeFileSync(join(packageRoot(), 'eval', 'gold', 'near-misses.jsonl'), made.map((line) => `${JSON.stringify(line)}\n`).join(''))
  process.stderr.write(`${made.length} near-misses\n`)
}
