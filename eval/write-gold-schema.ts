// npm run eval:schema: writes eval/gold/schema.json, the published shape of a gold question, from the one the product checks by.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { goldJsonSchema } from '../src/evaluation/gold-question.ts'
import { packageRoot } from '../src/package-root.ts'

writeFileSync(join(packageRoot(), 'eval', 'gold', 'schema.json'), `${JSON.stringify(goldJsonSchema(), null, 2)}\n`)
