// In: development sets with accented questions (JSON Lines, not part of the product). Out: share of syllables restored, per set.
// Questions are folded, or every syllable with a chance of 30 %, and compared with their source. Run `npm run build` first.
//   node models/build/accents/evaluate.mjs --data FOLDER [--split report] [--model FILE] [--set viquad1_dev …]
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { brotliDecompressSync } from 'node:zlib'
import { AccentModel } from '../../../dist/language/accent-model.js'
import { readAccentModel } from '../../../dist/language/accent-model-file.js'
import { AccentRestorer } from '../../../dist/language/accent-restoration.js'
import { CorpusSyllableCounts } from '../../../dist/language/accent-restoration-counts.js'
import { canonicalText } from '../../../dist/language/canonical.js'
import { fold } from '../../../dist/language/folding.js'
import { syllables } from '../../../dist/language/syllables.js'

const { values: options } = parseArgs({
  options: {
    data: { type: 'string' },
    split: { type: 'string', default: 'report' },
    model: { type: 'string' },
    set: { type: 'string', multiple: true, default: ['viquad1_dev', 'uit_wiki', 'tvpl_faq_dev', 'alqac_dev'] },
    option: { type: 'string', multiple: true, default: [] }, // name=number, passed to the restorer
    errors: { type: 'boolean', default: false },
  },
})
const SPLITS = { tune: [0, 1, 2], report: [3, 4], vault: [5] }
const PASSAGES = { alqac_dev: 'alqac' }
const WORD = /^[\p{L}\p{M}]+$/u

const records = (file) => readFileSync(file, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line))
const inSplit = ({ id }) => SPLITS[options.split].includes(createHash('sha256').update(id).digest()[0] % 6)

/** A fixed sequence of numbers from 0 to 1 (mulberry32), so that runs can be compared. */
function randomNumbers(seed) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

function partlyFolded(text, share) {
  const random = randomNumbers(7)
  return text.replace(/[\p{L}\p{M}]+/gu, (word) => (random() < share ? fold(word) : word))
}

function measure(restorer, questions, spoil) {
  const wrong = new Map()
  let [total, right, untouchedInput, exact, confident, time] = [0, 0, 0, 0, 0, 0]
  for (const question of questions) {
    const input = spoil(question)
    const start = performance.now()
    const { text, confidence } = restorer.restore(input)
    time += performance.now() - start
    confident += confidence
    const [gold, found, given] = [question, text, input].map((each) => syllables(each).filter(({ text: word }) => WORD.test(word)))
    const errors = gold.filter(({ key }, i) => key !== found[i].key)
    total += gold.length
    right += gold.length - errors.length
    untouchedInput += gold.filter(({ key }, i) => key === given[i].key).length
    if (errors.length === 0) exact++
    for (const [i, { key }] of gold.entries()) {
      if (key !== found[i].key) wrong.set(`${key}>${found[i].key}`, (wrong.get(`${key}>${found[i].key}`) ?? 0) + 1)
    }
  }
  const percent = (n, of) => Number(((100 * n) / of).toFixed(2))
  const figures = { questions: questions.length, given: percent(untouchedInput, total), restored: percent(right, total), whole: percent(exact, questions.length), confidence: Number((confident / questions.length).toFixed(3)), ms: Number((time / questions.length).toFixed(3)) }
  return { figures, wrong: [...wrong].sort(([, a], [, b]) => b - a).slice(0, 25).map(([pair, count]) => `${pair}:${count}`).join(' ') }
}

const model = options.model ? new AccentModel(brotliDecompressSync(readFileSync(options.model))) : readAccentModel()
const tuned = Object.fromEntries(options.option.map((option) => option.split('=')).map(([name, value]) => [name, Number(value)]))
for (const set of options.set) {
  const questions = records(join(options.data, `${set}.queries.jsonl`)).filter(inSplit).map(({ question }) => canonicalText(question))
  const corpus = new CorpusSyllableCounts()
  const passages = join(options.data, `${PASSAGES[set] ?? set}.passages.jsonl`)
  const start = performance.now()
  if (existsSync(passages)) for (const { title, text } of records(passages)) corpus.add(canonicalText(`${title}\n${text}`))
  process.stdout.write(`${set}: ${corpus.total} corpus syllables counted in ${Math.round(performance.now() - start)} ms\n`)
  for (const [adaptation, restorer] of [['bundled', new AccentRestorer(model, tuned)], ['adapted', new AccentRestorer(model, { ...tuned, corpus })]]) {
    for (const [form, spoil] of [['folded', fold], ['half', (text) => partlyFolded(text, 0.3)], ['accented', (text) => text]]) {
      const { figures, wrong } = measure(restorer, questions, spoil)
      process.stdout.write(`  ${adaptation} ${form} ${JSON.stringify(figures)}\n`)
      if (options.errors) process.stdout.write(`    ${wrong}\n`)
    }
  }
}
