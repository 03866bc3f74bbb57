// What the studio's editor does with the language server, in a real browser: part of e2e.mjs, which hands in its page.
import assert from 'node:assert/strict'

const TEXT = `/// Greets by order.
type Order = { id: string, tier: "gold" | "silver" }

function gross(net: number, rate: number) -> number = net * (1 + rate)

workflow editor_checks(order: Order) {
  let total = gross(100, 0.19)
  if (order.tier === "gold") {
    log total
  }
}
`

export async function editorChecks({ page, base, check, shoot }) {
  const code = page.locator('[data-test=text] .cm-content')
  const line = text => code.locator('.cm-line', { hasText: text }).first()
  const noProblems = () => page.locator('[data-test=problems]', { hasText: 'No problems' }).waitFor()
  /** Puts the cursor so many characters before the end of the line that holds a text. */
  const at = async (text, back = 0) => {
    await line(text).click({ position: { x: 30, y: 8 } })
    await page.keyboard.press('End')
    for (let i = 0; i < back; i++) await page.keyboard.press('ArrowLeft')
  }

  await check('words are coloured by what they mean, and types that are not written are shown', async () => {
    await page.goto(`${base}#/`)
    await page.goto(`${base}#/new`)
    await code.locator('.cm-line').first().click()
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.insertText(TEXT)
    await noProblems()
    await page.locator('.cm-hint', { hasText: ': number' }).waitFor()
    await page.locator('.cm-hint-argument', { hasText: 'rate:' }).waitFor()
    await page.locator('.cm-sem-parameter', { hasText: 'order' }).first().waitFor()
    await shoot('editor-hints')
    await page.keyboard.press('ControlOrMeta+Alt+i')
    await page.locator('.cm-hint').first().waitFor({ state: 'hidden' })
    await page.keyboard.press('ControlOrMeta+Alt+i')
    await page.locator('.cm-hint').first().waitFor()
  })

  await check('hover tells the type and what it means', async () => {
    await line('order.tier ===').locator('span', { hasText: 'order' }).first().hover()
    const tip = page.locator('.cm-lsp-hover-tooltip')
    await tip.getByText('order: Order').waitFor()
    await shoot('editor-hover')
    await page.mouse.move(5, 5)
    await tip.waitFor({ state: 'hidden' })
  })

  await check('literals of a union are offered in quotes', async () => {
    await at('order.tier ===', 4)
    for (let i = 0; i < 4; i++) await page.keyboard.press('Backspace')
    await page.keyboard.press('Control+Space')
    await page.locator('.cm-tooltip-autocomplete li', { hasText: 'silver' }).waitFor()
    await shoot('editor-completion')
    await page.locator('.cm-tooltip-autocomplete li', { hasText: 'silver' }).click()
    await line('order.tier === "silver"').waitFor()
    await noProblems()
  })

  await check('the signature is shown while a call is written', async () => {
    await at('log total')
    await page.keyboard.press('Enter')
    await page.keyboard.type('log gross(1, ', { delay: 40 })
    const help = page.locator('.cm-lsp-signature-tooltip')
    await help.getByText('rate: number').waitFor()
    assert.match(await help.locator('.cm-lsp-active-parameter').innerText(), /rate/)
    await shoot('editor-signature')
    await page.keyboard.type('2')
    await page.keyboard.press('Escape')
    await noProblems()
  })

  await check('a definition is jumped to', async () => {
    await at('let total', 13)
    await page.keyboard.press('F12')
    await page.waitForFunction(() => document.querySelector('.cm-activeLine')?.textContent.startsWith('function gross'))
  })

  await check('a name is changed everywhere', async () => {
    await at('log total', 2)
    await page.keyboard.press('F2')
    await page.locator('.cm-panel input').last().fill('sum')
    await page.keyboard.press('Enter')
    await line('let sum').waitFor()
    await line('log sum').waitFor()
    await noProblems()
  })

  await check('what can be changed is a menu of the keyboard', async () => {
    await at('let sum', 20)
    await page.keyboard.press('ControlOrMeta+.')
    const menu = page.getByRole('menu', { name: 'What can be changed here' })
    await menu.getByRole('menuitem', { name: 'Write the type of `sum`' }).waitFor()
    await shoot('editor-actions')
    while (!/Write the type/.test(await page.evaluate(() => document.activeElement.textContent))) await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await line('let sum: number = gross').waitFor()
    await noProblems()
  })

  await check('a closed block is put in order', async () => {
    await at('log gross')
    await page.keyboard.press('Enter')
    await page.keyboard.insertText('if (sum > 1) {\nlog   sum\n')
    await page.keyboard.type('}')
    await page.waitForFunction(() => [...document.querySelectorAll('.cm-line')].some(each => each.textContent === '      log sum'))
    await noProblems()
  })

  await check('the text is written the one way it is written', async () => {
    await at('log sum')
    await page.keyboard.press('Home')
    await page.keyboard.insertText('      ')
    await page.keyboard.press('Shift+Alt+f')
    await page.waitForFunction(() => [...document.querySelectorAll('.cm-line')].some(each => each.textContent === '    log sum'))
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Workflows' }).click()
    await page.getByRole('button', { name: 'Discard changes' }).click()
  })
}
