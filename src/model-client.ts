// In: a configuration. Out: the client of the model's process. It stands apart so that a server can start that process first and load
// everything else meanwhile; it must not import any of that.
import { bundledModel, type Config } from './config.ts'
import { EmbeddingClient } from './inference/embedding-client.ts'
import { readEmbeddingProfile } from './inference/embedding-profile.ts'
import { readReaderProfile } from './inference/reader-profile.ts'

export type { EmbeddingClient as ModelClient } from './inference/embedding-client.ts'

/** The models of a configuration; nothing is loaded yet. @throws ThukyError `model` when a folder or file is missing */
export function modelClient({ model, reader, allowDownload }: Config): EmbeddingClient {
  const profile = readEmbeddingProfile(model, allowDownload)
  return new EmbeddingClient({
    profile,
    allowDownload,
    reader: reader === null ? undefined : readReaderProfile(reader, bundledModel()),
  })
}

/** The same, with its process started; what goes wrong shows when it is first used. */
export function startedModelClient(config: Config): EmbeddingClient {
  const client = modelClient(config)
  client.start().catch(() => {})
  return client
}
