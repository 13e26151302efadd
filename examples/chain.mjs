// Thư Ký as the retriever of a LangChain chain: passages in, a prompt out, ready for whatever chat model you put behind it.
// Run: node chain.mjs "câu hỏi"
import { ChatPromptTemplate } from '@langchain/core/prompts'
import { RunnableLambda, RunnablePassthrough, RunnableSequence } from '@langchain/core/runnables'
import { createAssistant, ThukyRetriever } from 'thuky'

const question = process.argv[2] ?? 'Bộ trưởng yêu cầu gì về chuyển đổi số?'
const assistant = createAssistant({ indexDir: 'index' })
try {
  const retriever = new ThukyRetriever({ assistant, topK: 3, filters: { from: '2021' } })
  const numbered = RunnableLambda.from((documents) =>
    documents.map(({ pageContent, metadata }, i) => `[${i + 1}] (${metadata.conferenceName}, ${metadata.date}) ${pageContent}`).join('\n\n'),
  )
  const chain = RunnableSequence.from([
    { sources: retriever.pipe(numbered), question: new RunnablePassthrough() },
    ChatPromptTemplate.fromMessages([
      ['system', 'Chỉ trả lời theo các nguồn sau, ghi số nguồn:\n\n{sources}'],
      ['human', '{question}'],
    ]),
    // Put your chat model here, for example: new ChatOpenAI({ … })
  ])
  const prompt = await chain.invoke(question)
  for (const message of prompt.toChatMessages()) console.log(`${message.getType()}: ${message.content}\n`)
} finally {
  await assistant.close()
}
