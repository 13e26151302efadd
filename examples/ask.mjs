// Asks a question and shows the proof. Run in a folder of your own: npm install thuky, then node ask.mjs "câu hỏi"
import { createAssistant, placeAt } from 'thuky'

const question = process.argv[2] ?? 'Hội nghị Công an toàn quốc lần thứ 77 kết thúc khi nào?'

// Without options: the reports that come with the package; the index is kept in ./index.
const assistant = createAssistant({ indexDir: 'index' })
try {
  const { answer } = await assistant.ask({ question })
  console.log(answer.text)
  for (const { marker, quote, start, end, document } of answer.citations) {
    const { heading } = placeAt(document, start)
    // A quotation is a stretch of the stored text, to the letter.
    if (document.text.slice(start, end) !== quote) throw new Error('a quotation is not verbatim')
    console.log(`\n[${marker}] ${document.metadata.title}${heading === null ? '' : ` – ${heading}`}\n    “${quote}”`)
  }
} finally {
  await assistant.close()
}
