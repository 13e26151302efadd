// In: the data files about reports (boilerplate lines, names of events). Out: the same, checked and folded for comparing.
import { z } from 'zod'
import { readDataFile } from '../language/data-file.ts'
import { fold } from '../language/folding.ts'

const boilerplateSchema = z.object({ lines: z.array(z.string()), endings: z.array(z.string()) })
const eventsSchema = z.object({ nouns: z.array(z.string()), reviews: z.array(z.string()), stops: z.array(z.string()) })

/**
 * What the corpus room knows about web pages and reports, in lower case. Boilerplate and reviews are folded; nouns and stops
 * keep their accents, which tell "từ" from "tư" and "thì" from "thị".
 */
export interface CorpusRules {
  readonly boilerplateLines: ReadonlySet<string>
  readonly boilerplateEndings: ReadonlySet<string>
  readonly eventNouns: readonly string[]
  readonly eventReviews: readonly string[]
  readonly eventStops: readonly string[]
}

const key = (phrase: string) => fold(phrase).toLowerCase()

/** Reads `data/boilerplate.json` and `data/events.json`. @throws ThukyError `configuration` when a file is missing or malformed */
export function loadCorpusRules(): CorpusRules {
  const boilerplate = readDataFile('boilerplate.json', boilerplateSchema)
  const events = readDataFile('events.json', eventsSchema)
  return {
    boilerplateLines: new Set(boilerplate.lines.map(key)),
    boilerplateEndings: new Set(boilerplate.endings.map(key)),
    eventNouns: events.nouns.map((noun) => noun.normalize('NFC').toLowerCase()),
    eventReviews: events.reviews.map(key),
    eventStops: events.stops.map((stop) => stop.normalize('NFC').toLowerCase()),
  }
}
