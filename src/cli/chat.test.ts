import { spawn } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { packageRoot } from '../package-root.ts'
import { CLOSING } from '../testing/faces-api.ts'
import { ended, makeWorkspace, plainEnvironment, type Workspace } from '../testing/faces-workspace.ts'

let workspace: Workspace

beforeAll(async () => {
  workspace = await makeWorkspace()
})
afterAll(() => workspace?.remove())

function chat(input: string) {
  const main = join(packageRoot(), 'dist', 'cli', 'main.js')
  const child = spawn(process.execPath, [main, 'chat'], { cwd: workspace.folder, env: plainEnvironment(), stdio: 'pipe' })
  child.stdin.end(input)
  return ended(child)
}

test('follow-ups are understood, sources shown, and the end of the input ends it', async () => {
  const { status, stdout, stderr } = await chat(`${CLOSING.question}\nCòn lần thứ 76?\n`)
  expect(stderr).toBe('')
  expect(status).toBe(0)
  expect(stdout).toContain(CLOSING.sentence)
  expect(stdout).toContain('[1] Hội nghị Công an toàn quốc lần thứ 77 · 2021-12-29')
  expect(stdout).toContain('Understood as: Hội nghị Công an toàn quốc lần thứ 76 kết thúc khi nào?')
  expect(await readdir(join(workspace.indexDir, 'conversations'))).toHaveLength(1)
})

test('/new forgets what was said, /quit ends before what follows, an unknown command and an overlong question are told', async () => {
  const long = 'a'.repeat(2001)
  const { status, stdout, stderr } = await chat(`${CLOSING.question}\n\n/new\nAi bế mạc?\n/gi\n${long}\n/quit\nCòn lần thứ 76?\n`)
  expect(status).toBe(0)
  expect(stdout).not.toContain('Understood as')
  expect(stderr).toContain('A new conversation.')
  expect(stderr).toContain('There is no command /gi')
  expect(stderr).toMatch(/2001 characters; shorten it/)
})
