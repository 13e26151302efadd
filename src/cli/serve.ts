// thuky serve: answers over HTTP until it is told to stop.
import { startedModelClient } from '../model-client.ts'
import type { CommandContext } from './command-context.ts'

/** Runs the command. The model's process starts first: it loads while everything else does. */
export async function serve({ config, version }: CommandContext): Promise<number> {
  const model = startedModelClient(config)
  const server = await import('../server/serve.ts')
    .then(({ startServer }) => startServer(config, version, model))
    .catch(async (error: unknown) => {
      await model.close()
      throw error
    })
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
