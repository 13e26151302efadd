// thuky eval draft: proposes gold questions from the documents, or from what people said about answers.
import { resolve } from 'node:path'
import { createAssistant } from '../assistant.ts'
import { feedbackDrafts } from '../evaluation/draft-feedback.ts'
import { draftQuestions } from '../evaluation/draft-questions.ts'
import { draftSource } from '../evaluation/draft-source.ts'
import type { GoldQuestion } from '../evaluation/gold-question.ts'
import type { CommandContext } from './command-context.ts'
import { openCandidates, type Reviewer, reviewDrafts, withoutEmpty } from './draft-review.ts'
import { terminalEvents } from './terminal.ts'

/** Options of the command. */
export interface DraftOptions {
  readonly out: string
  readonly all?: boolean
  readonly fromFeedback?: boolean
}

/** Runs the command: asks on a terminal; elsewhere prints what is not decided yet. */
export async function draft({ config }: CommandContext, _argument: string, options: DraftOptions): Promise<number> {
  const assistant = createAssistant(config, terminalEvents(config.language))
  const out = resolve(options.out)
  const vietnamese = config.language === 'vi'
  try {
    const index = await assistant.index()
    const candidates = options.fromFeedback === true ? feedbackDrafts(await assistant.feedback.list()) : draftQuestions(draftSource(index))
    if (options.all !== true && !(process.stdin.isTTY && process.stdout.isTTY)) {
      for (const candidate of openCandidates(candidates, out)) process.stdout.write(`${JSON.stringify(withoutEmpty(candidate))}\n`)
      return 0
    }
    const texts = new Map([...index.documents].map(([id, { text }]) => [id, text]))
    const reviewer = options.all === true ? keepAll : (await import('./draft-prompts.ts')).terminalReviewer(config.language, texts)
    const { kept, rejected, left } = await reviewDrafts(candidates, out, reviewer)
    process.stderr.write(
      vietnamese
        ? `Giữ ${kept}, bỏ ${rejected}, còn ${left} câu chưa xem; tệp: ${out}\n`
        : `Kept ${kept}, rejected ${rejected}, ${left} not looked at yet; file: ${out}\n`,
    )
    return 0
  } finally {
    await assistant.close()
  }
}

/** Without a person: all that can be checked, which an answerable question without evidence cannot. */
const keepAll: Reviewer = async (candidate: GoldQuestion) =>
  candidate.answerable && candidate.evidence.length === 0 ? 'rejected' : { kept: candidate }
