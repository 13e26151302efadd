// In: the words of a command line. Out: a question that may be asked, or a usage error.
import { ThukyError } from '../errors.ts'
import { canonicalText } from '../language/canonical.ts'
import { MAX_QUESTION_LENGTH } from '../language/question-length.ts'

/** @throws ThukyError `usage` for an empty or overlong question */
export function checkedQuestion(argument: string): string {
  const question = canonicalText(argument).trim()
  if (question === '') throw new ThukyError('usage', 'The question is empty; ask something, in quotation marks.')
  if (question.length > MAX_QUESTION_LENGTH) {
    throw new ThukyError('usage', `The question has ${question.length} characters; shorten it to at most ${MAX_QUESTION_LENGTH}.`)
  }
  return question
}
