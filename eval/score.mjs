#!/usr/bin/env node
// Black-box scorer: asks a running server the questions of a gold file and scores what it answers.
// Needs only Node >= 20 and what /openapi.json describes; it knows nothing of the code behind it. `thuky eval` counts by the same rules.
//
//   node eval/score.mjs --url http://127.0.0.1:8080 --gold gold.jsonl [--form accented|unaccented|nfd|newtone|upper|polite]
//                  [--key API_KEY] [--limit N] [--failures FILE] [--json]
//
// A gold line: {"id","category"?,"question","history"?:[{role,content}],"answerable":bool,
//   "must_include"?: [text | [alternatives]], "must_not_include"?: [text], "evidence"?: [verbatim source text],
//   "source_docs"?: [any names, one for each document that has to be cited], "answers"?: [text], "passage_ids"?: [document id]}
//
// An answerable question passes when all of these hold:
//   every must_include is in the answer or in the date and name of a conference whose citation proves it, at least one of them in the answer itself,
//     as whole words; no must_not_include is in the answer
//   a citation with an exact quote overlaps an evidence string in the cited document; for comparisons, in as many documents as source_docs names
//   markers and citations agree; the answer is an answer, not a dump: <= 900 characters, <= 4 citations (lists and comparisons 1,600 and 8)
//   "answers" sets instead: the quote of the first citation is one sentence (or <= 300 characters), comes from a listed document, and holds one of answers
// A question that is not answerable passes when answerable is false, citations are empty and the answer has no marker.
import { readFileSync, writeFileSync } from 'node:fs'

const args = Object.fromEntries(process.argv.slice(2).flatMap((a, i, all) =>
  a.startsWith('--') ? [[a.slice(2), all[i + 1]?.startsWith('--') || all[i + 1] === undefined ? true : all[i + 1]]] : []))
if (!args.url || !args.gold) {
  console.error('usage: score.mjs --url URL --gold FILE [--form F] [--key KEY] [--limit N] [--failures FILE] [--json]')
  process.exit(2)
}

const TONES = [['òa', 'oà'], ['óa', 'oá'], ['ỏa', 'oả'], ['õa', 'oã'], ['ọa', 'oạ'], ['òe', 'oè'], ['óe', 'oé'], ['ỏe', 'oẻ'],
  ['õe', 'oẽ'], ['ọe', 'oẹ'], ['ùy', 'uỳ'], ['úy', 'uý'], ['ủy', 'uỷ'], ['ũy', 'uỹ'], ['ụy', 'uỵ']]
const fold = (s) => s.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/g, 'd').replace(/Đ/g, 'D').normalize('NFC')
const newTone = (s) => TONES.reduce((t, [a, b]) =>
  t.replace(new RegExp(`(?<![qQ])${a}(?!\\p{L})`, 'gu'), b)
    .replace(new RegExp(`(?<![qQ])${a[0].toUpperCase()}${a[1]}(?!\\p{L})`, 'gu'), b[0].toUpperCase() + b[1]), s)
const isEnglish = (s) => fold(s) === s && /\b(the|who|what|when|where|which|how|did|was|were|is|of)\b/i.test(s)
const FORMS = {
  accented: (s) => s,
  unaccented: fold,
  nfd: (s) => s.normalize('NFD'),
  newtone: newTone,
  upper: (s) => s.toUpperCase(),
  polite: (s) => isEnglish(s) ? `Could you please tell me: ${s}` : `Cho tôi xin hỏi: ${s.replace(/[?\s]+$/, '')} ạ?`,
}
const form = FORMS[args.form ?? 'accented']
if (!form) { console.error(`unknown form ${args.form}; one of ${Object.keys(FORMS).join(', ')}`); process.exit(2) }

/** Comparison key: NFC, lower case, one space, plain quotes and dashes, one tone placement. */
const key = (s) => TONES.reduce((t, [a, b]) => t.replaceAll(b, a), String(s).normalize('NFC').toLowerCase()
  .replace(/[“”„"«»]/g, '"').replace(/[‘’]/g, "'").replace(/[‐-―−]/g, '-').replace(/\s*-\s*/g, '-').replace(/\s+/g, ' ').trim())
/** Whole-word containment: "5%" is not in "15%" nor in "1,5%". */
function holds(haystack, needle) {
  const h = key(haystack), n = key(needle)
  for (let at = h.indexOf(n); n && at >= 0; at = h.indexOf(n, at + 1)) {
    const before = h.slice(Math.max(0, at - 2), at), after = h.slice(at + n.length, at + n.length + 2)
    if (/[\p{L}\p{N}]/u.test(n[0]) && (/[\p{L}\p{N}]$/u.test(before) || (/\d/.test(n[0]) && /\d[.,]$/.test(before)))) continue
    if (/[\p{L}\p{N}]/u.test(n.at(-1)) && (/^[\p{L}\p{N}]/u.test(after) || (/\d/.test(n.at(-1)) && /^[.,]\d/.test(after)))) continue
    return true
  }
  return false
}

const headers = { 'content-type': 'application/json', ...(args.key ? { authorization: `Bearer ${args.key}` } : {}) }
/** Waits and asks again while the server says it is busy. */
async function patiently(request) {
  for (let round = 0; ; round++) {
    const response = await request()
    if (![429, 503].includes(response.status) || round === 5) return response
    await new Promise((go) => setTimeout(go, 1000 * Math.min(10, Number(response.headers.get('retry-after')) || 1)))
  }
}
const texts = new Map()
async function documentText(id) {
  if (!texts.has(id)) {
    const response = await patiently(() => fetch(new URL(`/documents/${encodeURIComponent(id)}`, args.url), { headers }))
    if (!response.ok) return undefined
    texts.set(id, (await response.json()).text)
  }
  return texts.get(id)
}
/** NFC text with runs of space squeezed, and for each position of the source its position there. */
function flatten(text) {
  let flat = '', map = []
  for (let i = 0; i < text.length; i++) {
    map.push(flat.length)
    if (/\s/.test(text[i])) { if (flat.length && !flat.endsWith(' ')) flat += ' ' } else flat += text[i]
  }
  map.push(flat.length)
  return { flat, map }
}
/** Whether text[start, end) shares at least 20 characters (or half of the shorter) with an occurrence of evidence in text. */
function overlaps(text, start, end, evidence) {
  const { flat, map } = flatten(text), wanted = evidence.replace(/\s+/g, ' ').trim(), [s, e] = [map[start], map[end]]
  for (let at = flat.indexOf(wanted); wanted && at >= 0; at = flat.indexOf(wanted, at + 1)) {
    const shared = Math.min(e, at + wanted.length) - Math.max(s, at)
    if (shared >= Math.min(20, wanted.length / 2, (e - s) / 2) && shared > 0) return true
  }
  return false
}
const oneSentence = (quote) => quote.length <= 300 || !/[.!?…]["”’)]?\s+["“‘(]?\p{Lu}/u.test(quote.trim())

async function score(gold) {
  const started = performance.now()
  const response = await patiently(() => fetch(new URL('/ask', args.url), {
    method: 'POST', headers,
    body: JSON.stringify({ question: form(gold.question),
      ...(gold.history ? { history: gold.history.map((t) => ({ ...t, content: t.role === 'user' ? form(t.content) : t.content })) } : {}) }),
  }))
  const ms = performance.now() - started, why = []
  const result = { id: gold.id, category: gold.category ?? 'all', question: form(gold.question), answerable: gold.answerable !== false, ms, status: response.status, citations: 0, exact: 0 }
  if (response.status !== 200) return { ...result, passed: false, why: [`status ${response.status}`] }
  const reply = await response.json(), answer = String(reply.answer ?? ''), citations = reply.citations ?? []
  const proving = []                               // citations with an exact quote that overlaps the evidence or comes from a listed document
  for (const c of citations) {
    const text = await documentText(c.document.id)
    if (typeof text !== 'string' || !c.quote || text.slice(c.start, c.end) !== c.quote) continue
    result.exact++
    if (c.quote.length < 12) continue              // too short to prove anything
    if ((gold.evidence ?? []).some((e) => overlaps(text, c.start, c.end, e)) || (gold.passage_ids ?? []).includes(c.document.id)) proving.push(c)
  }
  const refused = reply.answerable === false
  Object.assign(result, { refused, citations: citations.length, answer, refusal: reply.refusal ?? undefined })
  const markers = new Set([...answer.matchAll(/\[(\d+)\]/g)].map((m) => Number(m[1])))
  if (!result.answerable) {
    if (!refused) why.push('answered an unanswerable question')
    else if (markers.size || citations.length) why.push('refused, yet cites')
    return { ...result, passed: why.length === 0, why }
  }
  if (refused) return { ...result, passed: false, why: ['refused an answerable question'] }
  if (citations.some((c) => !markers.has(c.marker)) || [...markers].some((m) => !citations.some((c) => c.marker === m))) why.push('markers and citations differ')
  const [maxCharacters, maxCitations] = ['list', 'comparison'].includes(gold.category) ? [1600, 8] : [900, 4]
  if (answer.length > maxCharacters) why.push(`answer of ${answer.length} characters, at most ${maxCharacters}`)
  if (citations.length > maxCitations) why.push(`${citations.length} citations, at most ${maxCitations}`)
  if (gold.answers?.length && !gold.must_include) {
    const first = citations.find((c) => c.marker === 1) ?? citations[0]
    if (!first || !proving.includes(first)) why.push('the first citation is not from the right passage')
    else if (!oneSentence(first.quote)) why.push('the first quote is longer than a sentence')
    else if (!gold.answers.some((a) => holds(first.quote, a))) why.push(`the first quote lacks ${gold.answers[0]}`)
  } else {
    const header = proving.map((c) => [c.conference?.name, c.conference?.date, c.document?.publishedAt].join(' ; ')).join(' ; ')
    const needs = (gold.must_include ?? []).map((n) => [n].flat())
    for (const need of needs) if (!need.some((n) => holds(answer, n) || holds(header, n))) why.push(`lacks ${need.join(' | ')}`)
    if (needs.length && !needs.some((need) => need.some((n) => holds(answer, n)))) why.push('nothing of it is in the answer itself')
    for (const bad of gold.must_not_include ?? []) if (holds(answer, bad)) why.push(`says ${bad}`)
    if (gold.evidence?.length || gold.passage_ids?.length) {
      const wanted = gold.category === 'comparison' ? Math.max(1, gold.source_docs?.length ?? 1) : 1
      const documents = new Set(proving.map((c) => c.document.id)).size
      if (documents < wanted) why.push(`the evidence is cited in ${documents} of ${wanted} documents`)
    }
  }
  return { ...result, passed: why.length === 0, why }
}

const golds = readFileSync(args.gold, 'utf8').split('\n').filter(Boolean).map((l) => JSON.parse(l)).slice(0, args.limit ? Number(args.limit) : undefined)
const results = []
for (const gold of golds) {
  try { results.push(await score(gold)) } catch (error) {
    if (error.cause?.code === 'ECONNREFUSED') { console.error(`no server at ${args.url}`); process.exit(1) }
    results.push({ id: gold.id, category: gold.category ?? 'all', answerable: gold.answerable !== false, passed: false, why: [String(error.cause ?? error)], citations: 0, exact: 0, ms: 0, status: 0 })
  }
}
const share = (n, d) => d === 0 ? null : Math.round(1000 * n / d) / 10
const yes = results.filter((r) => r.answerable), no = results.filter((r) => !r.answerable)
const ms = results.map((r) => r.ms).sort((a, b) => a - b)
const byCategory = {}
for (const r of results) { const c = (byCategory[r.category] ??= { asked: 0, passed: 0 }); c.asked++; if (r.passed) c.passed++ }
const cited = results.reduce((s, r) => s + r.citations, 0)
const summary = {
  form: args.form ?? 'accented', asked: results.length,
  answerablePassed: share(yes.filter((r) => r.passed).length, yes.length), falseRefusals: yes.filter((r) => r.refused).length, answerable: yes.length,
  refusalPassed: share(no.filter((r) => r.passed).length, no.length), unanswerable: no.length,
  exactQuotes: share(results.reduce((s, r) => s + r.exact, 0), cited), citations: cited,
  errors: results.filter((r) => r.status !== 200).length,
  msMedian: Math.round(ms[Math.floor(ms.length / 2)] ?? 0), msP95: Math.round(ms[Math.floor(ms.length * 0.95)] ?? 0), byCategory,
}
if (args.failures) writeFileSync(args.failures, results.filter((r) => !r.passed).map((r) => JSON.stringify(r)).join('\n') + '\n')
if (args.json) console.log(JSON.stringify(summary))
else { console.table({ ...summary, byCategory: undefined }); console.table(byCategory) }
