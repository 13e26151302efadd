import { describe, expect, test } from 'vitest'
import { loadLanguageKnowledge } from './knowledge.ts'

const { roles } = loadLanguageKnowledge()

describe('RoleTable', () => {
  test('finds roles with and without accents and in English', () => {
    expect([...roles.rolesIn('Ai khai mạc hội nghị?')]).toEqual(['opening'])
    expect([...roles.rolesIn('ai be mac hoi nghi')]).toEqual(['closing'])
    expect([...roles.rolesIn('Who chaired it?')]).toEqual(['chairing'])
  })

  test('who opened an event has not thereby closed it', () => {
    const asked = roles.rolesIn('Ai bế mạc?')
    expect(roles.agreement(asked, 'Ông A phát biểu bế mạc hội nghị.')).toBe(1)
    expect(roles.agreement(asked, 'Ông A phát biểu kết luận hội nghị.')).toBe(1)
    expect(roles.agreement(asked, 'Ông A phát biểu khai mạc hội nghị.')).toBe(-1)
    expect(roles.agreement(asked, 'Ông A yêu cầu các đơn vị.')).toBe(0)
  })
})
