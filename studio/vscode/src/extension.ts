// Weir in the editor: starts the language server, runs tests in a terminal, shows graphs.
import { execFile } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { homedir } from 'node:os'
import { commands, type ExtensionContext, type LogOutputChannel, type Terminal, Uri, ViewColumn, type WebviewPanel, window, workspace } from 'vscode'
import { LanguageClient } from 'vscode-languageclient/node'
import { program, sentence, testCommand } from './program'

const windows = process.platform === 'win32'
let client: LanguageClient | null = null
let output: LogOutputChannel
let terminal: Terminal | null = null
let panel: WebviewPanel | null = null

export async function activate(context: ExtensionContext): Promise<void> {
  output = window.createOutputChannel('Weir', { log: true })
  context.subscriptions.push(
    output,
    commands.registerCommand('weir.restart', start),
    commands.registerCommand('weir.runTests', () => runTests(null)),
    commands.registerCommand('weir.runTest', (uri: string, title: string) => runTests(title, Uri.parse(uri))),
    commands.registerCommand('weir.showGraph', (uri?: string, workflow?: string) => showGraph(typeof uri === 'string' ? Uri.parse(uri) : undefined, typeof workflow === 'string' ? workflow : undefined)),
    workspace.onDidChangeConfiguration(changed => {
      if (changed.affectsConfiguration('weir.path')) void start()
    }),
    window.onDidCloseTerminal(closed => {
      if (closed === terminal) terminal = null
    }),
  )
  await start()
}

export async function deactivate(): Promise<void> {
  await client?.stop().catch(() => {})
}

function setting(): string {
  return workspace.getConfiguration('weir').get<string>('path', '')
}

function weir(): string {
  return program({
    setting: setting(),
    folders: (workspace.workspaceFolders ?? []).map(folder => folder.uri.fsPath),
    home: homedir(),
    windows,
    exists: path => {
      try {
        accessSync(path, constants.X_OK)
        return true
      } catch {
        return false
      }
    },
  })
}

async function start(): Promise<void> {
  await client?.stop().catch(() => {})
  const command = weir()
  const made = new LanguageClient('weir', 'Weir', { command, args: ['lsp'], options: { shell: windows } }, {
    documentSelector: [{ language: 'weir' }],
    outputChannel: output,
    // What went wrong is said below, once and in words.
    initializationFailedHandler: () => false,
  })
  client = made
  try {
    await made.start()
  } catch (error) {
    if (client !== made) return
    client = null
    const choice = await window.showErrorMessage(sentence(command, setting(), error), 'Open Setting', 'Show Output')
    if (choice === 'Open Setting') void commands.executeCommand('workbench.action.openSettings', 'weir.path')
    if (choice === 'Show Output') output.show()
  }
}

/** The file to work on: the given one or the one that is shown, saved. */
async function saved(uri?: Uri): Promise<string | null> {
  const document = uri ? await workspace.openTextDocument(uri) : window.activeTextEditor?.document
  if (!document || document.languageId !== 'weir' || document.isUntitled) {
    void window.showInformationMessage('Open a Weir file first, and save it.')
    return null
  }
  if (document.isDirty) await document.save()
  return document.uri.fsPath
}

async function runTests(title: string | null, uri?: Uri): Promise<void> {
  const file = await saved(uri)
  if (file === null) return
  terminal ??= window.createTerminal({ name: 'Weir tests' })
  terminal.show(true)
  terminal.sendText(testCommand(weir(), file, title, windows))
}

async function showGraph(uri?: Uri, workflow?: string): Promise<void> {
  const file = await saved(uri)
  if (file === null) return
  const args = ['graph', file, ...(workflow === undefined ? [] : [workflow]), '--format', 'svg']
  execFile(weir(), args, { maxBuffer: 32 << 20, shell: windows, timeout: 60_000 }, (error, svg, said) => {
    if (error) {
      output.error(said || error.message)
      void window.showErrorMessage(`The graph cannot be drawn: ${(said || error.message).trim().split('\n')[0]}`, 'Show Output').then(choice => {
        if (choice) output.show()
      })
      return
    }
    if (panel === null) {
      panel = window.createWebviewPanel('weir.graph', 'Weir graph', { viewColumn: ViewColumn.Beside, preserveFocus: true })
      panel.onDidDispose(() => { panel = null })
    }
    panel.title = workflow ?? 'Weir graph'
    panel.webview.html = page(svg)
  })
}

/** Nothing of it may run or be fetched. */
function page(svg: string): string {
  return `<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><style>body { background: #fff; margin: 1rem } svg { max-width: 100%; height: auto }</style>${svg}`
}
