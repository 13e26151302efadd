// POST /mcp: the Model Context Protocol over streamable HTTP. Every request stands for itself (no sessions), so any number of
// servers can stand behind one address and a restart loses nothing.
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import type { AppServices } from '../app.ts'
import { jsonBody, ok, problems } from './openapi-parts.ts'

const message = z.looseObject({ jsonrpc: z.literal('2.0') }).openapi('JsonRpcMessage')

const route = createRoute({
  method: 'post',
  path: '/mcp',
  summary: 'Model Context Protocol',
  description: 'Streamable HTTP without sessions: tools ask, search, get_document and list_conferences; documents as resources.',
  request: jsonBody(z.union([message, z.array(message)])),
  responses: {
    ...ok(message, 'The reply to a request'),
    202: { description: 'A notification has been taken' },
    ...problems(400, 411, 413, 415, 503),
  },
})

/** Loaded with the first request: a server starts sooner without it. */
const protocol = () => Promise.all([import('../mcp-server.ts'), import('@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js')])

/** Adds the route. Other methods are answered with 405: there are no sessions to end and nothing to listen to. */
export function addMcpRoute(app: OpenAPIHono, { assistant, version }: AppServices): void {
  app.openapi(route, async (c) => {
    const [{ createMcpServer }, { WebStandardStreamableHTTPServerTransport }] = await protocol()
    const server = createMcpServer(assistant, version)
    const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true })
    c.req.raw.signal.addEventListener('abort', () => void server.close(), { once: true })
    await server.connect(transport)
    return transport.handleRequest(c.req.raw, { parsedBody: c.req.valid('json') }) as never
  })
}
