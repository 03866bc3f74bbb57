// Which program is started, and what is said when that does not work. Without the editor, so that it can be tested.

export interface Place {
  /** The setting, empty when nobody set it. */
  readonly setting: string
  /** The open folders. */
  readonly folders: readonly string[]
  readonly home: string
  readonly windows: boolean
  exists(path: string): boolean
}

/** The program to start: what the setting says, else one in an open folder, else the one on the PATH. */
export function program({ setting, folders, home, windows, exists }: Place): string {
  const said = setting.trim()
  if (said !== '') return said.startsWith('~/') ? home + said.slice(1) : said.replace('${workspaceFolder}', folders[0] ?? '')
  const name = windows ? 'weir.cmd' : 'weir'
  for (const folder of folders) {
    const path = `${folder}/${name}`
    if (exists(path)) return path
  }
  return name
}

/** A sentence for a person whose language server did not start. */
export function sentence(tried: string, setting: string, error: unknown): string {
  const { code } = (error ?? {}) as { code?: string }
  const reason = code === 'ENOENT' ? 'there is no such program' : code === 'EACCES' ? 'it may not be executed' : error instanceof Error ? error.message : String(error)
  return setting.trim() === ''
    ? `Weir's language server did not start: ${tried}: ${reason}. Install weir, or say where it is in the setting "weir.path".`
    : `Weir's language server did not start: ${tried}: ${reason}. Correct the setting "weir.path".`
}

/** A word for a shell, in quotes where it needs them. */
export function quoted(word: string, windows: boolean): string {
  if (/^[\w./:=@%+-]+$/.test(word)) return word
  return windows ? `"${word.replaceAll('"', '\\"')}"` : `'${word.replaceAll("'", "'\\''")}'`
}

/** The command line that runs the tests of a file, or one of them. */
export function testCommand(weir: string, file: string, title: string | null, windows: boolean): string {
  const words = [weir, 'test', file, ...(title === null ? [] : ['--only', title])]
  const line = words.map(word => quoted(word, windows)).join(' ')
  return windows && line.startsWith('"') ? `& ${line}` : line
}
