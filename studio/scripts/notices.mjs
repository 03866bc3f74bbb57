// A Vite plugin that puts the licences of everything in the bundle beside it, as those licences ask.
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** The folder of the package that a module belongs to, or null for the studio's own modules. */
function packageFolder(id) {
  const path = id.replace(/^\0/, '').split('?')[0]
  const match = /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)
  return match ? match[1] : null
}

function notice(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const file = readdirSync(folder).find(entry => /^(licen[cs]e|copying)/i.test(entry))
  const text = file ? readFileSync(join(folder, file), 'utf8').trim() : `Licence: ${license}`
  return `${name} ${version} (${license})\n\n${text}`
}

/** Fonts come in through style sheets, which no hook here sees. */
function fontFolders() {
  const { dependencies = {} } = JSON.parse(readFileSync('package.json', 'utf8'))
  return Object.keys(dependencies).filter(name => name.startsWith('@fontsource')).map(name => join('node_modules', name))
}

export default function notices() {
  const folders = new Set()
  return {
    name: 'weir-notices',
    apply: 'build',
    transform(_, id) {
      const folder = packageFolder(id)
      if (folder) folders.add(folder)
      return null
    },
    generateBundle() {
      const texts = [...folders, ...fontFolders()].sort().map(notice)
      this.emitFile({ type: 'asset', fileName: 'licenses.txt', source: texts.join(`\n\n${'-'.repeat(80)}\n\n`) + '\n' })
    },
  }
}
