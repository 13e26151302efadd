// thuky keys add|list|remove NAME: keys for others than this machine. A key is shown once, when it is made.
import { ThukyError } from '../errors.ts'
import { addKey, listKeys, removeKey } from '../server/api-keys.ts'
import type { CommandContext } from './command-context.ts'

/** Makes a key and prints it. */
export async function addKeyCommand({ config }: CommandContext, name: string): Promise<number> {
  const taken = config.apiKeys.some((key) => key.name === name)
  if (taken) throw new ThukyError('usage', `THUKY_API_KEYS has a key named "${name}" already; choose another name.`)
  const secret = await addKey(config.indexDir, name)
  const hint =
    config.language === 'vi'
      ? `Khóa "${name}" chỉ hiện một lần này; hãy cất giữ. Gửi kèm mỗi yêu cầu: Authorization: Bearer …`
      : `The key "${name}" is shown this once; keep it. Send it with every request: Authorization: Bearer …`
  process.stderr.write(`${hint}\n`)
  process.stdout.write(`${secret}\n`)
  return 0
}

/** Prints the names of all keys. */
export async function listKeysCommand({ config }: CommandContext): Promise<number> {
  const vietnamese = config.language === 'vi'
  for (const { name } of config.apiKeys) process.stdout.write(`${name}\tTHUKY_API_KEYS\n`)
  for (const { name, createdAt } of await listKeys(config.indexDir)) {
    const since = createdAt ?? (vietnamese ? 'hỏng: hãy xóa khóa này và tạo lại' : 'damaged: remove it and make it again')
    process.stdout.write(`${name}\t${since}\n`)
  }
  return 0
}

/** Removes a key. */
export async function removeKeyCommand({ config }: CommandContext, name: string): Promise<number> {
  await removeKey(config.indexDir, name)
  return 0
}
