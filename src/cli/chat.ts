// thuky chat: a conversation in the terminal; follow-ups are understood, turns are kept like those over HTTP.
// Questions come line by line from stdin, a terminal or not; nothing but answers goes to stdout when it is not one.
import { createInterface } from 'node:readline/promises'
import { type Assistant, createAssistant } from '../assistant.ts'
import { askBody } from '../contract/present.ts'
import { ThukyError } from '../errors.ts'
import { answerText } from './answer-text.ts'
import type { CommandContext } from './command-context.ts'
import { translation } from './message-catalogue.ts'
import { checkedQuestion } from './question-argument.ts'
import { pc, terminalEvents } from './terminal.ts'

const WORDS = {
  vi: {
    hint: 'Hãy hỏi. /new bắt đầu lại, /quit hoặc Ctrl-D kết thúc.',
    fresh: 'Cuộc trò chuyện mới.',
    understood: 'Hiểu là',
    unknown: 'Không có lệnh',
  },
  en: {
    hint: 'Ask. /new begins anew, /quit or Ctrl-D ends.',
    fresh: 'A new conversation.',
    understood: 'Understood as',
    unknown: 'There is no command',
  },
} as const

/** Runs the command. */
export async function chat({ config }: CommandContext): Promise<number> {
  const words = WORDS[config.language]
  const assistant = createAssistant(config, terminalEvents(config.language))
  const isTerminal = process.stdin.isTTY === true && process.stdout.isTTY === true
  const lines = createInterface({ input: process.stdin, ...(isTerminal ? { output: process.stdout } : {}), terminal: isTerminal })
  lines.setPrompt(isTerminal ? '› ' : '')
  const buffered = lines[Symbol.asyncIterator]()
  try {
    await assistant.open()
    if (isTerminal) process.stdout.write(`${pc.dim(words.hint)}\n`)
    let id: string | undefined
    for (;;) {
      if (isTerminal) lines.prompt()
      const { value, done } = await buffered.next()
      const line = done === true ? '/quit' : value.trim()
      if (line === '/quit') return 0
      if (line === '') continue
      if (line === '/new') {
        id = undefined
        process.stderr.write(`${pc.dim(words.fresh)}\n`)
      } else if (line.startsWith('/')) process.stderr.write(`${words.unknown} ${line}. ${words.hint}\n`)
      else id = await turn({ assistant, line, id, understood: words.understood })
    }
  } finally {
    lines.close()
    await assistant.close()
  }
}

interface Turn {
  readonly assistant: Assistant
  readonly line: string
  /** Conversation the turn goes on with; undefined begins one. */
  readonly id: string | undefined
  readonly understood: string
}

/** One question and its answer; a question that may not be asked is said so, and the conversation goes on. */
async function turn({ assistant, line, id, understood }: Turn): Promise<string | undefined> {
  const { conversations, config } = assistant
  try {
    const question = checkedQuestion(line)
    const earlierQuestions = id === undefined ? [] : await conversations.questions(id)
    const conversationId = id ?? conversations.newId()
    const result = await assistant.ask({ question, earlierQuestions })
    const body = askBody(result, { model: config.model, conversationId })
    const { standaloneQuestion } = body
    if (standaloneQuestion !== question) process.stdout.write(`${pc.dim(`${understood}: ${standaloneQuestion}`)}\n`)
    process.stdout.write(`${answerText(body, config.language)}\n`)
    await conversations.append(conversationId, { question, standaloneQuestion, answer: body }, id === undefined)
    return conversationId
  } catch (error) {
    if (!(error instanceof ThukyError) || !['usage', 'not-found'].includes(error.kind)) throw error
    process.stderr.write(`${translation(config.language)(error.message)}\n`)
    return error.kind === 'not-found' ? undefined : id
  }
}
