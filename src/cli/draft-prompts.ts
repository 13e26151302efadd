// In: a candidate question. Out: what the person at the terminal decides about it.
import { isCancel, note, select, text } from '@clack/prompts'
import { withEvidence } from '../evaluation/draft-feedback.ts'
import type { GoldQuestion } from '../evaluation/gold-question.ts'
import type { Decision, Reviewer } from './draft-review.ts'

const WORDS = {
  en: {
    keep: 'keep',
    edit: 'keep with another wording',
    reject: 'reject',
    stop: 'stop here',
    decide: 'Is it a good question as it is?',
    wording: 'The question',
    evidence: 'Which sentence of the documents proves the answer? Paste it word for word; leave it empty to reject.',
    notFound: 'No document has it word for word.',
    answer: 'answer',
    proof: 'proof',
    refuse: 'to be refused',
  },
  vi: {
    keep: 'giữ',
    edit: 'giữ nhưng sửa câu chữ',
    reject: 'bỏ',
    stop: 'dừng ở đây',
    decide: 'Câu hỏi này dùng được chưa?',
    wording: 'Câu hỏi',
    evidence: 'Câu nào trong tài liệu chứng minh câu trả lời? Dán nguyên văn; để trống nếu muốn bỏ.',
    notFound: 'Không tài liệu nào có nguyên văn câu đó.',
    answer: 'trả lời',
    proof: 'bằng chứng',
    refuse: 'cần từ chối',
  },
} as const

/** Asks at the terminal. @param texts of the documents by id, in which missing evidence is looked for */
export function terminalReviewer(language: 'vi' | 'en', texts: ReadonlyMap<string, string>): Reviewer {
  const words = WORDS[language]
  return async (candidate, { number, of }) => {
    note(shown(candidate, words), `${number}/${of} · ${candidate.category}`)
    const choice = await select({
      message: words.decide,
      options: (['keep', 'edit', 'reject', 'stop'] as const).map((value) => ({ value, label: words[value] })),
    })
    if (isCancel(choice) || choice === 'stop') return 'stop'
    if (choice === 'reject') return 'rejected'
    const worded = choice === 'edit' ? await reworded(candidate, words) : candidate
    return worded === undefined ? 'stop' : proven(worded, texts, words)
  }
}

type Words = (typeof WORDS)['en'] | (typeof WORDS)['vi']

function shown({ question, history, answerable, reason, must_include, evidence, note: remark }: GoldQuestion, words: Words): string {
  const ways = must_include.map((need) => [need].flat().join(' | ')).join(' · ')
  const earlier = history.map(({ role, content }) => `${role === 'user' ? '›' : ' '} ${content}`)
  const lines = answerable
    ? [`${words.answer}: ${ways || '–'}`, `${words.proof}: ${evidence[0] ?? '–'}`]
    : [`${words.refuse}: ${reason ?? ''}`]
  return [...earlier, question, '', ...lines, ...(typeof remark === 'string' ? [remark] : [])].join('\n')
}

async function reworded(candidate: GoldQuestion, words: Words): Promise<GoldQuestion | undefined> {
  const question = await text({ message: words.wording, initialValue: candidate.question })
  return isCancel(question) || question.trim() === '' ? undefined : { ...candidate, question: question.trim() }
}

/** An answerable question without evidence gets it here. */
async function proven(gold: GoldQuestion, texts: ReadonlyMap<string, string>, words: Words): Promise<Decision> {
  if (!gold.answerable || gold.evidence.length > 0) return { kept: gold }
  const validate = (value: string | undefined) =>
    value === undefined || value.trim() === '' || withEvidence(gold, value, texts) !== undefined ? undefined : words.notFound
  const evidence = await text({ message: words.evidence, validate })
  if (isCancel(evidence)) return 'stop'
  const found = withEvidence(gold, evidence ?? '', texts)
  return found === undefined ? 'rejected' : { kept: found }
}
