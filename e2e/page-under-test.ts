// In: a workspace. Out: the real server with the real model, a browser, and pages on which every console error counts as a fault.
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import type { Config } from '../src/config.ts'
import { type RunningServer, startServer } from '../src/server/serve.ts'
import { makeWorkspace, type Workspace } from '../src/testing/faces-workspace.ts'
import { startBrowser } from './browser.ts'

/** Server and browser of a test file. */
export class PageUnderTest {
  readonly #faults: string[] = []
  #pages: Page[] = []

  private constructor(
    readonly workspace: Workspace,
    readonly browser: Browser,
    private server: RunningServer,
  ) {}

  /** Starts all, over a copy of the corpus and its index. */
  static async start(settings: Partial<Config> = {}): Promise<PageUnderTest> {
    const made = await makeWorkspace()
    const workspace = { ...made, config: { ...made.config, ...settings } }
    const server = await startServer(workspace.config, '0.0.0-test')
    await server.ready
    return new PageUnderTest(workspace, await startBrowser(), server)
  }

  get url(): string {
    return this.server.url
  }

  /** A page with nothing in it yet, in a browser that remembers nothing. */
  async openBlank(options: BrowserContextOptions = {}): Promise<Page> {
    const context = await this.browser.newContext({
      viewport: { width: 1440, height: 900 },
      locale: 'vi-VN',
      reducedMotion: 'reduce',
      ...options,
    })
    const page = await context.newPage()
    page.setDefaultTimeout(15_000)
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') this.#faults.push(`${message.type()}: ${message.text()}`)
    })
    page.on('pageerror', (error) => this.#faults.push(`thrown: ${error.message}`))
    this.#pages.push(page)
    return page
  }

  /** Opens the page at an address below the server's. */
  async open(address = '', options: BrowserContextOptions = {}): Promise<Page> {
    const page = await this.openBlank(options)
    await page.goto(`${this.url}/${address}`)
    return page
  }

  /** Stops the server as a machine that goes down would: requests are refused from now on. */
  stopServer(): Promise<void> {
    return this.server.stop()
  }

  /** Starts it again at the same address. */
  async startServerAgain(): Promise<void> {
    this.server = await startServer({ ...this.workspace.config, port: Number(new URL(this.url).port) }, '0.0.0-test')
    await this.server.ready
  }

  /** Closes all pages; faults of the console that were not expected fail the test. Chromium itself logs every failed request. */
  async closePages(...expected: readonly RegExp[]): Promise<void> {
    const faults = this.#faults.splice(0).filter((fault) => !expected.some((pattern) => pattern.test(fault)))
    const pages = this.#pages
    this.#pages = []
    for (const page of pages) await page.context().close()
    if (faults.length > 0) throw new Error(`The console of the browser has faults: ${faults.join('; ')}`)
  }

  async stop(): Promise<void> {
    await this.browser.close()
    await this.server.stop()
    await this.workspace.remove()
  }
}

/** Types a question, asks it with Enter, and waits until it is answered or refused. */
export async function ask(page: Page, question: string): Promise<void> {
  const before = await page.locator('.answer-actions').count()
  await page.getByRole('textbox', { name: /^(Câu hỏi|Question)$/ }).fill(question)
  await page.keyboard.press('Enter')
  await page.locator('.answer-actions').nth(before).waitFor()
}
