// thuky index: brings the index up to date with the corpus, once or for as long as it runs.
import { setTimeout as delay } from 'node:timers/promises'
import { createAssistant } from '../assistant.ts'
import { messageOf } from '../errors.ts'
import type { CommandContext } from './command-context.ts'
import { translation } from './message-catalogue.ts'
import { terminalEvents } from './terminal.ts'

/** Options of the command. */
export interface IndexOptions {
  readonly rebuild?: boolean
  readonly watch?: boolean
}

/** How often a watched corpus is looked at; looking, unlike notification, works on network drives too. */
const WATCH_INTERVAL_MS = 2000

/** Runs the command. */
export async function indexCorpus({ config }: CommandContext, _argument: string, { rebuild, watch }: IndexOptions): Promise<number> {
  const assistant = createAssistant(config, terminalEvents(config.language))
  const vietnamese = config.language === 'vi'
  const translate = translation(config.language)
  const say = (line: string) => process.stdout.write(`${line}\n`)
  const update = async (anew: boolean) => {
    const started = performance.now()
    const report = await assistant.updateIndex(anew)
    if (report === undefined) return false
    const { documents, passages, embeddedTexts } = report
    const seconds = ((performance.now() - started) / 1000).toFixed(1)
    say(
      vietnamese
        ? `Đã lập chỉ mục ${documents} tài liệu, ${passages} đoạn (${embeddedTexts} văn bản mới) trong ${seconds} giây.`
        : `Indexed ${documents} documents, ${passages} passages (${embeddedTexts} new texts) in ${seconds} s.`,
    )
    return true
  }
  try {
    if (!(await update(rebuild === true))) say(vietnamese ? 'Chỉ mục đã cập nhật.' : 'The index is up to date.')
    while (watch === true) {
      await delay(WATCH_INTERVAL_MS)
      await update(false).catch((error) => process.stderr.write(`thuky: ${translate(messageOf(error))}\n`))
    }
    return 0
  } finally {
    await assistant.close()
  }
}
