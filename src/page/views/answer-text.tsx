// The words of an answer. Quotations are set off as if marked with a pen; every marker is a button that opens its source.
import type { Turn } from '../state/turns.ts'
import { usePage } from '../state/page-state.tsx'
import { answerPieces } from '../text/answer-pieces.ts'
import { placeOf } from '../text/citation-place.ts'

/** The answer as far as it has come. */
export function AnswerText({ turn: { text, citations, answer } }: { readonly turn: Turn }) {
  const { navigation, wording } = usePage()
  if (text === '') return null
  const open = (marker: number) => {
    const citation = citations.find((one) => one.marker === marker)
    if (citation === undefined) return
    navigation.go({ answerId: answer?.id ?? null, place: placeOf(citation) })
  }
  return (
    <div class="answer" lang={answer?.language ?? 'vi'}>
      {text.split('\n').map((line, i) => (
        <p key={i}>
          {answerPieces(line, citations).map((piece, at) => {
            if (piece.kind === 'text') return piece.text
            if (piece.kind === 'quote') {
              return (
                <q key={at} class="quoted" lang="vi">
                  {piece.text}
                </q>
              )
            }
            return (
              <button
                key={at}
                type="button"
                class="marker"
                lang="vi"
                aria-label={wording.openSource(piece.marker)}
                onClick={() => open(piece.marker)}
              >
                {piece.marker}
              </button>
            )
          })}
        </p>
      ))}
    </div>
  )
}
