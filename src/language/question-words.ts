// In: nothing. Out: English question words and what Vietnamese asks with.

/** Vietnamese question words by English ones. */
export const QUESTION_WORD_TRANSLATIONS: Readonly<Record<string, string>> = {
  who: 'ai',
  whom: 'ai',
  when: 'khi nào',
  where: 'ở đâu',
  'how long': 'bao lâu',
  'how many': 'bao nhiêu',
  'how much': 'bao nhiêu',
  'which day': 'ngày nào',
  'what date': 'ngày nào',
  'which year': 'năm nào',
  'what is': 'là gì',
  'what percentage': 'bao nhiêu phần trăm',
  what: 'gì',
  which: 'nào',
  how: 'như thế nào',
}
