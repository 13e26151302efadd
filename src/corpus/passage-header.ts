// In: a document's metadata and a section. Out: the line that is put before a passage when it is indexed, so that "Bộ trưởng
// yêu cầu…" is found by event and date. It is searched and embedded, never cited.
import type { DocumentMetadata, SourceDocument } from './source-document.ts'

/** "Hội nghị … | ngày 29 tháng 12 năm 2021 | ANTD.VN | headline | section"; only what is really known. */
export function passageHeader({ metadata, provenance }: Pick<SourceDocument, 'metadata' | 'provenance'>, section: string | null): string {
  const named = provenance.conferenceName !== 'first words'
  const titled = provenance.title !== 'first words' && metadata.title !== metadata.conferenceName
  const parts = [
    named ? metadata.conferenceName : null,
    metadata.date === null ? null : dateInWords(metadata.date),
    metadata.publisher,
    titled ? metadata.title : null,
    section === metadata.title || section === metadata.conferenceName ? null : section,
  ]
  return parts.filter((part) => part !== null).join(' | ')
}

/** An ISO date of any precision as Vietnamese writes it: "ngày 7 tháng 12 năm 2020", "tháng 10 năm 2024", "năm 2024". */
export function dateInWords(date: NonNullable<DocumentMetadata['date']>): string {
  const [year, month, day] = date.split('-')
  if (month === undefined) return `năm ${year}`
  const inMonth = `tháng ${Number(month)} năm ${year}`
  return day === undefined ? inMonth : `ngày ${Number(day)} ${inMonth}`
}
