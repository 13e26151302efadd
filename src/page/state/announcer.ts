// In: short sentences. Out: the one that is told now. What can be seen on the page anyway is told to screen readers only.
import { signal } from '@preact/signals'

/** How long a sentence stays, in milliseconds. */
const SHOWN_MS = 4000

/** A sentence that is told. */
export interface Announcement {
  readonly sentence: string
  readonly shown: boolean
}

const NONE: Announcement = { sentence: '', shown: false }

/** Says what has happened. */
export class Announcer {
  readonly current = signal(NONE)
  #timer: ReturnType<typeof setTimeout> | undefined

  /** Says a sentence and shows it, in place of the one before. */
  say(sentence: string): void {
    this.#tell({ sentence, shown: true })
  }

  /** Tells screen readers only. */
  whisper(sentence: string): void {
    this.#tell({ sentence, shown: false })
  }

  #tell(announcement: Announcement): void {
    clearTimeout(this.#timer)
    this.current.value = announcement
    this.#timer = setTimeout(() => {
      this.current.value = NONE
    }, SHOWN_MS)
  }
}
