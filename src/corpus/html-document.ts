// In: the bytes of an HTML page. Out: its article: headline, text and headings without menus, related links and comments, and
// what the page's head says of title, publisher, time and address.
import { Readability } from '@mozilla/readability'
import { parseHTML } from 'linkedom'
import { ThukyError } from '../errors.ts'
import type { ExtractedDocument, ExtractedParagraph, FileProperties } from './extracted-document.ts'
import { type MarkupNode, markupParagraphs } from './html-paragraphs.ts'
import { decodedUnicode, legacyEncodingOf } from './text-encoding.ts'

/** Most elements of a page that are looked through. */
const MAX_ELEMENTS = 100_000
/** Deepest nesting of elements; pages stay below a hundred. */
const MAX_DEPTH = 1000
/** Shortest article in UTF-16 units; less is a page of links. */
const LEAST_ARTICLE = 80
/** How far a page is read for the encoding it declares. */
const HEAD_BYTES = 4096
const PAGE_FURNITURE =
  'nav,header,footer,aside,form,script,style,noscript,template,iframe,[role=navigation],[role=banner],[role=contentinfo]'

type PageDocument = ReturnType<typeof parseHTML>['document']

/**
 * Reads an HTML page.
 * @throws ThukyError `corpus` when its encoding is not known or it holds no article
 */
export function htmlDocument(bytes: Uint8Array): ExtractedDocument {
  const page = withBody(decodedPage(bytes))
  refuseTangledMarkup(page)
  const { document } = parseHTML(page)
  const properties = pageProperties(document)
  const headline = document.querySelector('h1')?.textContent ?? properties.title
  const paragraphs = withHeadline(articleParagraphs(document) ?? wholePage(parseHTML(page).document), headline)
  const length = paragraphs.reduce((sum, { kind, pieces }) => sum + (kind === 'headline' ? 0 : (pieces[0]?.text.length ?? 0)), 0)
  if (length < LEAST_ARTICLE)
    throw new ThukyError('corpus', 'there is no article on this page; save the page of the article itself, with its text')
  return { paragraphs, properties }
}

/** Browsers supply the tags a page leaves out; the parser used here does not. */
function withBody(page: string): string {
  if (/<body[\s>]/i.test(page)) return page
  return `<!doctype html><html><body>${page.replace(/<!doctype[^>]*>|<\/?html[^>]*>/gi, '')}</body></html>`
}

const VOID_ELEMENT = /^(?:area|base|br|col|embed|hr|img|input|link|meta|p|param|source|track|wbr|li|td|tr|th|dt|dd|option)$/i

/** Looks at the tags alone, before a tree is made of them: a tree of a million elements takes minutes. */
function refuseTangledMarkup(page: string): void {
  let [elements, depth] = [0, 0]
  for (const [, slash, name = ''] of page.matchAll(/<(\/?)([a-z][\w:-]*)/gi)) {
    if (VOID_ELEMENT.test(name)) continue
    if (slash === '') elements++
    depth = Math.max(0, depth + (slash === '' ? 1 : -1))
    if (elements > MAX_ELEMENTS || depth > MAX_DEPTH) {
      throw new ThukyError(
        'corpus',
        'its markup is nested deeper or longer than that of a page for people; save the text of the article alone',
      )
    }
  }
}

/** The page as text, by its marks, the encoding it declares, or its spelling. */
function decodedPage(bytes: Uint8Array): string {
  const unicode = decodedUnicode(bytes)
  if (unicode !== undefined) return unicode
  const head = new TextDecoder('windows-1252').decode(bytes.subarray(0, HEAD_BYTES))
  const declared = /<meta[^>]+charset\s*=\s*["']?\s*([\w:-]+)/i.exec(head)?.[1]?.toLowerCase() ?? ''
  const legacy = legacyEncodingOf(withoutMarkup(bytes))
  if (legacy === 'windows-1258' || declared === 'windows-1258') return new TextDecoder('windows-1258').decode(bytes)
  // Text for old fonts is read as Western here and converted paragraph by paragraph, for a page may mix fonts.
  const decoder = legacy === undefined ? decoderOf(declared) : new TextDecoder('windows-1252')
  if (decoder !== undefined) return decoder.decode(bytes)
  throw new ThukyError('corpus', 'its encoding is neither declared nor recognised; save the page again as UTF-8')
}

/** The decoder a page asks for; UTF-8 has been tried already. */
function decoderOf(label: string): InstanceType<typeof TextDecoder> | undefined {
  if (label === '' || label.startsWith('utf')) return undefined
  try {
    return new TextDecoder(label)
  } catch {
    return undefined
  }
}

/** The bytes without tags, whose Latin letters would count as words without marks. */
function withoutMarkup(bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes)
    .toString('latin1')
    .replace(/<(script|style)\b[\s\S]*?<\/\1>|<[^>]*>/gi, ' ')
  return Buffer.from(text, 'latin1')
}

/** Paragraphs of the article on a page, whose document is used up; undefined when none is found. */
function articleParagraphs(document: PageDocument): ExtractedParagraph[] | undefined {
  const article = new Readability<MarkupNode>(document as unknown as ConstructorParameters<typeof Readability>[0], {
    maxElemsToParse: MAX_ELEMENTS,
    charThreshold: LEAST_ARTICLE,
    serializer: (node) => node as unknown as MarkupNode,
  }).parse()
  return article?.content ? markupParagraphs(article.content) : undefined
}

/** All text outside menus, for pages too short or too plain to be recognised as an article. */
function wholePage(document: PageDocument): ExtractedParagraph[] {
  for (const furniture of document.querySelectorAll(PAGE_FURNITURE)) furniture.remove()
  const body: MarkupNode | null = document.body as unknown as MarkupNode | null
  return body === null ? [] : markupParagraphs(body).filter(({ pieces }) => (pieces[0]?.text.length ?? 0) > 20)
}

/** The headline on top, where the article is kept without it. */
function withHeadline(paragraphs: readonly ExtractedParagraph[], headline: string | undefined): ExtractedParagraph[] {
  const text = headline?.replace(/\s+/gu, ' ').trim() ?? ''
  const named = { pieces: [{ text, page: null }], kind: 'headline' } as const
  if (text === '') return [...paragraphs]
  const at = paragraphs.slice(0, 5).findIndex(({ pieces }) => pieces[0]?.text === text)
  return at < 0 ? [named, ...paragraphs] : paragraphs.map((paragraph, i) => (i === at ? named : paragraph))
}

const ISO_TIME = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/

/** What the head of the page says about it. */
function pageProperties(document: PageDocument): FileProperties {
  const meta = (...names: string[]) => {
    for (const name of names) {
      const content = document.querySelector(`meta[property="${name}"],meta[name="${name}"]`)?.getAttribute('content')?.trim()
      if (content !== undefined && content !== '') return content
    }
    return undefined
  }
  const title = meta('og:title') ?? document.querySelector('title')?.textContent?.trim()
  const publisher = meta('og:site_name')
  const publishedAt = meta('article:published_time', 'pubdate', 'date')
  const url = document.querySelector('link[rel="canonical"]')?.getAttribute('href') ?? meta('og:url')
  return {
    ...(title ? { title } : {}),
    ...(publisher === undefined ? {} : { publisher }),
    ...(publishedAt !== undefined && ISO_TIME.test(publishedAt) && !Number.isNaN(Date.parse(publishedAt)) ? { publishedAt } : {}),
    ...(url !== undefined && /^https?:\/\/\S+$/.test(url) && URL.canParse(url) ? { url } : {}),
  }
}
