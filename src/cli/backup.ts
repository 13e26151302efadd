// thuky backup FILE, thuky restore FILE: everything people gave, as one archive; also while a server runs on the same folders.
import { createAssistant } from '../assistant.ts'
import type { CommandContext } from './command-context.ts'
import { terminalEvents } from './terminal.ts'

/** Writes a backup. */
export async function backup({ config }: CommandContext, file: string): Promise<number> {
  const assistant = createAssistant(config, terminalEvents(config.language))
  try {
    const { files } = await assistant.backup(file)
    const words = config.language === 'vi' ? `Đã lưu ${files.length} tập tin vào ${file}.` : `Kept ${files.length} files in ${file}.`
    process.stdout.write(`${words}\n`)
    return 0
  } finally {
    await assistant.close()
  }
}

/** Restores a backup. */
export async function restore({ config }: CommandContext, file: string): Promise<number> {
  const assistant = createAssistant(config, terminalEvents(config.language))
  try {
    const { files, createdAt } = await assistant.restore(file)
    const words =
      config.language === 'vi'
        ? `Đã khôi phục ${files.length} tập tin của bản lưu ${createdAt}.`
        : `Restored ${files.length} files of the backup of ${createdAt}.`
    process.stdout.write(`${words}\n`)
    return 0
  } finally {
    await assistant.close()
  }
}
