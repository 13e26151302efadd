// In: the data files of the language room. Out: tables made of them, loaded once per assistant.
import { z } from 'zod'
import { type Abbreviation, abbreviationFileSchema } from './abbreviations.ts'
import type { AccentModel } from './accent-model.ts'
import { readAccentModel } from './accent-model-file.ts'
import { syllableKey } from './canonical.ts'
import { readDataFile } from './data-file.ts'
import { EnglishGlossary, glossaryFileSchema } from './english-glossary.ts'
import { OtherNames, otherNamesFileSchema } from './other-names.ts'
import { type PersonNames, personNames } from './person-names.ts'
import { PersonTable, titleFileSchema } from './persons.ts'
import { RoleTable, roleFileSchema } from './roles.ts'
import { SmallTalk, smallTalkFileSchema } from './small-talk.ts'
import { Titles } from './titles.ts'

/** What the product knows about the language of its field; every part is a data file that a user can edit. */
export interface LanguageKnowledge {
  readonly abbreviations: readonly Abbreviation[]
  readonly glossary: EnglishGlossary
  readonly roles: RoleTable
  readonly persons: PersonTable
  readonly titles: Titles
  /** What tells the name of a person where capitals or accents are missing. */
  readonly people: PersonNames
  readonly otherNames: OtherNames
  /** What is said to the assistant itself. */
  readonly smallTalk: SmallTalk
  /** Syllables of general Vietnamese, for putting accents back. */
  readonly accents: AccentModel
  /** Keys (`syllableKey`) of words that hold a question together but are not what it is about. */
  readonly functionWords: ReadonlySet<string>
}

const functionWordFileSchema = z.object({ words: z.string() })

/** Reads the data files. @throws ThukyError `configuration` when one is missing or malformed */
export function loadLanguageKnowledge(): LanguageKnowledge {
  const titles = readDataFile('titles.json', titleFileSchema)
  const persons = new PersonTable(titles)
  return {
    abbreviations: loadAbbreviations(),
    glossary: new EnglishGlossary(readDataFile('english-glossary.json', glossaryFileSchema).terms),
    accents: readAccentModel(),
    functionWords: new Set(readDataFile('function-words.json', functionWordFileSchema).words.split(/\s+/).map(syllableKey)),
    persons,
    titles: new Titles(titles, persons),
    people: personNames(titles),
    otherNames: new OtherNames(readDataFile('other-names.json', otherNamesFileSchema).names),
    roles: roleTable(),
    smallTalk: new SmallTalk(readDataFile('small-talk.json', smallTalkFileSchema)),
  }
}

/** The abbreviations alone. @throws ThukyError `configuration` when their file is missing or malformed */
export function loadAbbreviations(): readonly Abbreviation[] {
  return readDataFile('abbreviations.json', abbreviationFileSchema).entries
}

function roleTable(): RoleTable {
  const { roles, elsewhere } = readDataFile('roles.json', roleFileSchema)
  return new RoleTable(roles, elsewhere)
}
