// Compiles the sources before the tests run: the embedding process and the command line are tested as they ship.
import { execFileSync } from 'node:child_process'

export default function buildBeforeTests(): void {
  execFileSync('npm', ['run', '--silent', 'build'], { stdio: ['ignore', 'ignore', 'inherit'] })
}
