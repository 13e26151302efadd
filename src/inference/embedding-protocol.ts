// In: nothing (types). Out: the messages between the server and the model process. Both sides are ours and of one version.
import type { EmbeddingProfile } from './embedding-profile.ts'
import type { ReaderProfile } from './reader-profile.ts'
import type { WindowReading } from './window-reading.ts'

/** Whether a text is asked or searched in: decides the prefix. */
export type TextKind = 'query' | 'passage'

/** To the child: load these models (once), then embed texts, or read windows: lists of neighbouring sentences. */
export type ToChild =
  | {
      readonly type: 'load'
      readonly profile: EmbeddingProfile
      readonly allowDownload: boolean
      readonly reader: ReaderProfile | undefined
    }
  | { readonly type: 'embed'; readonly id: number; readonly kind: TextKind; readonly texts: readonly string[] }
  | { readonly type: 'read'; readonly id: number; readonly question: string; readonly windows: readonly (readonly string[])[] }

/** From the child. `vectors` is row-major, n × dimension, L2-normalised; times in milliseconds. */
export type FromChild =
  | { readonly type: 'ready'; readonly dimension: number; readonly loadMs: number }
  | { readonly type: 'unusable'; readonly message: string }
  | {
      readonly type: 'embedded'
      readonly id: number
      readonly vectors: Float32Array
      readonly tokenizeMs: number
      readonly inferMs: number
    }
  | { readonly type: 'read'; readonly id: number; readonly readings: readonly WindowReading[] }
  | { readonly type: 'failed'; readonly id: number; readonly message: string }
