import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { packageRoot } from '../package-root.ts'
import { translation } from './message-catalogue.ts'

const vietnamese = translation('vi_VN.UTF-8')

/** Sentences written in the sources for people, with 7 in place of what differs. */
function writtenSentences(): string[] {
  const root = join(packageRoot(), 'src')
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => /(?<!\.test)\.ts$/.test(name))
  return files.flatMap((name) => {
    const source = readFileSync(join(root, name), 'utf8')
    const thrown = source.matchAll(/new ThukyError\(\s*'[\w-]+',\s*('(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`)/g)
    const noted = source.matchAll(/onNote\?\.\(('(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`)/g)
    return [...thrown, ...noted].map(([, literal = '']) =>
      literal
        .slice(1, -1)
        .replace(/\$\{(?:[^{}]|\{[^{}]*\})*\}/g, '7')
        .replace(/\\(.)/g, '$1'),
    )
  })
}

describe('in Vietnamese', () => {
  test('every sentence of an error or note is said in Vietnamese and keeps its facts', () => {
    const sentences = writtenSentences()
    expect(sentences.length).toBeGreaterThan(50)
    const facts = (sentence: string) => (sentence.match(/7/g) ?? []).length
    expect(sentences.filter((sentence) => vietnamese(sentence) === sentence)).toEqual([])
    expect(sentences.filter((sentence) => facts(vietnamese(sentence)) < facts(sentence))).toEqual([])
  })

  test('what a sentence holds is said in Vietnamese too where it is known', () => {
    expect(vietnamese('Skipped a.md: it is empty; write some text or remove the file.')).toBe(
      'Bỏ qua a.md: tệp trống; hãy viết nội dung hoặc xóa tệp.',
    )
    expect(vietnamese('THUKY_PORT is "x", but has to be a whole number from 0 to 65535; change or unset it.')).toBe(
      'THUKY_PORT đang là "x", nhưng phải là số nguyên từ 0 đến 65535; hãy sửa hoặc bỏ thiết lập này.',
    )
  })

  test('names with signs of patterns in them stay as they are', () => {
    expect(vietnamese('The corpus folder /tmp/$1 (a).*{2} cannot be read (ENOENT); create it or set THUKY_CORPUS.')).toContain(
      '/tmp/$1 (a).*{2}',
    )
  })

  test('what nobody has listed is shown as it is', () => {
    expect(vietnamese('Something else.')).toBe('Something else.')
  })
})

test('in any other language nothing changes', () => {
  expect(translation('en_US.UTF-8')('Making the index anew.')).toBe('Making the index anew.')
})
