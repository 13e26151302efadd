// The field for a question. Enter asks, Shift+Enter breaks the line; Enter that ends a composition of an input method (Telex, VNI) does neither.
import { useEffect, useRef, useState } from 'preact/hooks'
import { Icon } from '../parts/icon.tsx'
import { usePage } from '../state/page-state.tsx'
import { FilterChips } from './filter-chips.tsx'
import { ScopeDialog } from './scope-dialog.tsx'

/** Longest question, in UTF-16 units; that of the contract. */
const MAX_LENGTH = 2000
const DRAFT = 'thuky-draft'

/** The form at the foot of the conversation. */
export function QuestionForm() {
  const page = usePage()
  const { navigation, turns, wording } = page
  const { filters } = navigation.address.value
  const field = useRef<HTMLTextAreaElement>(null)
  const [question, setQuestion] = useState(() => sessionStorage.getItem(DRAFT) ?? '')
  const [scopeOpen, setScopeOpen] = useState(false)
  const tooLong = question.trim().length > MAX_LENGTH
  const running = turns.all.value.some(({ state }) => state === 'searching' || state === 'warming' || state === 'writing')

  useEffect(() => {
    sessionStorage.setItem(DRAFT, question)
    const area = field.current
    if (area === null) return
    area.style.height = 'auto'
    area.style.height = `${area.scrollHeight}px`
  }, [question])

  const ask = () => {
    const text = question.trim()
    if (text === '' || tooLong || running) return
    setQuestion('')
    void page.ask(text, filters, 'question')
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return
    event.preventDefault()
    ask()
  }
  return (
    <form
      class="question-form"
      onSubmit={(event) => {
        event.preventDefault()
        ask()
      }}
    >
      <FilterChips filters={filters} onChange={(next) => navigation.go({ filters: next }, { replace: true })} />
      <div class="question-box">
        <textarea
          ref={field}
          rows={1}
          value={question}
          onInput={(event) => setQuestion(event.currentTarget.value)}
          onKeyDown={onKeyDown}
          placeholder={wording.questionPlaceholder}
          aria-label={wording.question}
          aria-invalid={tooLong}
          aria-describedby={tooLong ? 'question-problem' : undefined}
          autocomplete="off"
          enterkeyhint="send"
        />
        <button type="button" class="icon-button" aria-label={wording.narrow} title={wording.narrow} onClick={() => setScopeOpen(true)}>
          <Icon name="filter" />
        </button>
        {running ? (
          <button type="button" class="send-button" aria-label={wording.stop} title={wording.stop} onClick={() => turns.stop()}>
            <Icon name="stop" />
          </button>
        ) : (
          <button
            type="submit"
            class="send-button"
            aria-label={wording.askButton}
            title={wording.askButton}
            disabled={question.trim() === '' || tooLong}
          >
            <Icon name="send" />
          </button>
        )}
      </div>
      {tooLong ? (
        <p id="question-problem" class="field-problem" role="alert">
          {wording.questionTooLong(MAX_LENGTH)}
        </p>
      ) : null}
      {scopeOpen ? (
        <ScopeDialog
          filters={filters}
          submitLabel={wording.applyScope}
          onClose={() => setScopeOpen(false)}
          onApply={(next) => navigation.go({ filters: next }, { replace: true })}
        />
      ) : null}
    </form>
  )
}
