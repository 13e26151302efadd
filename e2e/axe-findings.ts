// In: a page in the browser. Out: what axe finds serious on it. Changes nothing there.
import axe from 'axe-core'
import type { Page } from 'playwright-core'

/** Findings of axe that are serious or critical. */
export async function findings(page: Page): Promise<string[]> {
  // Evaluated by the debugger, which the page's policy does not bind.
  await page.evaluate(axe.source)
  return page.evaluate(async () => {
    const { violations, passes } = await Reflect.get(window, 'axe').run(document)
    if (passes.length < 10) return ['axe looked at next to nothing']
    return violations
      .filter(({ impact }: { impact: string }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }: { id: string; nodes: { html: string }[] }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)
  })
}
