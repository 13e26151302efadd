// What is shown before the first question: what this is, how much it knows, and questions about conferences it really has.
import { ProblemNote } from '../parts/problem-note.tsx'
import { usePage } from '../state/page-state.tsx'
import { exampleQuestions } from '../text/example-questions.ts'

/** The welcome. */
export function Welcome() {
  const page = usePage()
  const { library, navigation, wording } = page
  const { filters } = navigation.address.value
  const corpus = library.corpus.value
  const problem = library.problem.value
  const examples = exampleQuestions(library.conferences.value ?? [], wording)
  return (
    <div class="welcome">
      <h1>{wording.welcome}</h1>
      <p class="lead">{wording.welcomeText}</p>
      <p class="muted welcome-size">
        {corpus === null ? ' ' : corpus.documents === 0 ? wording.corpusEmpty : wording.corpusSize(corpus.documents, corpus.conferences)}
      </p>
      {problem === null || problem.kind === 'offline' ? null : <ProblemNote problem={problem} />}
      {examples.length === 0 ? null : (
        <section class="examples" aria-labelledby="examples-heading">
          <h2 id="examples-heading">{wording.examples}</h2>
          <ul>
            {examples.map((question) => (
              <li key={question}>
                <button type="button" class="example" lang="vi" onClick={() => page.ask(question, filters, 'question')}>
                  {question}
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  )
}
