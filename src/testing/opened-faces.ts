// In: nothing. Out: a workspace and the application over it, opened before the tests of a file and closed behind them.
import { afterAll, beforeAll } from 'vitest'
import { type Api, makeApi } from './faces-api.ts'
import { makeWorkspace, type Workspace } from './faces-workspace.ts'

/** What the tests of a file share; there from the first test on. */
export interface OpenedFaces {
  readonly workspace: Workspace
  readonly api: Api
}

/** Opens them for the file that calls it, once, at its top. */
export function openedFaces(): OpenedFaces {
  const faces = {} as { workspace: Workspace; api: Api }
  beforeAll(async () => {
    faces.workspace = await makeWorkspace()
    faces.api = makeApi(faces.workspace)
    await faces.api.assistant.open()
  })
  afterAll(async () => {
    await faces.api?.assistant.close()
    await faces.workspace?.remove()
  })
  return faces
}
