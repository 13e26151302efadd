#!/usr/bin/env node
// Makes a corpus and a gold file out of news-events.jsonl, which holds no news text: only passage ids and UTF-16 offsets.
//
//   node eval/gold/expand-news.mjs --data DIR --out DIR
//
// --data is the folder with <set>.passages.jsonl, where <set> is what stands before the colon of a passage id.
// --out receives corpus/<passage id>.txt (title, blank line, text; no front matter) and gold.jsonl for score.mjs.
// Neither belongs in the repository: the texts are not ours to publish.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

const { data, out } = parseArgs({ options: { data: { type: 'string' }, out: { type: 'string' } } }).values
if (!data || !out) {
  console.error('usage: expand-news.mjs --data DIR --out DIR')
  process.exit(2)
}

const readLines = (file) =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))

const questions = readLines(new URL('news-events.jsonl', import.meta.url))
const wanted = new Set(questions.map((question) => question.passage))
const sets = new Set([...wanted].map((id) => id.split(':')[0]))
const passages = new Map(
  [...sets]
    .flatMap((set) => readLines(join(data, `${set}.passages.jsonl`)))
    .filter(({ id }) => wanted.has(id))
    .map((passage) => [passage.id, passage]),
)

/** The string an offset pair stands for; a string stands for itself. */
function expand(part, { id, passage }) {
  if (typeof part === 'string') return part
  const text = passages.get(passage).text.slice(...part)
  if (text.length === 0 || text.length !== part[1] - part[0]) throw new Error(`${id}: offsets ${part} lie outside ${passage}`)
  return text
}

const gold = questions.map((question) => {
  if (!passages.has(question.passage)) throw new Error(`${question.id}: no passage ${question.passage} in ${data}`)
  const { passage, evidence, must_include, ...rest } = question
  if (!question.answerable) return rest
  return {
    ...rest,
    must_include: must_include.map((alternatives) => alternatives.map((part) => expand(part, question))),
    evidence: evidence.map((span) => expand(span, question)),
    source_docs: [passage],
  }
})

mkdirSync(join(out, 'corpus'), { recursive: true })
for (const { id, title, text } of passages.values())
  writeFileSync(join(out, 'corpus', `${id}.txt`), `${title ? `${title}\n\n` : ''}${text}\n`)
writeFileSync(join(out, 'gold.jsonl'), `${gold.map((line) => JSON.stringify(line)).join('\n')}\n`)
console.log(`${passages.size} passages, ${gold.length} questions in ${out}`)
