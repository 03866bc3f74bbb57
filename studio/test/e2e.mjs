// The studio in a real browser, against any server with Weir's API: write a text with a mistake, see it marked, fix it,
// save it, run it, watch it succeed; then look at every page, dark and light, wide and narrow.
//
// BASE_URL  where the server is; without it the mock server is started on the built studio (npm run build first)
// CHROMIUM  the browser (/usr/bin/chromium)
// OUT       where the screenshots go (test/output)
// SHOTS=0   leaves the screenshots out; KEEP_GOING=1 goes on after a failure
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { editorChecks } from './editor-checks.mjs'

const here = dirname(fileURLToPath(import.meta.url))
const out = process.env.OUT ?? join(here, 'output')
const browserPath = process.env.CHROMIUM ?? '/usr/bin/chromium'
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const cleanups = []

if (!existsSync(browserPath)) {
  console.error(`There is no browser at ${browserPath}. Install one (apt-get install chromium) or set CHROMIUM.`)
  process.exit(2)
}

const base = (process.env.BASE_URL ?? await startMock()).replace(/\/?$/, '/')
const echo = await startEcho()
mkdirSync(out, { recursive: true })

const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']
const profile = mkdtempSync(join(tmpdir(), 'weir-studio-'))
cleanups.push(() => rmSync(profile, { recursive: true, force: true }))
const context = await chromium.launchPersistentContext(profile, { executablePath: browserPath, args: FLAGS, viewport: { width: 1440, height: 900 }, colorScheme: 'light', reducedMotion: 'reduce' })
const page = context.pages()[0] ?? await context.newPage()
page.setDefaultTimeout(15_000)

const complaints = []
page.on('pageerror', error => complaints.push(`uncaught: ${error.message}`))
page.on('console', message => {
  // The browser itself logs every answer that is not 2xx; those are the server's and looked at where they matter.
  if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) complaints.push(`console: ${message.text()}`)
})

const NAME = 'studio_e2e'
const BEFORE = `/// Greets someone; written by the studio's end-to-end test.
workflow ${NAME}(name: string) -> { greeting: string } {
  let greeting = \`Hello, \${name}!\`
  step sent = http.post(url: "http://127.0.0.1:${echo}/greetings", body: { greeting }) {
    retry 2 times from 100ms
    timeout 5s
    key name
  }
  wait 1s
`
let passed = 0
let failed = 0

/** The first checks write one text together: after a failure there the rest would only fail too. */
async function check(name, body) {
  if (failed > 0 && process.env.KEEP_GOING !== '1') return
  try {
    await body()
    passed++
    console.log(`✓ ${name}`)
  } catch (error) {
    failed++
    console.log(`✗ ${name}\n  ${String(error.stack ?? error).replaceAll('\n', '\n  ')}`)
    await page.screenshot({ path: join(out, `failed-${failed}.png`) }).catch(() => {})
  }
}

const problems = page.locator('[data-test=problems]')
const saved = page.locator('[data-test=saved]')
const code = page.locator('[data-test=text] .cm-content')
const visit = async hash => {
  await page.goto(base + hash)
  await page.locator('main h1, main h2').first().waitFor()
}

try {
  await check('the studio opens and lists workflows, or invites to write the first', async () => {
    await visit('#/')
    await page.getByRole('heading', { name: 'Workflows', level: 1 }).waitFor()
    await page.getByRole('link', { name: /New workflow|Start from nothing/ }).first().waitFor()
  })

  await check('a mistake is marked while it is typed, with its place and what to do', async () => {
    await visit('#/new')
    await code.locator('.cm-line').first().click()
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.insertText(BEFORE)
    await page.keyboard.type('return { greeting: greetng }', { delay: 5 })
    await page.keyboard.press('Escape')
    await page.keyboard.press('ControlOrMeta+End')
    await page.keyboard.insertText('\n}\n')
    await page.locator('[data-test=problems]', { hasText: 'mistake' }).waitFor()
    await page.locator('.cm-lintRange-error', { hasText: 'greetng' }).waitFor()
    assert.match(await page.locator('section[aria-label=Problems]').innerText(), /greetng/)
  })

  await check('a text with a mistake is not saved', async () => {
    await page.keyboard.press('ControlOrMeta+s')
    await page.getByText('Not saved: correct the mistakes first.').waitFor()
    assert.match(await saved.innerText(), /Not saved yet/)
  })

  await shoot('editor-mistake')

  await check('the mistake is fixed, by the offered fix where there is one', async () => {
    const fix = page.locator('section[aria-label=Problems] .fixes button', { hasText: 'greeting' }).first()
    if (await fix.count() > 0) await fix.click()
    else {
      await page.locator('.cm-lintRange-error', { hasText: 'greetng' }).dblclick()
      await page.keyboard.type('greeting')
    }
    await page.locator('[data-test=problems]', { hasText: 'No problems' }).waitFor()
    assert.equal(await page.locator('.cm-lintRange-error').count(), 0)
  })

  await check('the graph shows the steps and follows the cursor', async () => {
    const graph = page.getByRole('group', { name: /as a graph/ })
    await graph.getByRole('button', { name: /sent/ }).click()
    await page.waitForFunction(() => document.querySelector('.cm-activeLine')?.textContent.includes('step sent'))
    await page.keyboard.press('ArrowUp')
    await graph.locator('[aria-current=true]', { hasText: 'greeting' }).waitFor()
  })

  await check('the language server completes what is typed', async () => {
    await code.locator('.cm-line', { hasText: 'wait 1s' }).click()
    await page.keyboard.press('End')
    await page.keyboard.press('Enter')
    await page.keyboard.type('step http.', { delay: 30 })
    try {
      await page.waitForTimeout(300)
      if (await page.locator('.cm-tooltip-autocomplete').count() === 0) await page.keyboard.press('Control+Space')
      await page.locator('.cm-tooltip-autocomplete li', { hasText: 'get' }).first().waitFor()
    } finally {
      await page.keyboard.press('Escape')
      for (let undo = 0; undo < 6 && /step http\.\n?/.test(await code.innerText()); undo++) await page.keyboard.press('ControlOrMeta+z')
    }
    await page.locator('[data-test=problems]', { hasText: 'No problems' }).waitFor()
  })

  await check('the text is saved by the keyboard and gets its own address', async () => {
    await page.keyboard.press('ControlOrMeta+s')
    // Another run of this test may have saved the same name before.
    const again = page.getByRole('button', { name: /Save as version/ })
    await Promise.race([page.waitForURL(`**/#/workflows/${NAME}`), again.waitFor().then(() => again.click())])
    await page.waitForURL(`**/#/workflows/${NAME}`)
    await page.locator('[data-test=saved]', { hasText: /^\s*Saved\s*$/ }).waitFor()
  })

  await check('an input that does not fit is refused with its place', async () => {
    await page.getByRole('button', { name: /^Run/ }).first().click()
    const panel = page.getByRole('region', { name: 'Run', exact: true })
    const input = panel.locator('.cm-content')
    assert.match(await input.innerText(), /"name"/)
    await input.click()
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.insertText('{ "name": 42 }')
    await panel.getByRole('button', { name: /^Run/ }).click()
    await panel.getByRole('alert').getByText(/name/).waitFor()
  })

  await check('a run is watched until it succeeds', async () => {
    const panel = page.getByRole('region', { name: 'Run', exact: true })
    await panel.locator('.cm-content').click()
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.insertText('{ "name": "weir" }')
    await page.keyboard.press('ControlOrMeta+Enter')
    await panel.getByText('sent', { exact: true }).first().waitFor()
    await shoot('editor-running')
    await panel.locator('.state .status.succeeded').waitFor({ timeout: 30_000 })
    await panel.getByText('Hello, weir!').first().waitFor()
    await page.getByRole('group', { name: /as a graph/ }).locator('.card.succeeded', { hasText: 'sent' }).waitFor()
    await shoot('editor-succeeded')
  })

  await check('a step tells what went in and what came out', async () => {
    const panel = page.getByRole('region', { name: 'Run', exact: true })
    await panel.locator('li button', { hasText: 'sent' }).click()
    await panel.getByLabel('Input', { exact: true }).getByText('greetings').first().waitFor()
    await panel.getByLabel('Output', { exact: true }).last().getByText('200').waitFor()
  })

  await check('the run has a page of its own, found through the list', async () => {
    await visit(`#/runs?workflow=${NAME}`)
    await page.getByRole('button', { name: 'Succeeded' }).click()
    await page.getByRole('link', { name: NAME }).first().click()
    await page.getByRole('heading', { name: NAME, level: 1 }).waitFor()
    await page.locator('.status.succeeded').first().waitFor()
    await page.getByRole('heading', { name: 'Steps' }).waitFor()
    await page.locator('li button', { hasText: 'sent' }).waitFor()
  })

  await check('unsaved changes are not lost by leaving', async () => {
    await visit(`#/workflows/${NAME}`)
    await code.locator('.cm-line').first().click()
    await page.keyboard.press('ControlOrMeta+Home')
    await page.keyboard.insertText('// a note\n')
    await page.locator('[data-test=saved]', { hasText: 'Unsaved changes' }).waitFor()
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Runs' }).click()
    await page.getByRole('heading', { name: 'Leave without saving?' }).waitFor()
    await page.getByRole('button', { name: 'Stay' }).click()
    assert.match(page.url(), new RegExp(`#/workflows/${NAME}$`))
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Runs' }).click()
    await page.getByRole('button', { name: 'Discard changes' }).click()
    await page.getByRole('heading', { name: 'Runs', level: 1 }).waitFor()
  })

  await check('a description becomes a proposal that is accepted by hand, or one sentence says what is missing', async () => {
    await visit('#/new/describe')
    await page.getByRole('textbox', { name: /own words/ }).fill('Watch a page every five minutes and tell the team when it is down.')
    await shoot('describe')
    await page.getByRole('button', { name: 'Write it' }).click()
    const accept = page.getByRole('button', { name: 'Put it into the editor' })
    const refused = page.locator('dialog [role=alert]')
    await accept.or(refused).first().waitFor({ timeout: 60_000 })
    if (await accept.count() > 0) {
      await shoot('describe-proposal')
      await accept.click()
      await page.locator('[data-test=saved]', { hasText: 'Not saved yet' }).waitFor()
      assert.match(await code.innerText(), /workflow/)
      await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Workflows' }).click()
      await page.getByRole('button', { name: 'Discard changes' }).click()
    } else assert.ok((await refused.innerText()).length > 20)
  })

  await check('a question of a run is answered', async () => {
    if (process.env.BASE_URL) {
      const call = (method, path, body, type) => page.evaluate(async ([m, p, b, t]) => (await fetch(`api/v1${p}`, { method: m, body: b, headers: { 'Content-Type': t } })).status, [method, path, body, type])
      const text = 'workflow studio_ask() -> int {\n  step decision = ask "Pay 120 EUR for a chair?" of role("finance") -> { limit: int }\n  return decision.limit\n}\n'
      assert.equal(await call('PUT', '/workflows/studio_ask', text, 'text/plain'), 200)
      assert.equal(await call('POST', '/workflows/studio_ask/runs', '{}', 'application/json'), 202)
    }
    await visit('#/tasks')
    const question = page.getByRole('article', { name: 'Pay 120 EUR for a chair?' }).first()
    await question.getByLabel('Your name').fill('Ann')
    await question.getByRole('button', { name: 'Approve' }).click()
    await question.getByText('limit is missing.').waitFor()
    await question.getByLabel('limit').fill('100')
    await question.getByRole('button', { name: 'Approve' }).click()
    await page.getByText('Approved: Pay 120 EUR for a chair?').waitFor()
    await page.getByRole('button', { name: 'Answered' }).click()
    await page.getByRole('article', { name: 'Pay 120 EUR for a chair?' }).first().waitFor()
    await visit('#/tasks')
  })

  await check('rules are tried out and show which rows fired', async () => {
    await visit('#/rules')
    const evaluate = page.getByRole('button', { name: 'Evaluate' })
    await evaluate.or(page.getByText('No rules yet')).first().waitFor()
    if (await evaluate.count() > 0) {
      await page.waitForTimeout(400)
      await evaluate.click()
      await page.locator('form .verdict, form [role=alert]').first().waitFor()
    }
  })

  await check('a few letters and Enter lead to a workflow', async () => {
    await visit('#/')
    await page.keyboard.press('ControlOrMeta+k')
    await page.keyboard.type('studio_e2e')
    await page.getByRole('option', { name: NAME }).waitFor()
    await page.keyboard.press('Enter')
    await page.waitForURL(`**/#/workflows/${NAME}`)
  })

  await check('the theme is changed by hand and kept', async () => {
    await visit('#/')
    await page.getByRole('button', { name: 'Dark colours' }).click()
    assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), 'dark')
    await page.reload()
    assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), 'dark')
    await page.getByRole('button', { name: 'Light colours' }).click()
  })

  // The mock server's language server knows only a few words.
  if (process.env.BASE_URL) await editorChecks({ page, base, check, shoot })

  await check('every example that is offered compiles and is in canonical form', async () => {
    for (const example of ['web-request', 'decision-table', 'fan-out', 'schedule']) {
      await visit(`#/new/example/${example}`)
      await page.locator('[data-test=problems]', { hasText: 'No problems' }).waitFor()
      await page.waitForTimeout(500)
      assert.equal(await problems.innerText(), 'No problems', example)
      await page.getByRole('button', { name: 'Format' }).click()
      await page.getByText('Already in its canonical form.').waitFor()
      await page.getByRole('button', { name: 'Dismiss' }).click()
      assert.match(await saved.innerText(), /Not saved yet/)
      await visit('#/')
    }
  })

  const runId = await page.evaluate(() => fetch('api/v1/runs?limit=1').then(answer => answer.json()).then(answer => answer.runs[0]?.id)).catch(() => null)
  const pages = [['tasks', '#/tasks'], ['home', '#/'], ['new', '#/new'], ['editor', `#/workflows/${NAME}`], ['runs', '#/runs'], ['rules', '#/rules'], ['missing', '#/nowhere'], ...(runId ? [['run', `#/runs/${runId}`]] : [])]

  for (const theme of ['light', 'dark']) {
    await check(`every page can be read by everyone, ${theme} (contrast, names, structure)`, async () => {
      await page.setViewportSize({ width: 1440, height: 900 })
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
      const found = []
      for (const [name, hash] of pages) {
        await visit(hash)
        await page.waitForTimeout(700)
        await page.evaluate(axe)
        const { violations } = await page.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] }))
        for (const violation of violations) found.push(`${name}: ${violation.id} ${violation.nodes.slice(0, 3).map(node => `${node.target.join(' ')} ${node.any[0]?.message ?? ''}`).join(' | ')}`)
      }
      assert.deepEqual(found, [])
    })
  }

  await check('no page scrolls sideways on a phone', async () => {
    await page.setViewportSize({ width: 390, height: 844 })
    for (const [name, hash] of pages) {
      await visit(hash)
      await page.waitForTimeout(300)
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 390, name)
    }
  })

  if (process.env.SHOTS !== '0') {
    for (const theme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
      for (const [width, height, size] of [[1440, 900, 'wide'], [390, 844, 'narrow']]) {
        await page.setViewportSize({ width, height })
        for (const [name, hash] of pages) {
          await visit(hash)
          await page.waitForTimeout(900)
          await page.screenshot({ path: join(out, `${name}-${theme}-${size}.png`) })
        }
      }
    }
  }

  await check('nothing went wrong unseen', async () => assert.deepEqual(complaints, []))
} finally {
  await context.close().catch(() => {})
  for (const cleanup of cleanups.reverse()) cleanup()
}

console.log(`${passed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)

async function shoot(name) {
  if (process.env.SHOTS !== '0') await page.screenshot({ path: join(out, `${name}.png`) }).catch(() => {})
}

/** Something for steps to talk to: it answers with what it was sent. */
function startEcho() {
  return new Promise(resolve => {
    const server = createServer((request, response) => {
      let body = ''
      request.on('data', piece => { body += piece }).on('end', () => response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify({ path: request.url, received: body === '' ? null : JSON.parse(body) })))
    })
    server.listen(0, '127.0.0.1', () => {
      cleanups.push(() => {
        server.closeAllConnections()
        server.close()
      })
      resolve(server.address().port)
    })
  })
}

function startMock() {
  const port = 5172
  const mock = spawn(process.execPath, [join(here, 'mock-server.mjs')], { env: { ...process.env, PORT: String(port), MOCK_PACE: '0.5' }, stdio: ['ignore', 'pipe', 'inherit'] })
  cleanups.push(() => mock.kill())
  return new Promise((resolve, reject) => {
    mock.stdout.once('data', () => resolve(`http://127.0.0.1:${port}`))
    mock.once('exit', code => reject(new Error(`the mock server ended with ${code}`)))
  })
}
