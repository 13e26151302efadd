// thuky mcp: the Model Context Protocol over standard input and output, for programs that start their servers themselves.
// Standard output belongs to the protocol; notes go to standard error.
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js'
import { createAssistant } from '../assistant.ts'
import { createMcpServer } from '../server/mcp-server.ts'
import type { CommandContext } from './command-context.ts'

/** Runs the command until its input ends. */
export async function mcp({ config, version }: CommandContext): Promise<number> {
  const assistant = createAssistant(config, { onNote: (line) => process.stderr.write(`${line}\n`) })
  const server = createMcpServer(assistant, version)
  const ended = new Promise<void>((resolve) => {
    process.stdin.once('end', resolve).once('close', resolve)
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
  try {
    await server.connect(new StdioServerTransport())
    // What is wrong with corpus or model shows at the first question too; here it ends the start, as with thuky serve.
    const failed = assistant.open().then(() => new Promise<never>(() => {}))
    await Promise.race([ended, failed])
    return 0
  } finally {
    await server.close()
    await assistant.close()
  }
}
