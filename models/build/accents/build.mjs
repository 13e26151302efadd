// In: texts with accents. Out: the accent model, a backed-off trigram model of Vietnamese syllables in one compressed file.
// Deterministic; text is a `.jsonl` file with title, text and question fields, or plain lines. It reads tokens with the product's own code, so run `npm run build` first.
//   node models/build/accents/build.mjs --text FILES… --out models/accents-vi/syllables.bin.br
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { parseArgs } from 'node:util'
import { brotliCompressSync, constants } from 'node:zlib'
import { accentTokens, BOUNDARY, FOREIGN, NUMBER } from '../../../dist/language/accent-restoration-tokens.js'
import { canonicalText } from '../../../dist/language/canonical.js'

const { values: options, positionals } = parseArgs({
  allowPositionals: true, // files after the first one of --text
  options: {
    text: { type: 'string', multiple: true },
    out: { type: 'string' },
    'question-weight': { type: 'string', default: '2' }, // how often each question counts; 1 to 15
    'line-weight': { type: 'string', default: '5' }, // how often each line of a plain text file counts; 1 to 15
    discount: { type: 'string', default: '0.8' }, // 0 to 1
  },
})
const DISCOUNT = Number(options.discount)

/** Clauses of the texts as arrays of words, with how often each counts. */
function* clauses(file) {
  const isLines = !file.endsWith('.jsonl')
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    if (!line.trim()) continue
    const record = isLines ? { text: line } : JSON.parse(line)
    for (const field of ['title', 'text', 'question']) {
      if (!record[field]) continue
      const weight = isLines ? Number(options['line-weight']) : field === 'question' ? Number(options['question-weight']) : 1
      let clause = []
      for (const { word, startsClause } of accentTokens(canonicalText(record[field]))) {
        if (startsClause && clause.length > 0) {
          yield [clause, weight]
          clause = []
        }
        clause.push(word)
      }
      if (clause.length > 0) yield [clause, weight]
    }
  }
}

/** All words by falling count, then by spelling. */
function vocabularyOf(corpus) {
  const counts = new Map([BOUNDARY, NUMBER, FOREIGN].map((word) => [word, 0]))
  for (const [clause, weight] of corpus) {
    for (const word of clause) counts.set(word, (counts.get(word) ?? 0) + weight)
    counts.set(BOUNDARY, counts.get(BOUNDARY) + weight)
  }
  const words = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
  return words.map(([word]) => word)
}

/** Sorted distinct keys with summed weights. */
function summed(keys, weights) {
  const order = Float64Array.from(keys, (key, i) => key * 16 + weights[i]).sort()
  const distinct = []
  const counts = []
  for (const packed of order) {
    const key = Math.floor(packed / 16)
    const weight = packed - key * 16
    if (distinct.at(-1) === key) counts[counts.length - 1] += weight
    else {
      distinct.push(key)
      counts.push(weight)
    }
  }
  return { keys: distinct, counts }
}

function countGrams(corpus, words) {
  const ids = new Map(words.map((word, id) => [word, id]))
  const boundary = ids.get(BOUNDARY)
  const size = words.length
  let total = 0
  const [pairKeys, tripleKeys, pairWeights, tripleWeights] = [[], [], [], []]
  for (const [clause, weight] of corpus) {
    const row = [boundary, ...clause.map((word) => ids.get(word)), boundary]
    for (let i = 1; i < row.length; i++) {
      total += weight
      pairKeys.push(row[i - 1] * size + row[i])
      pairWeights.push(weight)
      if (i < 2) continue
      tripleKeys.push((row[i - 2] * size + row[i - 1]) * size + row[i])
      tripleWeights.push(weight)
    }
  }
  return { size, boundary, total, pairs: summed(pairKeys, pairWeights), triples: summed(tripleKeys, tripleWeights) }
}

/** In how many contexts each key of the longer grams' tails occurs: what counts for a lower order (Kneser and Ney 1995). */
function continuations(keys, tailOf) {
  const contexts = new Map()
  for (const key of keys) contexts.set(tailOf(key), (contexts.get(tailOf(key)) ?? 0) + 1)
  return contexts
}

/** Interpolated Kneser-Ney: p(w | h) = max(c − D, 0) / c(h) + D · types(h) / c(h) · p(w | shorter h). */
function probabilities({ size, boundary, pairs, triples }) {
  const lastOf = (key) => key % size
  const tailOf = (key) => key % (size * size)
  const pairsBefore = continuations(pairs.keys, lastOf)
  const unigram = Float64Array.from({ length: size }, (_, id) => ((pairsBefore.get(id) ?? 0) + 0.5) / (pairs.keys.length + 0.5 * size))
  const triplesBefore = continuations(triples.keys, tailOf)
  const pairCounts = pairs.keys.map((key, i) => (Math.floor(key / size) === boundary ? pairs.counts[i] : (triplesBefore.get(key) ?? 1)))
  const pair = interpolated(pairs.keys, pairCounts, size, (key) => unigram[lastOf(key)])
  const pairAt = new Map(pairs.keys.map((key, i) => [key, i]))
  const triple = interpolated(triples.keys, triples.counts, size, (key) => pair[pairAt.get(tailOf(key))])
  return { unigram, pair, triple, pairAt }
}

function interpolated(keys, counts, size, lower) {
  const sums = new Map()
  const types = new Map()
  keys.forEach((key, i) => {
    const context = Math.floor(key / size)
    sums.set(context, (sums.get(context) ?? 0) + counts[i])
    types.set(context, (types.get(context) ?? 0) + 1)
  })
  return keys.map((key, i) => {
    const context = Math.floor(key / size)
    const sum = sums.get(context)
    return (counts[i] - DISCOUNT) / sum + ((DISCOUNT * types.get(context)) / sum) * lower(key)
  })
}

/** Share left for the shorter context once the kept probabilities are taken out, relative to what those had there. */
function backoffWeights(kept, contextOf, probability, lower) {
  const taken = new Map()
  for (const i of kept) {
    const context = contextOf(i)
    const [p, q] = taken.get(context) ?? [0, 0]
    taken.set(context, [p + probability[i], q + lower(i)])
  }
  return new Map([...taken].map(([context, [p, q]]) => [context, Math.max(1 - p, 1e-4) / Math.max(1 - q, 1e-4)]))
}

/** Drops pairs and triples that are no likelier than their backoff says; a pair stays while a triple starts with it. */
function pruned({ size, pairs, triples }, { unigram, pair, triple, pairAt }) {
  const pairLower = (i) => unigram[pairs.keys[i] % size]
  const tripleLower = (i) => pair[pairAt.get(triples.keys[i] % (size * size))]
  const keptTriples = [...triples.keys.keys()].filter((i) => triple[i] > tripleLower(i))
  const contexts = new Set(keptTriples.map((i) => Math.floor(triples.keys[i] / size)))
  const keptPairs = [...pairs.keys.keys()].filter((i) => contexts.has(pairs.keys[i]) || pair[i] > pairLower(i))
  const unigramBackoff = backoffWeights(keptPairs, (i) => Math.floor(pairs.keys[i] / size), pair, pairLower)
  const pairBackoff = backoffWeights(keptTriples, (i) => Math.floor(triples.keys[i] / size), triple, tripleLower)
  return { keptPairs, keptTriples, unigramBackoff, pairBackoff }
}

const clamp = (value) => Math.min(255, Math.max(0, Math.round(value)))
const logByte = (probability) => clamp(-Math.log(probability) * 16)
const backoffByte = (weight) => (weight === undefined ? 64 : clamp(64 - Math.log(weight) * 16))

function variableLength(numbers) {
  const bytes = []
  for (let number of numbers) {
    for (; number > 127; number >>>= 7) bytes.push((number & 127) | 128)
    bytes.push(number)
  }
  return Uint8Array.from(bytes)
}

/** Rows of sorted ids as lengths and differences. `rowOf` and `idOf` must not fall from one key to the next. */
function rowBytes(rowKeys, keys, rowOf, idOf) {
  const numbers = []
  let next = 0
  for (const row of rowKeys) {
    const start = next
    while (next < keys.length && rowOf(keys[next]) === row) next++
    numbers.push(next - start)
    for (let i = start; i < next; i++) numbers.push(idOf(keys[i]) - (i > start ? idOf(keys[i - 1]) : 0))
  }
  return variableLength(numbers)
}

function serialise(words, counts, model, kept) {
  const { size, pairs, triples } = counts
  const pairKeys = kept.keptPairs.map((i) => pairs.keys[i])
  const tripleKeys = kept.keptTriples.map((i) => triples.keys[i])
  const wordBytes = new TextEncoder().encode(words.join('\n'))
  const header = new DataView(new ArrayBuffer(20))
  header.setUint32(0, 0x31566341, true)
  ;[wordBytes.length, size, pairKeys.length, tripleKeys.length].forEach((value, i) => header.setUint32(4 + 4 * i, value, true))
  const context = (key) => Math.floor(key / size)
  const last = (key) => key % size
  return Buffer.concat([
    new Uint8Array(header.buffer),
    wordBytes,
    Uint8Array.from(model.unigram, logByte),
    Uint8Array.from(words, (_, id) => backoffByte(kept.unigramBackoff.get(id))),
    rowBytes(words.keys(), pairKeys, context, last),
    Uint8Array.from(kept.keptPairs, (i) => logByte(model.pair[i])),
    Uint8Array.from(pairKeys, (key) => backoffByte(kept.pairBackoff.get(key))),
    rowBytes(pairKeys, tripleKeys, context, last),
    Uint8Array.from(kept.keptTriples, (i) => logByte(model.triple[i])),
  ])
}

const corpus = [...(options.text ?? []), ...positionals].flatMap((file) => [...clauses(file)])
const words = vocabularyOf(corpus)
const counts = countGrams(corpus, words)
const model = probabilities(counts)
const kept = pruned(counts, model)
const bytes = serialise(words, counts, model, kept)
const compressed = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } })
mkdirSync(dirname(options.out), { recursive: true })
writeFileSync(options.out, compressed)
const figures = { syllables: counts.total, words: words.length, pairs: counts.pairs.keys.length, pairsKept: kept.keptPairs.length, triples: counts.triples.keys.length, triplesKept: kept.keptTriples.length, bytes: bytes.length, compressed: compressed.length }
process.stdout.write(`${JSON.stringify(figures)}\n`)
