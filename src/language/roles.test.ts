import { describe, expect, test } from 'vitest'
import { loadLanguageKnowledge } from './knowledge.ts'

const { roles } = loadLanguageKnowledge()

describe('RoleTable', () => {
  test('finds roles with and without accents and in English', () => {
    expect([...roles.rolesIn('Ai khai mạc hội nghị?')]).toEqual(['opening'])
    expect([...roles.rolesIn('ai be mac hoi nghi')]).toEqual(['closing'])
    expect([...roles.rolesIn('Who chaired it?')]).toEqual(['chairing'])
  })

  test('words that are a role only without their accents are none', () => {
    expect([...roles.rolesIn('Lực lượng công an nhân dân đạt nhiều kết quả.')]).toEqual([])
    expect([...roles.rolesIn('Phiên thảo luận do Thứ trưởng dẫn dắt.')]).toEqual(['moderating'])
    expect([...roles.rolesIn('Đồng chí Hà Văn Tư chủ toạ.')]).toEqual(['chairing'])
    expect([...roles.rolesIn('Bốn chữ về dữ liệu là gì?')]).toEqual([])
    expect(roles.agreement(roles.rolesIn('Ai điều hành?'), 'Công an nhân dân đạt kết quả.')).toBe(0)
  })

  test('who opened an event has not thereby closed it', () => {
    const asked = roles.rolesIn('Ai bế mạc?')
    expect(roles.agreement(asked, 'Ông A phát biểu bế mạc hội nghị.')).toBe(1)
    expect(roles.agreement(asked, 'Ông A phát biểu kết luận hội nghị.')).toBe(1)
    expect(roles.agreement(asked, 'Ông A phát biểu khai mạc hội nghị.')).toBe(-1)
    expect(roles.agreement(asked, 'Ông A yêu cầu các đơn vị.')).toBe(0)
  })
})
