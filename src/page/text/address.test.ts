import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Address, readAddress, START, writeAddress } from './address.ts'

const words = fc.string({ minLength: 1 }).filter((text) => text.isWellFormed())
const offset = fc.option(fc.nat(999_999_999))
const address: fc.Arbitrary<Address> = fc.record({
  view: fc.constantFrom('chat' as const, 'conferences' as const, 'documents' as const),
  conversationId: fc.option(words),
  answerId: fc.option(words),
  place: fc.option(fc.record({ documentId: words, start: offset, end: offset })),
  filters: fc.record(
    {
      conferenceIds: fc.array(words, { minLength: 1 }),
      documentIds: fc.array(words, { minLength: 1 }),
      from: words,
      to: words,
    },
    { requiredKeys: [] },
  ),
})

test('every address that can be shown is read back as it was', () => {
  fc.assert(fc.property(address, (one) => void expect(readAddress(writeAddress(one))).toEqual(one)))
})

test('the start has no query, and what is not understood leads there', () => {
  expect(writeAddress(START)).toBe('')
  expect(readAddress('?view=nowhere&start=3&conversation=&end=-1')).toEqual(START)
})

test('offsets that are no numbers are left out, the document is still opened', () => {
  expect(readAddress('?document=a~b&start=x&end=1e9').place).toEqual({ documentId: 'a~b', start: null, end: null })
})
