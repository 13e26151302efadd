import { expect, it } from 'vitest'
import { remembered } from './remembered.ts'

it('says the same as the function, and asks it once while a text is among the last ones', () => {
  const asked: string[] = []
  const length = remembered((text) => {
    asked.push(text)
    return text.length
  }, 2)
  expect(['một', 'hai', 'một', 'hai'].map(length)).toEqual([3, 3, 3, 3])
  expect(asked).toEqual(['một', 'hai'])
  for (const text of ['ba', 'bốn', 'năm', 'sáu', 'bảy']) length(text)
  expect(length('một')).toBe(3)
  expect(asked).toEqual(['một', 'hai', 'ba', 'bốn', 'năm', 'sáu', 'bảy', 'một'])
})

it('keeps a result that is undefined, and no text of great length', () => {
  let count = 0
  const nothing = remembered(() => {
    count++
    return undefined
  })
  for (const text of ['a', 'a', 'x'.repeat(5000), 'x'.repeat(5000)]) expect(nothing(text)).toBeUndefined()
  expect(count).toBe(3)
})
