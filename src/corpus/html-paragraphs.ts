// In: the markup of an article or a word processor document. Out: its paragraphs, headings, list items and rows in reading
// order. Scripts, forms and pictures are left out; only the words of the page count.
import { parseHTML } from 'linkedom'
import type { BlockKind } from './blocks.ts'
import type { ExtractedParagraph } from './extracted-document.ts'
import { CELL_MARK } from './pdf-lines.ts'

/** The parts of a DOM node that are read; structural, so that any DOM will do. */
export interface MarkupNode {
  readonly nodeType: number
  readonly localName?: string
  readonly textContent: string | null
  readonly childNodes: Iterable<MarkupNode>
}

const TEXT_NODE = 3
const ELEMENT_NODE = 1
const DOCUMENT_FRAGMENT = 11
const SKIPPED = new Set([
  'script',
  'style',
  'noscript',
  'template',
  'svg',
  'math',
  'iframe',
  'object',
  'form',
  'button',
  'select',
  'head',
  'title',
])
const INLINE = new Set(
  'a abbr b bdi bdo cite code data del dfn em font i ins kbd label mark q s samp small span strike strong sub sup time tt u var wbr o:p'.split(
    ' ',
  ),
)
const KINDS: Readonly<Record<string, BlockKind>> = {
  hgroup: 'headline',
  h1: 'heading',
  h2: 'heading',
  h3: 'heading',
  h4: 'heading',
  h5: 'heading',
  h6: 'heading',
  li: 'body',
  dd: 'body',
  blockquote: 'body',
  figcaption: 'caption',
  caption: 'heading',
}
const BACK_LINK = /^\s*↑\s*$/u

/** Paragraphs below a node. */
export function markupParagraphs(root: MarkupNode): ExtractedParagraph[] {
  const paragraphs: ExtractedParagraph[] = []
  let words = ''
  const close = (kind: BlockKind | null) => {
    const text = words.replace(/[\s\u00A0]+/gu, ' ').trim()
    words = ''
    if (text !== '') paragraphs.push({ pieces: [{ text, page: null }], kind })
  }
  const walk = (node: MarkupNode, kind: BlockKind | null) => {
    if (node.nodeType === TEXT_NODE) words += node.textContent ?? ''
    if (node.nodeType !== ELEMENT_NODE && node.nodeType !== DOCUMENT_FRAGMENT) return
    const name = node.localName?.toLowerCase() ?? ''
    if (SKIPPED.has(name)) return
    if (name === 'br') return close(kind)
    if (name === 'tr') {
      close(kind)
      words = rowWords(node)
      return close('body')
    }
    if (name === 'a' && BACK_LINK.test(node.textContent ?? '')) return
    if (INLINE.has(name)) {
      for (const child of node.childNodes) walk(child, kind)
      return
    }
    close(kind)
    const own = KINDS[name] ?? kind
    for (const child of node.childNodes) walk(child, own)
    close(own)
  }
  walk(root, null)
  close(null)
  return paragraphs
}

/** The cells of a table's row in one line. */
function rowWords(row: MarkupNode): string {
  const cells = [...row.childNodes].filter(({ localName }) => localName === 'td' || localName === 'th')
  const words = cells.map((cell) =>
    markupParagraphs(cell)
      .flatMap(({ pieces }) => pieces.map(({ text }) => text))
      .join(' '),
  )
  return words.filter((cell) => cell !== '').join(CELL_MARK)
}

/** Paragraphs of a piece of markup. */
export function paragraphsOfMarkup(markup: string): ExtractedParagraph[] {
  const { document } = parseHTML(`<!doctype html><html><body>${markup}</body></html>`)
  return markupParagraphs(document.body as unknown as MarkupNode)
}
