// In: an event with its sentences. Out: drafts about its people: who did what, with which rank and office. Pure.

import type { Draft } from './draft-questions.ts'
import type { DraftEvent, DraftSentence, DraftSource } from './draft-source.ts'
import { filled } from './draft-templates.ts'

const alternatives = (words: readonly string[]) => [...words].sort((a, b) => b.length - a.length).join('|')

/** A person who is introduced right before the name: "Đại tướng Tô Lâm", "Bộ trưởng Bộ Công an Lương Tam Quang". */
interface Introduced {
  readonly name: string
  readonly start: number
  readonly end: number
  readonly rank: string | undefined
}

function introduced(text: string, { persons, ranks, offices }: DraftSource): Introduced[] {
  const before = new RegExp(
    `(?:^|[^\\p{L}])(?<title>${alternatives([...ranks, ...offices])})(?:\\s\\p{Lu}\\p{Ll}+|\\s(?:an|phủ|trưởng))*[\\s–-]*$`,
    'iu',
  )
  return persons.mentions(text).flatMap(({ name, start, end }) => {
    const title = before.exec(text.slice(0, start))?.groups?.['title']?.toLowerCase()
    return title === undefined ? [] : [{ name, start, end, rank: ranks.includes(title) ? title : undefined }]
  })
}

/** Drafts about the people of an event. */
export function peopleDrafts(event: DraftEvent, source: DraftSource): Draft[] {
  return [...roleDrafts(event, source), ...titleDrafts(event, source)]
}

/** Where sentences of the event that name a role name one person alone, and all the same. */
function roleDrafts(event: DraftEvent, source: DraftSource): Draft[] {
  const { roles, templates } = source
  const holders = new Map<string, { names: Set<string>; evidence: DraftSentence[] }>()
  for (const sentence of event.sentences) {
    if (roles.isElsewhere(sentence.text)) continue
    const people = introduced(sentence.text, source)
    const [person] = people
    if (person === undefined || new Set(people.map(({ name }) => name)).size > 1) continue
    const did = sentence.text.slice(person.end)
    const named = [...roles.rolesIn(did), ...roles.rolesIn(sentence.text.slice(0, person.start))]
    for (const role of new Set(named)) {
      const known = holders.get(role) ?? { names: new Set(), evidence: [] }
      known.names.add(person.name)
      known.evidence.push(sentence)
      holders.set(role, known)
    }
  }
  return [...holders].flatMap(([role, { names, evidence }]) => {
    const template = templates.roles[role]
    const [name] = names
    if (template === undefined || name === undefined || names.size > 1) return []
    return [
      {
        category: 'who',
        question: filled(template, { event: event.name }),
        mustInclude: [[name]],
        evidence: evidence.map(({ text }) => text),
        sources: [...new Set(evidence.map(({ documentId }) => documentId))],
      },
    ]
  })
}

const OFFICE_END =
  /\s(?:phát biểu|cho biết|chủ trì|điều hành|ghi nhận|biểu dương|yêu cầu|nêu|khẳng định|đề nghị|nhấn mạnh|lưu ý|kêu gọi|tới dự|dự|đã|và chỉ đạo)(?!\p{L})/u

/** One rank and one office of each person of the event, from the first sentence that states it. */
function titleDrafts(event: DraftEvent, source: DraftSource): Draft[] {
  const { templates, offices } = source
  const drafts = new Map<string, Draft>()
  const office = new RegExp(`^\\s*[,–-]\\s*(?<list>(?:${alternatives(offices)})[^.;:()“"]*)`, 'iu')
  for (const { text, documentId } of event.sentences) {
    for (const { name, end, rank } of introduced(text, source)) {
      const add = (kind: 'rank' | 'office', answer: string) => {
        const key = `${kind} ${name}`
        if (drafts.has(key)) return
        drafts.set(key, {
          category: kind,
          question: filled(templates[kind], { name, event: event.name }),
          mustInclude: [[answer]],
          evidence: [text],
          sources: [documentId],
        })
      }
      if (rank !== undefined) add('rank', rank)
      const list = office.exec(text.slice(end))?.groups?.['list']
      const last = list?.split(OFFICE_END)[0]?.split(',').at(-1)?.trim()
      if (last !== undefined && new RegExp(`^(?:${alternatives(offices)})(?!\\p{L})`, 'iu').test(last)) add('office', last)
    }
  }
  return [...drafts.values()]
}
