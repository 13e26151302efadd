// MiniSearch with its defaults: words alone, no model; whole documents.
import MiniSearch from 'minisearch'
import { serve } from './peer.js'

const search = new MiniSearch({ fields: ['text'] })

serve({
  async index(documents) {
    search.addAll(documents.map(({ id, text }) => ({ id, text })))
  },
  async ask(question) {
    return search
      .search(question)
      .slice(0, 20)
      .map(({ id }) => String(id))
  },
})
