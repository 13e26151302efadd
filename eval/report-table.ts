// In: rows of a retrieval evaluation. Out: the same as a Markdown table, for the documentation.
import type { RetrievalRow } from './retrieval-row.ts'

const NAMES = { dense: 'meaning alone', lexical: 'words alone', rrf: 'rank fusion', 'min-max': '**ours**' } as const

/** One table row per set, form and method; figures in per cent. */
export function markdownTable(rows: readonly RetrievalRow[]): string {
  const head = ['pool', 'set', 'form', 'method', 'n', 'recall@1', 'recall@5', 'MRR@10', 'only ours / only this right at 1', 'p']
  const percent = (value: number) => (100 * value).toFixed(1)
  const lines = rows.map(({ pool, set, form, method, questions, recall1, recall5, mrr10, againstOurs }) => [
    pool,
    set,
    form,
    NAMES[method],
    String(questions),
    percent(recall1),
    percent(recall5),
    mrr10.toFixed(3),
    againstOurs === undefined ? '' : `${againstOurs.onlyOurs} / ${againstOurs.onlyThis}`,
    againstOurs === undefined ? '' : againstOurs.p.toFixed(3),
  ])
  return [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |\n`).join('')
}
