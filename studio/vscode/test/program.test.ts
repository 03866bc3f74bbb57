import { describe, expect, it } from 'vitest'
import { program, quoted, sentence, testCommand } from '../src/program'

const nowhere = { setting: '', folders: [] as string[], home: '/people/ada', windows: false, exists: () => false }

describe('the program that is started', () => {
  it('is what the setting says', () => {
    expect(program({ ...nowhere, setting: ' /opt/weir/weir ' })).toBe('/opt/weir/weir')
    expect(program({ ...nowhere, setting: '~/weir/weir' })).toBe('/people/ada/weir/weir')
    expect(program({ ...nowhere, folders: ['/p'], setting: '${workspaceFolder}/bin/weir' })).toBe('/p/bin/weir')
  })

  it('is else in an open folder, else on the PATH', () => {
    expect(program({ ...nowhere, folders: ['/a', '/b'], exists: path => path === '/b/weir' })).toBe('/b/weir')
    expect(program(nowhere)).toBe('weir')
    expect(program({ ...nowhere, windows: true })).toBe('weir.cmd')
  })

  it('is named in a sentence with what to do when it does not start', () => {
    expect(sentence('weir', '', { code: 'ENOENT' })).toMatch(/there is no such program.*"weir\.path"/)
    expect(sentence('/x', '/x', { code: 'EACCES' })).toMatch(/may not be executed.*Correct the setting/)
    expect(sentence('weir', '', new Error('exit 3'))).toMatch(/exit 3/)
  })
})

describe('the command line of a test', () => {
  it('quotes what a shell would take apart', () => {
    expect(testCommand('weir', '/p/a b.weir', "it's 15 %", false)).toBe(`weir test '/p/a b.weir' --only 'it'\\''s 15 %'`)
    expect(testCommand('weir', '/p/a.weir', null, false)).toBe('weir test /p/a.weir')
    expect(testCommand('C:\\Program Files\\weir.cmd', 'C:\\a.weir', null, true)).toBe('& "C:\\Program Files\\weir.cmd" test "C:\\a.weir"')
    expect(quoted('$(rm)', false)).toBe("'$(rm)'")
  })
})
