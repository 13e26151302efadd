// GET /openapi.json: the document generated from all routes. GET /docs: the same to read, without anything from the network.
import type { OpenAPIHono } from '@hono/zod-openapi'
import { html } from 'hono/html'
import type { AppServices } from '../app.ts'

/** Adds the routes; has to come after all others. */
export function addDocsRoutes(app: OpenAPIHono, { version }: AppServices): void {
  const info = {
    title: 'Thư Ký',
    version,
    description: 'Questions in Vietnamese over reports of conferences, answered with verbatim quotations and their sources.',
  }
  app.doc31('/openapi.json', { openapi: '3.1.0', info })
  app.get('/docs', (c) => {
    const document = app.getOpenAPI31Document({ openapi: '3.1.0', info })
    const routes = Object.entries(document.paths ?? {}).flatMap(([path, methods]) =>
      Object.entries(
        methods as Record<string, { summary?: string; description?: string; responses?: Record<string, { description?: string }> }>,
      ).map(([method, operation]) => ({ path, method, operation })),
    )
    return c.html(html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Thư Ký – API</title></head>
<body>
<h1 lang="vi">Thư Ký</h1>
<p>${info.description} <a href="/openapi.json">openapi.json</a></p>
<pre>curl -s http://127.0.0.1:8080/ask -H 'content-type: application/json' -d '{"question":"Hội nghị Công an toàn quốc lần thứ 77 kết thúc khi nào?"}'</pre>
${routes.map(
  ({ path, method, operation }) => html`<h2>${method.toUpperCase()} ${path}</h2>
<p>${operation.summary}. ${operation.description ?? ''}</p>
<ul>${Object.entries(operation.responses ?? {}).map(([status, { description }]) => html`<li>${status}: ${description ?? ''}</li>`)}</ul>`,
)}
</body>
</html>`)
  })
}
