import { randomBytes } from 'node:crypto'
import { glob, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { proto } from '@whiskeysockets/baileys'
import { describe, expect, it } from 'vitest'
import { typingMs } from '../src/commands/pace.ts'
import { canonicalPhone } from '../src/contacts/phones.ts'
import { CredentialsUnreadable, Vault } from '../src/credentials/vault.ts'
import { mayBecome, STATES } from '../src/lines/states.ts'
import { recognised } from '../src/media/kinds-kept.ts'
import { contentOf } from '../src/whatsapp/content.ts'
import { classify } from '../src/whatsapp/disconnects.ts'
import { chatOf, identityOfBoth } from '../src/whatsapp/identifiers.ts'

describe('the code', () => {
  it('knows the protocol library in one folder only', async () => {
    const source = join(import.meta.dirname, '../src')
    const importers = []
    for await (const file of glob('**/*.ts', { cwd: source })) {
      if (/from '@whiskeysockets\/baileys'/.test(await readFile(join(source, file), 'utf8')))
        importers.push(file)
    }
    expect(importers.length).toBeGreaterThan(0)
    expect(importers.filter((file) => !file.startsWith('whatsapp/'))).toEqual([])
  })
})

describe('what is kept of what people send', () => {
  const kept = async (content: Buffer) => {
    const folder = await mkdtemp(join(tmpdir(), 'recado-kinds-'))
    try {
      await writeFile(join(folder, 'content'), content)
      return await recognised(join(folder, 'content'), 'text/plain')
    } finally {
      await rm(folder, { recursive: true })
    }
  }

  it('includes clean words, also when a character is cut by the way they are read', async () => {
    const words = ['Hola 🦷\r\n\tAna', '\ufeffnombre;turno\n', `${'ñ'.repeat(40_000)}x${'🦷'.repeat(20_000)}`]
    for (const text of words)
      expect(await kept(Buffer.from(text))).toEqual({ contentType: 'text/plain', kept: true })
  })

  it('leaves out everything else that no content tells', async () => {
    const wrong = ['a\0b', 'a\u001b[31m', 'a\u0085b', '<script>alert(1)</script>', ' \n<p>', '  ', '']
    const contents = [
      ...wrong.map((text) => Buffer.from(text)),
      Buffer.from('mañana', 'latin1'),
      Buffer.from([0xc3]),
    ]
    for (const content of contents) expect((await kept(content)).kept).toBe(false)
  })
})

describe('typing', () => {
  it('takes one to three seconds, longer for longer texts, and not always the same', () => {
    const chances = [0, 0.25, 0.5, 0.75, 1]
    for (const text of ['ok', 'x'.repeat(60), 'x'.repeat(4000)]) {
      for (const chance of chances) {
        expect(typingMs(text, chance)).toBeGreaterThanOrEqual(1000)
        expect(typingMs(text, chance)).toBeLessThanOrEqual(3000)
      }
    }
    expect(typingMs('x'.repeat(60), 0.5)).toBeGreaterThan(typingMs('ok', 0.5))
    expect(typingMs('x'.repeat(60), 1)).toBeGreaterThan(typingMs('x'.repeat(60), 0))
  })
})

describe('phones', () => {
  it.each([
    ['551187654321', '+5511987654321'],
    ['5511987654321', '+5511987654321'],
    ['551133334444', '+551133334444'],
    ['5215512345678', '+525512345678'],
    ['525512345678', '+525512345678'],
    ['5491123456789', '+5491123456789'],
  ])('%s is written %s', (digits, phone) => {
    expect(canonicalPhone(digits)).toBe(phone)
  })
})

describe('identifiers', () => {
  it('join the phone and the hidden identifier of one person, with or without a device', () => {
    const ana = { phone: '+5491123456789', lid: '1234567890' }
    expect(identityOfBoth('5491123456789:3@s.whatsapp.net', '1234567890@lid')).toEqual(ana)
    expect(identityOfBoth('1234567890@lid', '5491123456789@s.whatsapp.net')).toEqual(ana)
    expect(identityOfBoth('1234567890@lid', undefined)).toEqual({ phone: null, lid: '1234567890' })
  })

  it('tell where a message was written', () => {
    expect(chatOf('5491123456789@s.whatsapp.net', undefined).kind).toBe('direct')
    expect(chatOf('120363025@g.us', undefined)).toEqual({ kind: 'group', id: '120363025@g.us' })
    expect(chatOf('status@broadcast', undefined).kind).toBe('status')
    expect(chatOf('123@newsletter', undefined).kind).toBe('other')
    expect(chatOf('nonsense', undefined)).toEqual({ kind: 'other', id: 'nonsense' })
  })
})

describe('contents', () => {
  const key = { id: '3A01', remoteJid: '5491123456789@s.whatsapp.net' }

  it.each<[string, proto.IMessage, object | null]>([
    ['a text', { conversation: 'hola' }, { kind: 'text', text: 'hola' }],
    [
      'a disappearing text',
      { ephemeralMessage: { message: { conversation: 'hola' } } },
      { kind: 'text', text: 'hola' },
    ],
    ['a picture', { imageMessage: { caption: 'mi receta' } }, { kind: 'image', text: 'mi receta' }],
    ['a voice note', { audioMessage: { ptt: true } }, { kind: 'audio', text: null }],
    [
      'a reaction',
      { reactionMessage: { key, text: '👍' } },
      { kind: 'reaction', text: '👍', quotedProviderMessageId: '3A01' },
    ],
    [
      'an edit',
      { protocolMessage: { key, type: 14, editedMessage: { conversation: 'mejor a las 10' } } },
      { kind: 'edit', text: 'mejor a las 10', quotedProviderMessageId: '3A01' },
    ],
    [
      'a deletion',
      { protocolMessage: { key, type: 0 } },
      { kind: 'delete', text: null, quotedProviderMessageId: '3A01' },
    ],
    ['a poll', { pollCreationMessageV3: { name: '¿Cuándo?' } }, { kind: 'other', text: null }],
    ['what cannot be stored', { conversation: 'a\0b\ud800' }, { kind: 'text', text: 'a\ufffdb\ufffd' }],
    ['the protocol talking to itself', { protocolMessage: { type: 5, historySyncNotification: {} } }, null],
    ['a key for a group', { senderKeyDistributionMessage: { groupId: '1@g.us' } }, null],
    ['nothing', {}, null],
  ])('read %s', (_, message, expected) => {
    const found = contentOf(proto.Message.fromObject(message))
    if (expected) expect(found).toMatchObject(expected)
    else expect(found).toBeNull()
  })
})

describe('a lost connection', () => {
  const linked = { linked: true, wasOpen: true, qrEnded: false }

  it.each([
    [{ ...linked, code: 515 }, 'at-once', 'server-restart'],
    [{ ...linked, code: 428 }, 'retry', 'network'],
    [{ ...linked, code: 408 }, 'retry', 'timed-out'],
    [{ ...linked, code: 503 }, 'retry', 'server-unavailable'],
    [{ ...linked, code: undefined }, 'retry', 'network'],
    [{ ...linked, code: 401 }, 'needs-pairing', 'device-removed'],
    [{ ...linked, code: 401, wasOpen: false }, 'needs-pairing', 'logged-out-on-phone'],
    [{ ...linked, code: 401, linked: false, wasOpen: false }, 'retry', 'network'],
    [{ ...linked, code: 408, linked: false, qrEnded: true }, 'needs-pairing', 'qr-expired'],
    [{ ...linked, code: 440 }, 'halted', 'opened-elsewhere'],
    [{ ...linked, code: 403 }, 'halted', 'banned'],
    [{ ...linked, code: 411 }, 'halted', 'client-outdated'],
  ])('%o asks for %s because of %s', (situation, kind, cause) => {
    expect(classify(situation)).toEqual({ kind, cause })
  })
})

describe('a line', () => {
  it('leaves a halt, a stop or a needed pairing only by being started', () => {
    for (const state of ['halted', 'stopped', 'needs-pairing'] as const) {
      const next = STATES.filter(
        (to) => to !== state && to !== 'stopped' && to !== 'halted' && mayBecome(state, to),
      )
      expect(next).toEqual(['starting'])
    }
  })
})

describe('the vault', () => {
  const vault = new Vault(randomBytes(32))

  it('opens a value only where it was put', () => {
    const sealed = vault.seal('line-1 session ana', 'secret')
    expect(vault.open('line-1 session ana', sealed)).toBe('secret')
    expect(() => vault.open('line-2 session ana', sealed)).toThrow(CredentialsUnreadable)
    expect(() => new Vault(randomBytes(32)).open('line-1 session ana', sealed)).toThrow(CredentialsUnreadable)
    expect(() => vault.open('line-1 session ana', sealed.subarray(0, 20))).toThrow(CredentialsUnreadable)
  })

  it('opens what an older key sealed, also before values named their key, and seals with the present one', () => {
    const [old, present] = [randomBytes(32), randomBytes(32)]
    const place = 'line-1 session ana'
    const named = new Vault(old).seal(place, 'secret')
    const unnamed = Buffer.concat([Buffer.from([1]), named.subarray(5)])
    const both = new Vault(present, [randomBytes(32), old])
    for (const sealed of [named, unnamed]) {
      expect(both.open(place, sealed)).toBe('secret')
      expect(() => both.open('elsewhere', sealed)).toThrow(CredentialsUnreadable)
      expect(() => new Vault(present).open(place, sealed)).toThrow(CredentialsUnreadable)
    }
    expect(new Vault(present).open(place, both.seal(place, 'secret'))).toBe('secret')
  })

  it('never seals the same way twice', () => {
    expect(vault.seal('place', 'secret').equals(vault.seal('place', 'secret'))).toBe(false)
  })
})
