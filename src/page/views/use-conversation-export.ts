// In: a conversation's id. Out: a function that fetches it whole and gives it to the browser as a file.
import { usePage } from '../state/page-state.tsx'
import { ServerProblem } from '../state/server-problem.ts'
import { conversationMarkdown } from '../text/citation-text.ts'
import { fileName } from '../text/file-name.ts'

/** Exports a conversation as Markdown, or as the JSON the server keeps. */
export function useConversationExport(id: string): (format: 'md' | 'json') => Promise<void> {
  const { server, announcer, wording, language } = usePage()
  return async (format) => {
    try {
      const conversation = await server.conversation(id)
      const text =
        format === 'json' ? `${JSON.stringify(conversation, null, 2)}\n` : conversationMarkdown(conversation, { wording, language })
      download(text, fileName(conversation.title, format), format === 'json' ? 'application/json' : 'text/markdown')
    } catch (error) {
      announcer.say(wording.problems[error instanceof ServerProblem ? error.kind : 'unexpected'])
    }
  }
}

function download(text: string, name: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
