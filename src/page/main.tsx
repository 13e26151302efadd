// Starts the page: makes its state, loads what it shows first, and renders.
import { render } from 'preact'
import { App } from './app.tsx'
import { PageState, PageStateProvider } from './state/page-state.tsx'

const state = new PageState()
state.preferences.apply()
const place = document.getElementById('page')
if (place !== null) {
  place.replaceChildren()
  render(
    <PageStateProvider value={state}>
      <App />
    </PageStateProvider>,
    place,
  )
}
