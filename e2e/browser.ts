// In: nothing. Out: Chromium as the system has it, without any traffic of its own. Never skips: a machine without it is told what to do.
import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Starts the browser. @throws Error naming the remedy when there is none */
export async function startBrowser(): Promise<Browser> {
  const executablePath = [process.env['CHROMIUM_PATH'] ?? '', ...PLACES].find((path) => existsSync(path))
  if (executablePath === undefined) {
    throw new Error('The tests of the page need Chromium: apt-get install chromium, or set CHROMIUM_PATH to a Chrome or Chromium.')
  }
  return chromium.launch({ executablePath, args: ARGUMENTS })
}
