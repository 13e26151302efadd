// thuky migrate: takes the corpus with its vectors from files into the database, or back. The source stays as it is.
import { createAssistant } from '../assistant.ts'
import type { Config } from '../config.ts'
import type { CommandContext } from './command-context.ts'
import { terminalEvents } from './terminal.ts'

/** Options of the command. */
export interface MigrateOptions {
  /** Where it goes. Default: the store that `THUKY_STORE` names. */
  readonly to?: Config['store']
}

/** Runs the command. */
export async function migrate({ config }: CommandContext, _argument: string, { to = config.store }: MigrateOptions): Promise<number> {
  const assistant = createAssistant(config, terminalEvents(config.language))
  try {
    const { documents, passages, taken, embedded } = await assistant.migrate(to)
    const target = to === 'pgvector' ? ['vào cơ sở dữ liệu', 'into the database'] : ['vào các tệp', 'into files']
    process.stdout.write(
      config.language === 'vi'
        ? `Đã chuyển ${documents} tài liệu, ${passages} đoạn ${target[0]}: giữ ${taken} vectơ, tính mới ${embedded}.\n`
        : `Moved ${documents} documents, ${passages} passages ${target[1]}: ${taken} vectors kept, ${embedded} computed.\n`,
    )
    return 0
  } finally {
    await assistant.close()
  }
}
