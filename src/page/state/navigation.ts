// In: the browser's address and history. Out: the page's address as a signal, and ways to change it.
import { type ReadonlySignal, signal } from '@preact/signals'
import { type Address, readAddress, START, writeAddress } from '../text/address.ts'

/** Where the page is. */
export class Navigation {
  readonly #address = signal(readAddress(location.search))

  constructor() {
    addEventListener('popstate', () => {
      this.#address.value = readAddress(location.search)
    })
  }

  get address(): ReadonlySignal<Address> {
    return this.#address
  }

  /** Goes elsewhere; what is not named stays as it is. `replace` leaves no step to come back to. */
  go(changes: Partial<Address>, { replace = false } = {}): void {
    const next = { ...this.#address.peek(), ...changes }
    const url = hrefOf(next)
    if (replace) history.replaceState(null, '', url)
    else history.pushState(null, '', url)
    this.#address.value = next
  }
}

/** The address as a link. */
export function hrefOf(address: Partial<Address>): string {
  return `${location.pathname}${writeAddress({ ...START, ...address })}`
}
