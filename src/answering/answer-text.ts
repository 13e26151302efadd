// In: chosen proofs as citations. Out: the text of the answer: the fact where it is certain, the source, the sentence word for word.
// Every word outside a quotation is of a template, of the metadata of what is cited, or of a quotation.
import type { SourceDocument } from '../corpus/source-document.ts'
import type { Conference } from '../indexing/conferences.ts'
import type { Citation } from './answer.ts'
import { type AnswerLanguage, conferenceWithDate, shortDate } from './wording.ts'

/** Citations of one group of proofs. */
export interface CitedGroup {
  readonly main: Citation
  readonly agreeing: readonly Citation[]
  readonly differing: readonly Citation[]
  /** The words of the main quotation that are the fact asked for. */
  readonly fact?: string | undefined
  /** Whether the day the cited report was published is the fact. */
  readonly published?: boolean
}

/** What an answer says. */
export interface AnswerParts {
  readonly groups: readonly CitedGroup[]
  /** Conferences asked about that say nothing of it. */
  readonly silent: readonly Conference[]
  readonly language: AnswerLanguage
}

/** The answer in words, a line for each proof. */
export function answerText({ groups, silent, language }: AnswerParts): string {
  const lines = groups.flatMap((group) => (group.differing.length > 0 ? differingLines(group, language) : agreeingLines(group, language)))
  const nothing = silent.map((conference) =>
    language === 'vi'
      ? `Trong ${conferenceWithDate(conference)}: không tìm thấy nội dung này.`
      : `Nothing about this was found in “${conferenceWithDate(conference)}”.`,
  )
  return [...lines, ...nothing].join('\n')
}

const quoted = ({ quote, marker }: Citation) => `“${quote.replace(/\s+/g, ' ')}” [${marker}]`

function agreeingLines({ main, agreeing, fact, published = false }: CitedGroup, language: AnswerLanguage): string[] {
  if (published) return [publicationLine(main, language)]
  const source = conferenceWithDate(main.conference)
  const said = language === 'vi' ? `Theo ${source}: ${quoted(main)}` : `According to “${source}”: ${quoted(main)}`
  const stated = fact === undefined ? said : `${capitalised(fact)} — ${uncapitalised(said)}`
  const also = agreeing.map((citation) =>
    language === 'vi'
      ? `${reportName(citation, language)} cũng nêu: ${quoted(citation)}`
      : `${reportName(citation, language)} says so too: ${quoted(citation)}`,
  )
  return [stated, ...also]
}

/** The day a report was published stands in its metadata; the quotation shows which report it is. */
function publicationLine(main: Citation, language: AnswerLanguage): string {
  const { publisher, publishedAt, title } = main.document.metadata
  const day = publishedAt === null ? '' : shortDate(publishedAt)
  const by = publisher === null ? '' : ` (${publisher})`
  return language === 'vi'
    ? `${day} — ngày đăng ghi ở bài “${title}”${by}, bài mở đầu: ${quoted(main)}`
    : `${day} — the day given with the report “${title}”${by}, which begins: ${quoted(main)}`
}

/** Reports that give different figures: each with its own source, none preferred. */
function differingLines({ main, agreeing, differing }: CitedGroup, language: AnswerLanguage): string[] {
  const source = conferenceWithDate(main.conference)
  const opening = language === 'vi' ? `Các bài về ${source} nêu số liệu khác nhau:` : `Reports of “${source}” give different figures:`
  return [opening, ...[main, ...agreeing, ...differing].map((citation) => `– ${reportName(citation, language)}: ${quoted(citation)}`)]
}

/** How a report is called beside others of its event: by its publisher and day, else by its title. */
function reportName({ document }: Citation, language: AnswerLanguage): string {
  const { publisher, publishedAt, title } = document.metadata
  if (publisher !== null) return withDay(publisher, document)
  const name = title === '' ? document.id : title
  return language === 'vi' ? `Bài “${name}”${publishedAt === null ? '' : ` (${shortDate(publishedAt)})`}` : withDay(`“${name}”`, document)
}

function withDay(name: string, { metadata: { publishedAt } }: SourceDocument): string {
  return publishedAt === null ? name : `${name} (${shortDate(publishedAt)})`
}

const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
const uncapitalised = (text: string) => text.charAt(0).toLowerCase() + text.slice(1)
