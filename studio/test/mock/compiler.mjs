// A toy compiler for the mock server: it reads enough of Weir, line by line, to draw a graph, to notice unknown
// names and unbalanced braces, and to play a run. The real compiler is the server's.

const WORDS = new Set(('let step if else switch case for repeat parallel race wait until ask emit log split try catch return fail yield true false null typeof in function of at most once times every with then up to by ' +
  'Math JSON Object Array String Number Boolean time format csv hash base64 url chunks matches now uuid random http stripe slack secret settings undefined on error event key role person bearer basic header').split(' '))

/** @returns {{ workflows: Map<string, object>, rules: Map<string, object>, diagnostics: object[] }} */
export function compile(text, file = 'text.weir') {
  const lines = text.split('\n')
  const result = { workflows: new Map(), rules: new Map(), diagnostics: [] }
  const say = (code, message, line, column, length, more = {}) => result.diagnostics.push({
    code, severity: 'error', message, file, start: { line, column }, end: { line, column: column + length }, related: [], hint: null, fixes: [], ...more,
  })
  const constants = [...text.matchAll(/^let\s+(\w+)/gm)].map(match => match[1])
  const functions = [...text.matchAll(/^(?:function|rules|workflow)\s+(\w+)/gm)].map(match => match[1])
  let doc = []
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at]
    if (line.startsWith('///')) {
      doc.push(line.slice(3).trim())
      continue
    }
    const { head, from } = headAt(lines, at)
    if (head) {
      const [, kind, name, parameters, gives] = head
      const end = closing(lines, from)
      if (end < 0) say('W1004', `The brace that opens \`${name}\` is never closed.`, at + 1, line.length, 1, { hint: 'Add a closing brace after its last statement.', fixes: [{ title: 'Add the closing brace', edits: [{ start: { line: lines.length + 1, column: 1 }, end: { line: lines.length + 1, column: 1 }, text: '\n}\n' }] }] })
      const last = end < 0 ? lines.length - 1 : end
      const common = { name, doc: doc.join(' '), parameters: parametersOf(parameters, text), result: gives ?? null, line: at + 1, endLine: last + 1 }
      if (kind === 'rules') result.rules.set(name, { ...common, rows: lines.slice(from + 1, last).filter(row => row.trim().startsWith('|')).slice(2) })
      else {
        const names = new Set([...constants, ...functions, ...common.parameters.map(parameter => parameter.name)])
        const reader = { lines, say, names, uses: text, file }
        const { block } = statements(reader, from + 1, last, '')
        result.workflows.set(name, { ...common, body: block, triggers: triggersOf(lines.slice(from + 1, last)), uses: [...result.rules.keys()].filter(rules => text.includes(`${rules}(`)) })
      }
      at = last
    }
    doc = []
  }
  return result
}

/** The head of a declaration, which the formatter may have laid over several lines, and the line that it ends on. */
function headAt(lines, at) {
  let text = ''
  for (let from = at; /^(workflow|rules)\s/.test(lines[at]) && from < Math.min(lines.length, at + 12); from++) {
    text += (from > at ? ' ' : '') + lines[from].trim()
    const head = /^(workflow|rules)\s+(\w+)\s*\((.*)\)\s*(?:->\s*(.*?))?\s*(first|unique|all)?\s*\{$/.exec(text)
    // `-> {` opens a type, which has to be closed before the body can begin.
    if (head && !/->\s*\{$/.test(text) && (text.match(/\{/g) ?? []).length === (text.match(/\}/g) ?? []).length + 1) return { head, from }
  }
  return { head: null, from: at }
}

/** Where the block that the end of this line opens is closed; -1 when it never is. */
function closing(lines, from) {
  let depth = 0
  for (let at = from; at < lines.length; at++) {
    const signs = at === from ? bare(lines[at]).replace(/^\s*\}/, '') : bare(lines[at])
    for (const sign of signs) {
      if (sign === '{') depth++
      else if (sign === '}' && --depth === 0 && at > from) return at
    }
  }
  return -1
}

/** A line without what stands in strings and comments. */
function bare(line) {
  return line.replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`/g, text => ' '.repeat(text.length)).replace(/\/\/.*$/, '')
}

function triggersOf(lines) {
  return lines.flatMap(line => {
    const match = /^\s+on (webhook|schedule|event)\((.*)\)/.exec(line)
    if (!match) return []
    const [, kind, about] = match
    const words = [...about.matchAll(/"([^"]*)"/g)].map(word => word[1])
    return [{ kind, summary: kind === 'webhook' ? words.slice(0, 2).join(' ') : kind === 'schedule' ? /every/.test(about) ? about : words.join(', ') : words[0] }]
  })
}

function parametersOf(source, text) {
  return splitTop(source).map(each => {
    const [, name, optional, type] = /^\s*(\w+)(\?)?\s*:\s*([\s\S]*)$/.exec(each) ?? []
    return name && { name, type: type.trim(), shape: typeOf(type.trim(), text), optional: optional === '?' }
  }).filter(Boolean)
}

function splitTop(source, by = ',') {
  const parts = []
  let depth = 0
  let part = ''
  for (const sign of source) {
    if ('([{'.includes(sign)) depth++
    if (')]}'.includes(sign)) depth--
    if (sign === by && depth === 0) {
      parts.push(part)
      part = ''
    } else part += sign
  }
  if (part.trim() !== '') parts.push(part)
  return parts
}

function typeOf(source, text) {
  const members = splitTop(source, '|')
  if (members.length > 1) return { kind: 'union', members: members.map(member => typeOf(member.trim(), text)) }
  if (source.startsWith('[')) return { kind: 'list', item: typeOf(source.slice(1, -1).trim(), text) }
  if (source.startsWith('{')) {
    const fields = splitTop(source.slice(1, -1).replace(/\n/g, ',').replace(/,\s*,/g, ','))
    return { kind: 'record', fields: fields.filter(field => field.includes(':')).map(field => {
      const [, name, optional, type] = /^\s*"?([\w-]+)"?(\?)?\s*:\s*([\s\S]*)$/.exec(field)
      return { name, type: typeOf(type.trim(), text), optional: optional === '?' }
    }) }
  }
  if (/^["\d-]|^(true|false)$/.test(source)) return { kind: 'literal', value: JSON.parse(source) }
  const declared = new RegExp(`^type ${source} = (\\{[\\s\\S]*?^\\}|.*)`, 'm').exec(text)
  if (declared) return typeOf(declared[1].trim(), text)
  return { kind: source }
}

export function exampleOf(type) {
  switch (type.kind) {
    case 'record': return Object.fromEntries(type.fields.filter(field => !field.optional).map(field => [field.name, exampleOf(field.type)]))
    case 'list': return [exampleOf(type.item)]
    case 'union': return exampleOf(type.members[0])
    case 'literal': return type.value
    case 'string': return 'text'
    case 'int': return 1
    case 'number': return 1.5
    case 'boolean': return true
    case 'datetime': return '2026-01-01T09:00:00.000Z'
    case 'duration': return 60000
    default: return null
  }
}

/** The statements between two lines; `path` leads the ids. */
function statements(reader, from, to, path) {
  const block = []
  const counts = new Map()
  const idOf = (name, kind) => {
    const base = name ?? kind
    const count = (counts.get(base) ?? 0) + 1
    counts.set(base, count)
    return path + (count === 1 ? base : `${base}#${count}`)
  }
  let at = from
  while (at < to) {
    const line = reader.lines[at]
    const text = line.trim()
    const column = line.length - line.trimStart().length + 1
    if (text === '' || text.startsWith('//') || /^(on|priority|once|at most|timeout)\b/.test(text)) {
      const opens = /\{$/.test(text) && text.startsWith('on failure')
      at = opens ? closing(reader.lines, at) + 1 : at + 1
      continue
    }
    const node = { line: at + 1, column }
    const end = /\{$/.test(bare(line).trim()) ? closing(reader.lines, at) : at
    node.endLine = (end < 0 ? to - 1 : end) + 1
    let match
    if ((match = /^let (\w+)(?::\s*[^=]+)? = (.*)$/.exec(text))) {
      Object.assign(node, { kind: 'let', id: idOf(match[1], 'let'), name: match[1], label: match[1], detail: match[2], expr: match[2] })
      check(reader, match[2], at)
      reader.names.add(match[1])
    } else if ((match = /^(?:step (?:(\w+)(?::\s*[^=]+)? = )?)?(for|repeat) (.*)\{$/.exec(text))) {
      const [, name, kind, about] = match
      const item = /^(\w+)(?:, (\w+))? of (.*?)(?: at most (\d+) at once)?\s*$/.exec(about)
      Object.assign(node, { kind, name, id: idOf(name ?? (item ? `for_${item[1]}` : kind), kind), label: kind === 'for' ? `for ${item?.[1] ?? ''} of ${item?.[3] ?? ''}` : `repeat ${about.trim()}`, detail: item?.[4] ? `${item[4]} at once` : 'in order', item: item?.[1], list: item?.[3], atOnce: Number(item?.[4] ?? 1), times: Number(/at most (\d+)/.exec(about)?.[1] ?? 1) })
      if (item) check(reader, item[3], at)
      const inner = new Set([...reader.names, ...item ? [item[1], item[2]].filter(Boolean) : []])
      node.block = statements({ ...reader, names: inner }, at + 1, end < 0 ? to : end, `${node.id}/`).block
      if (name) reader.names.add(name)
    } else if ((match = /^(?:step (\w+) = )?(parallel|race) \{$/.exec(text))) {
      const [, name, kind] = match
      Object.assign(node, { kind, name, id: idOf(name, kind), label: kind === 'parallel' ? 'At the same time' : 'The first one wins', detail: '' })
      node.branches = []
      for (let inner = at + 1; inner < end;) {
        const branch = /^\s*(\w+) \{$/.exec(reader.lines[inner])
        if (!branch) {
          inner++
          continue
        }
        const stop = closing(reader.lines, inner)
        node.branches.push({ name: branch[1], line: inner + 1, endLine: stop + 1, block: statements(reader, inner + 1, stop, `${node.id}/${branch[1]}/`).block })
        inner = stop + 1
      }
      if (name) reader.names.add(name)
    } else if ((match = /^(?:step (\w+) = )?if \((.*)\) \{$/.exec(text))) {
      Object.assign(node, { kind: 'if', name: match[1], id: idOf(match[1], 'if'), label: 'if', detail: match[2], arms: [], otherwise: null })
      check(reader, match[2], at)
      let start = at
      let condition = match[2]
      let stop = at
      for (;;) {
        stop = closingArm(reader.lines, start)
        const arm = statements({ ...reader, names: new Set(reader.names) }, start + 1, stop, `${node.id}/${condition === null ? 'else' : node.arms.length === 0 ? 'then' : `then#${node.arms.length + 1}`}/`).block
        if (condition === null) node.otherwise = arm
        else node.arms.push({ condition, block: arm })
        const next = /^\s*\} else (?:if \((.*)\) )?\{$/.exec(reader.lines[stop] ?? '')
        if (!next) break
        condition = next[1] ?? null
        start = stop
      }
      node.endLine = stop + 1
    } else if ((match = /^(?:step (\w+) = )?try \{$/.exec(text))) {
      Object.assign(node, { kind: 'try', name: match[1], id: idOf(match[1], 'try'), label: 'try', detail: '' })
      const middle = closingArm(reader.lines, at)
      node.block = statements(reader, at + 1, middle, `${node.id}/`).block
      const handler = /^\s*\} catch (\w+) \{$/.exec(reader.lines[middle] ?? '')
      const stop = handler ? closingArm(reader.lines, middle) : middle
      if (handler) node.handler = statements({ ...reader, names: new Set([...reader.names, handler[1]]) }, middle + 1, stop, `${node.id}/catch/`).block
      node.error = handler?.[1]
      node.endLine = stop + 1
      if (match[1]) reader.names.add(match[1])
    } else if ((match = /^(?:step (?:(\w+)(?::\s*[^=]+)? = )?)(\w+(?:\.\w+)*)\((.*)$/.exec(text))) {
      const [, name, action, tail] = match
      const all = reader.lines.slice(at, node.endLine).join('\n')
      Object.assign(node, { kind: 'step', name, action, id: idOf(name, action.replace('.', '_')), label: name ?? action, detail: action, arguments: tail.replace(/\)\s*\{?$/, ''), retry: Number(/retry (\d+) times/.exec(all)?.[1] ?? 0), onError: /on error continue/.test(all) })
      check(reader, tail.replace(/\)\s*\{?$/, ''), at)
      if (name) reader.names.add(name)
    } else if ((match = /^(?:step (\w+) = )?(wait|log|emit|return|fail|yield|ask)\b\s*(.*)$/.exec(text))) {
      const [, name, kind, about] = match
      Object.assign(node, { kind, name, id: idOf(name, kind), label: kind === 'wait' ? `wait ${about}` : kind, detail: kind === 'wait' ? '' : about, expr: about })
      if (kind !== 'ask') check(reader, about, at)
      if (name) reader.names.add(name)
    } else {
      if (!/^[})\]]/.test(text)) reader.say('W1001', 'This does not begin a statement.', at + 1, column, text.length, { hint: 'Every statement begins with a word such as let, step, if, for, log or return.' })
      at++
      continue
    }
    block.push(node)
    at = node.endLine
  }
  return { block }
}

/** Where the block that this line opens ends, when the line may begin with the closing brace of the block before. */
function closingArm(lines, from) {
  let depth = 0
  for (let at = from; at < lines.length; at++) {
    const signs = at === from ? bare(lines[at]).replace(/^\s*\}/, '') : bare(lines[at])
    for (const sign of signs) {
      if (sign === '{') depth++
      else if (sign === '}' && --depth === 0) return at
    }
  }
  return lines.length
}

function check(reader, expr, at) {
  const holes = [...expr.matchAll(/\$\{([^}]*)\}/g)].map(match => match[1]).join(' ; ')
  const code = `${bare(expr)} ; ${holes}`
  const bound = new Set([...code.matchAll(/\(?\b(\w+(?:\s*,\s*\w+)*)\)?\s*=>/g)].flatMap(match => match[1].split(/\s*,\s*/)))
  for (const match of code.matchAll(/(?<![.\w"])[A-Za-z_]\w*/g)) {
    const [word] = match
    if (/^\s*:(?!:)/.test(code.slice(match.index + word.length)) && !/\?[^:]*$/.test(code.slice(0, match.index))) continue
    if (WORDS.has(word) || reader.names.has(word) || bound.has(word)) continue
    const line = reader.lines[at]
    const column = line.search(new RegExp(`(?<![.\\w])${word}\\b`)) + 1
    const near = [...reader.names].toSorted((a, b) => distance(a, word) - distance(b, word))[0]
    const close = near && distance(near, word) <= Math.max(2, word.length / 3)
    const place = { start: { line: at + 1, column }, end: { line: at + 1, column: column + word.length } }
    reader.say('W2001', `There is no \`${word}\` here.${close ? ` Did you mean \`${near}\`?` : ''}`, at + 1, column, word.length, {
      hint: close ? null : 'Names come from parameters and from let and step above.',
      fixes: close ? [{ title: `Change to ${near}`, edits: [{ ...place, text: near }] }] : [],
    })
  }
}

function distance(a, b) {
  const row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    let before = row[0]
    row[0] = i
    for (let j = 1; j <= b.length; j++) {
      const above = row[j]
      row[j] = Math.min(above + 1, row[j - 1] + 1, before + (a[i - 1] === b[j - 1] ? 0 : 1))
      before = above
    }
  }
  return row[b.length]
}

/** The graph as the API gives it. */
export function graphOf(workflow) {
  const nodes = []
  const edges = []
  const add = (node, parent) => nodes.push({ id: node.id, kind: node.kind, label: node.label, detail: node.detail ?? '', parent, line: node.line, column: node.column ?? 1, endLine: node.endLine ?? node.line })
  /** Draws a block; gives the loose ends that lead on. */
  const draw = (block, entries, parent) => {
    let ends = entries
    for (const node of block) {
      add(node, parent)
      for (const end of ends) edges.push({ from: end.id, to: node.id, label: end.label ?? '' })
      ends = [{ id: node.id }]
      if (node.kind === 'if') {
        ends = node.arms.flatMap((arm, at) => arm.block.length === 0 ? [{ id: node.id, label: at === 0 ? 'yes' : arm.condition }] : draw(arm.block, [{ id: node.id, label: at === 0 ? 'yes' : arm.condition }], parent))
        ends = [...ends, ...(node.otherwise ? draw(node.otherwise, [{ id: node.id, label: 'else' }], parent) : [{ id: node.id, label: 'no' }])]
      } else if (node.block && node.kind !== 'try') {
        draw(node.block, [], node.id)
      } else if (node.kind === 'try') {
        draw(node.block, [], node.id)
        if (node.handler) ends = [...ends, ...draw(node.handler, [{ id: node.id, label: 'on error' }], parent)]
      } else if (node.branches) {
        for (const branch of node.branches) {
          const group = { id: `${node.id}/${branch.name}`, kind: node.kind, label: branch.name, line: branch.line, endLine: branch.endLine }
          add(group, node.id)
          draw(branch.block, [], group.id)
        }
      } else if (node.kind === 'return' || node.kind === 'fail') {
        if (node.kind === 'return') edges.push({ from: node.id, to: 'end', label: '' })
        ends = []
      }
    }
    return ends
  }
  add({ id: 'start', kind: 'start', label: 'Start', detail: workflow.parameters.map(parameter => parameter.name).join(', '), line: workflow.line }, null)
  const ends = draw(workflow.body, [{ id: 'start' }], null)
  add({ id: 'end', kind: 'end', label: 'End', detail: workflow.result ?? '', line: workflow.endLine }, null)
  for (const end of ends) edges.push({ from: end.id, to: 'end', label: end.label ?? '' })
  return { nodes, edges }
}
