// thuky serve: answers over HTTP until it is told to stop.
import { startServer } from '../server/serve.ts'
import type { CommandContext } from './command-context.ts'

/** Runs the command. */
export async function serve({ config, version }: CommandContext): Promise<number> {
  const server = await startServer(config, version)
  const stopped = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
  try {
    const stoppedEarly = await Promise.race([server.ready.then(() => false), stopped.then(() => true)])
    if (stoppedEarly) return 0
    process.stdout.write(config.language === 'vi' ? `Thư Ký sẵn sàng tại ${server.url}\n` : `Thư Ký is ready at ${server.url}\n`)
    await stopped
    return 0
  } finally {
    await server.stop()
  }
}
