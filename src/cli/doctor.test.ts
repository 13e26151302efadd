import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { CLOSING, makeApi } from '../testing/faces-api.ts'
import { makeWorkspace, thuky, type Workspace } from '../testing/faces-workspace.ts'

interface Finding {
  readonly subject: string
  readonly ok: boolean
  readonly detail: string
}

const findings = async (workspace: Workspace, env: Record<string, string> = {}) => {
  const { status, stdout } = await thuky(workspace.folder, ['doctor', '--json'], { env })
  return { status, findings: (JSON.parse(stdout) as { findings: Finding[] }).findings }
}

test('thuky doctor finds nothing wrong with a good installation and ends with 0', async () => {
  const workspace = await makeWorkspace()
  try {
    const found = await findings(workspace)
    expect(found.status).toBe(0)
    expect(found.findings.filter(({ ok }) => !ok)).toEqual([])
    expect(found.findings.map(({ subject }) => subject)).toEqual(expect.arrayContaining(['Node.js', 'model', 'corpus', 'index']))
    const { status, stdout } = await thuky(workspace.folder, ['doctor'])
    expect(status).toBe(0)
    for (const { subject, detail } of found.findings.filter(({ subject }) => subject !== 'model'))
      expect(stdout).toContain(`✓ ${subject}: ${detail}\n`)
  } finally {
    await workspace.remove()
  }
})

test('files that cannot be read are named with their reason by thuky index, thuky doctor and GET /corpus alike, and stop no other', async () => {
  const workspace = await makeWorkspace({ documents: [`${CLOSING.document}.md`], indexed: false })
  const bad: [string, string | Buffer, RegExp][] = [
    ['empty.md', ' \n', /empty/],
    ['latin.txt', Buffer.from([0x43, 0xf4, 0x6e, 0x67]), /UTF-8/],
    ['open.md', '---\ntitle: Hội nghị\n', /front matter/],
    ['scan.pdf', '%PDF-1.4', /no readable PDF/],
    ['torn.docx', 'PK no zip', /DOCX/],
  ]
  try {
    for (const [name, content] of bad) await writeFile(join(workspace.corpusDir, name), content)
    const stale = await findings(workspace)
    expect(stale.status).toBe(1)
    expect(stale.findings.find(({ subject }) => subject === 'index')).toMatchObject({
      ok: false,
      detail: expect.stringContaining('run thuky index'),
    })

    const indexed = await thuky(workspace.folder, ['index'])
    expect(indexed.status).toBe(0)
    const found = await findings(workspace)
    expect(found.status).toBe(1)
    const api = makeApi(workspace)
    await api.assistant.open()
    const { documents, skipped } = (await (await api.app.request('/corpus')).json()) as {
      documents: number
      skipped: { path: string; reason: string }[]
    }
    await api.assistant.close()

    expect(documents).toBe(1)
    expect(skipped.map(({ path }) => path)).toEqual(bad.map(([name]) => name))
    for (const [name, , words] of bad) {
      const reason = skipped.find(({ path }) => path === name)?.reason as string
      expect(reason).toMatch(words)
      expect(reason).not.toContain(workspace.folder)
      expect(found.findings).toContainEqual({ subject: name, ok: false, detail: `skipped: ${reason}` })
      expect(indexed.stderr).toContain(`${name}: ${reason}`)
    }
    expect((await thuky(workspace.folder, ['ask', CLOSING.question])).stdout).toContain(CLOSING.sentence)
  } finally {
    await workspace.remove()
  }
})

test('a missing model, a damaged index and an empty corpus are named with what to do, and end with 1', async () => {
  const workspace = await makeWorkspace()
  try {
    const missing = await findings(workspace, { THUKY_MODEL: '/nonexistent' })
    expect(missing.status).toBe(1)
    expect(missing.findings.find(({ ok }) => !ok)?.detail).toContain('THUKY_MODEL')
    await writeFile(join(workspace.indexDir, 'passages-0.1.f32'), 'damaged')
    const damaged = await findings(workspace)
    expect(damaged.status).toBe(1)
    expect(damaged.findings.filter(({ ok }) => !ok)).toEqual([
      { subject: 'index', ok: false, detail: expect.stringMatching(/damaged.*run thuky index/) },
    ])
    const empty = await findings(workspace, { THUKY_CORPUS: workspace.indexDir })
    expect(empty.status).toBe(1)
    expect(empty.findings.find(({ subject }) => subject === 'corpus')).toMatchObject({
      ok: false,
      detail: expect.stringContaining('put .md'),
    })
  } finally {
    await workspace.remove()
  }
})
