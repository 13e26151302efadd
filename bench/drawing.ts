// In: the figures of a run. Out: one drawing as SVG text: how far each wanted figure is from its mark, with its spread.
import * as Plot from '@observablehq/plot'
import { parseHTML } from 'linkedom'
import type { Figure } from './bench-run.ts'

const WIDTH = 760
const ROW_HEIGHT = 22
const GOOD = '#2f7d4f'
const BAD = '#b3382c'

interface Mark {
  readonly name: string
  /** Share of what is allowed that is used; below 1 is met. */
  readonly used: number
  readonly low: number
  readonly high: number
  readonly met: boolean
}

/** Every figure with a mark: what it uses of it, 1 being the mark. */
export function drawing(figures: readonly Figure[]): string {
  const marks = figures.flatMap(markOf)
  const { document } = parseHTML('<html><body></body></html>')
  const drawn = Plot.plot({
    width: WIDTH,
    height: 50 + ROW_HEIGHT * marks.length,
    marginLeft: 380,
    marginRight: 50,
    style: { fontSize: '12px', background: 'white', overflow: 'visible' },
    x: {
      label: 'share of the mark that is used: left of the line is met',
      domain: [0, Math.max(1.5, ...marks.map(({ high }) => high))],
      grid: true,
    },
    y: { label: null, domain: marks.map(({ name }) => name), tickSize: 0 },
    marks: [
      Plot.ruleX([1], { strokeDasharray: '4 3' }),
      Plot.ruleY(marks, { y: 'name', x1: 'low', x2: 'high', stroke: colour, strokeWidth: 5, strokeOpacity: 0.3 }),
      Plot.dot(marks, { x: 'used', y: 'name', fill: colour, r: 4 }),
    ],
    document,
  })
  drawn.setAttribute('xmlns', 'http://www.w3.org/2000/svg')
  return drawn.outerHTML
}

const colour = ({ met }: Mark) => (met ? GOOD : BAD)

function markOf({ part, name, value, low = value, high = value, most, least }: Figure): Mark[] {
  if (most === undefined && least === undefined) return []
  const used = (figure: number) => (most === undefined ? (least as number) / figure : Math.max(0, figure / most))
  const [a, b] = [used(low), used(high)]
  return [
    {
      name: name.length < 12 ? `${part}: ${name}` : name,
      used: used(value),
      low: Math.min(a, b),
      high: Math.max(a, b),
      met: used(value) <= 1,
    },
  ]
}
