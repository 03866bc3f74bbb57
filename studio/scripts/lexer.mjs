// Generates the editor's lexer from the one grammar of the language, so that what is coloured is what is parsed.
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync, existsSync, rmSync, mkdtempSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const studio = join(dirname(fileURLToPath(import.meta.url)), '..')
const grammar = join(studio, '..', 'grammar', 'WeirLexer.g4')
const target = join(studio, 'src', 'editor', 'generated')
const stamp = join(target, 'grammar.sha256')

const hash = createHash('sha256').update(readFileSync(grammar)).digest('hex')
if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) process.exit(0)

const work = mkdtempSync(join(tmpdir(), 'weir-lexer-'))
try {
  const tool = join(studio, 'node_modules', 'antlr-ng', 'dist', 'cli', 'runner.js')
  execFileSync(process.execPath, [tool, '-Dlanguage=TypeScript', '-o', work, grammar], { stdio: 'inherit' })
  mkdirSync(target, { recursive: true })
  // The generated text is not ours to type-check.
  writeFileSync(join(target, 'WeirLexer.ts'), '// @ts-nocheck\n' + readFileSync(join(work, 'WeirLexer.ts'), 'utf8'))
  writeFileSync(stamp, hash)
} finally {
  rmSync(work, { recursive: true, force: true })
}
