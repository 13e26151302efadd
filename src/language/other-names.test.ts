import { describe, expect, test } from 'vitest'
import { readDataFile } from './data-file.ts'
import { syllables } from './syllables.ts'
import { OtherNames, otherNamesFileSchema } from './other-names.ts'

const folded = (name: string) =>
  syllables(name)
    .map((syllable) => syllable.folded)
    .join(' ')

describe('other names', () => {
  const names = new OtherNames(readDataFile('other-names.json', otherNamesFileSchema).names)

  test('a country is found by each of its names', () => {
    expect(names.of(folded('Mỹ'))).toContain(folded('Hoa Kỳ'))
    expect(names.of(folded('Hoa Kỳ'))).toContain(folded('Mỹ'))
  })

  test('spellings that fold to the same are one', () => {
    expect(names.of('hong kong')).toEqual(['hong cong', 'hongkong'])
  })

  test('what nobody listed has no other name', () => {
    expect(names.of('lai chau')).toEqual([])
  })
})
