// Answers from your own files: Markdown, text, HTML, PDF or DOCX in a folder. Run: node own-documents.mjs [folder] [question]
import { mkdir, writeFile } from 'node:fs/promises'
import { createAssistant } from 'thuky'

const [folder = 'tai-lieu', question = 'Ai chủ trì hội nghị tổng kết công tác trồng rừng?'] = process.argv.slice(2)
if (process.argv[2] === undefined) {
  await mkdir(folder, { recursive: true })
  await writeFile(
    `${folder}/trong-rung.html`,
    `<!doctype html><meta charset="utf-8"><title>Trồng rừng</title><h1>Hội nghị tổng kết công tác trồng rừng tỉnh Lâm Sơn năm 2022</h1>
     <h2>Khai mạc</h2><p>Sáng 12/1/2023, tỉnh Lâm Sơn tổ chức Hội nghị tổng kết công tác trồng rừng năm 2022. Ông Nguyễn Văn Thông, Phó Chủ tịch tỉnh, chủ trì hội nghị.</p>
     <h2>Kết quả</h2><p>Toàn tỉnh đã trồng mới 1.498 ha rừng, đạt 104% kế hoạch; tỷ lệ che phủ rừng đạt 52,5%.</p>`,
  )
}

const assistant = createAssistant({ corpusDir: folder, indexDir: `${folder}-index`, onNote: (line) => console.error(line) })
try {
  const { documents, skipped } = await assistant.open()
  console.log(`${documents.size} document(s)`)
  for (const { path, reason } of skipped) console.log(`skipped ${path}: ${reason}`)
  const { answer } = await assistant.ask({ question })
  console.log(answer.text)
  if (answer.refusal !== null) console.log(`refused: ${answer.refusal.reason}`)
} finally {
  await assistant.close()
}
