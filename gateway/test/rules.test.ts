import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
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
import { askable, chatOf, identityOfBoth, phoneOf } from '../src/whatsapp/identifiers.ts'

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
  const cases = JSON.parse(
    readFileSync(join(import.meta.dirname, '../../backend/src/test/resources/phones.json'), 'utf8'),
  ) as { network: { digits: string; phone: string }[] }

  it.each(cases.network)('$digits is written $phone, as the backend writes it', ({ digits, phone }) => {
    expect(canonicalPhone(digits)).toBe(phone)
    expect(identityOfBoth(`${digits}:2@s.whatsapp.net`, undefined)).toEqual({ phone, lid: null })
  })

  it('are asked for with and without the 9 of Argentine mobiles', () => {
    expect(askable('+5491123456789')).toEqual(['5491123456789@s.whatsapp.net', '541123456789@s.whatsapp.net'])
    expect(askable('+573105550142')).toEqual(['573105550142@s.whatsapp.net'])
  })

  it('of the own line stay as they are dialled: it may be a land line', () => {
    expect(phoneOf('541145556666:4@s.whatsapp.net')).toBe('+541145556666')
    expect(phoneOf('5215512345678@s.whatsapp.net')).toBe('+525512345678')
    expect(phoneOf('1234567890@lid')).toBeNull()
  })
})

describe('identifiers', () => {
  it('join the phone and the hidden identifier of one person, with or without a device', () => {
    const ana = { phone: '+5491123456789', lid: '1234567890' }
    expect(identityOfBoth('5491123456789:3@s.whatsapp.net', '1234567890@lid')).toEqual(ana)
    expect(identityOfBoth('1234567890@lid', '5491123456789@s.whatsapp.net')).toEqual(ana)
    expect(identityOfBoth('1234567890@lid', undefined)).toEqual({ phone: null, lid: '1234567890' })
  })

  const from = (chat: string, more: object = {}) => chatOf({ chat, fromMe: false, ...more })
  const ana = { phone: '+5491123456789', lid: null }

  it('tell where a message was written', () => {
    for (const server of ['s.whatsapp.net', 'c.us', 'hosted'])
      expect(from(`5491123456789@${server}`)).toEqual({ kind: 'direct', identity: ana })
    expect(from('120363025@g.us')).toEqual({ kind: 'group', id: '120363025@g.us' })
    expect(from('status@broadcast').kind).toBe('status')
    expect(from('123@newsletter').kind).toBe('newsletter')
    expect(from('nonsense')).toEqual({ kind: 'other', id: 'nonsense' })
  })

  it("take what comes through somebody's broadcast list for that person's message, and our own for none", () => {
    const list = { author: '5491123456789@s.whatsapp.net' }
    expect(from('1700000000@broadcast', list)).toEqual({ kind: 'direct', identity: ana })
    expect(from('1700000000@broadcast', { ...list, fromMe: true }).kind).toBe('other')
  })

  it('tell bots and people of other networks from people with a phone', () => {
    for (const bot of ['867051314767696@bot', '13135550002@c.us', '13135550002@s.whatsapp.net'])
      expect(from(bot).kind).toBe('bot')
    for (const [foreign, id] of [
      ['29-4455:3@interop', '29-4455@interop'],
      ['100088:1@msgr', '100088@msgr'],
    ])
      expect(from(String(foreign))).toEqual({ kind: 'foreign', id })
  })
})

describe('contents', () => {
  const key = { id: '3A01', remoteJid: '5491123456789@s.whatsapp.net' }
  const text = { conversation: '1' }
  const says = (text: string) => ({ kind: 'text', text })
  const about = (kind: string, text: string | null) => ({
    kind,
    text,
    targetProviderMessageId: '3A01',
    quotedProviderMessageId: null,
  })

  it.each<[string, proto.IMessage, object | null]>([
    ['a text', { conversation: 'hola' }, says('hola')],
    ['a picture', { imageMessage: { caption: 'mi receta' } }, { kind: 'image', text: 'mi receta' }],
    ['a voice note', { audioMessage: { ptt: true } }, { kind: 'audio', text: null }],
    ['a reaction', { reactionMessage: { key, text: '👍' } }, about('reaction', '👍')],
    ['a reaction that was taken back', { reactionMessage: { key, text: '' } }, about('reaction', null)],
    [
      'an edit, which may quote something itself',
      {
        protocolMessage: {
          key,
          type: 14,
          editedMessage: { extendedTextMessage: { text: 'a las 10', contextInfo: { stanzaId: '3A00' } } },
        },
      },
      { ...about('edit', 'a las 10'), quotedProviderMessageId: '3A00' },
    ],
    [
      'an edit of a caption in its wrapper',
      {
        editedMessage: {
          message: {
            protocolMessage: { key, type: 14, editedMessage: { imageMessage: { caption: 'otra' } } },
          },
        },
      },
      about('edit', 'otra'),
    ],
    ['a deletion', { protocolMessage: { key, type: 0 } }, about('delete', null)],
    ['what cannot be stored', { conversation: 'a\0b\ud800' }, says('a\ufffdb\ufffd')],
    ['the protocol talking to itself', { protocolMessage: { type: 5, historySyncNotification: {} } }, null],
    ['a key for a group', { senderKeyDistributionMessage: { groupId: '1@g.us' } }, null],
    ['a pin', { pinInChatMessage: { key, type: 1 } }, null],
    ['the head of an album', { albumMessage: { expectedImageCount: 2 } }, null],
    ['a vote', { pollUpdateMessage: { pollCreationMessageKey: key } }, null],
    ['nothing', {}, null],
    ...(
      [
        'groupMentionedMessage',
        'botInvokeMessage',
        'botTaskMessage',
        'questionReplyMessage',
        'statusAddYours',
        'lottieStickerMessage',
        'viewOnceMessageV2',
      ] as const
    ).map((wrapper): [string, proto.IMessage, object] => [
      `what ${wrapper} wraps`,
      { [wrapper]: { message: { conversation: 'hola' } } },
      says('hola'),
    ]),
    [
      'a poll',
      { pollCreationMessageV3: { name: '¿Cuándo?', options: [{ optionName: 'Lunes' }] } },
      { kind: 'other', text: '¿Cuándo?\n- Lunes' },
    ],
    [
      'a missed call in the log',
      { callLogMesssage: { isVideo: true, callOutcome: 1 } },
      { kind: 'call', call: { video: true, missed: true } },
    ],
    [
      'a call taken on another device',
      { callLogMesssage: { callOutcome: 4 } },
      { kind: 'call', call: { video: false, missed: false } },
    ],
    [
      'an edit that only the phone can open',
      { secretEncryptedMessage: { targetMessageKey: key } },
      { kind: 'unavailable', stub: { reason: 'not-decrypted' } },
    ],
    [
      'what was left to the phone',
      { placeholderMessage: { type: 0 } },
      { kind: 'unavailable', stub: { reason: 'not-sent' } },
    ],
    ['something a status was answered with', { statusAddYours: { message: null } }, { kind: 'other' }],
    [
      'a template',
      {
        templateMessage: {
          hydratedTemplate: { hydratedContentText: 'Su turno', hydratedFooterText: 'Aurora' },
        },
      },
      says('Su turno\nAurora'),
    ],
    ['buttons', { buttonsMessage: { contentText: '¿Viene?' } }, says('¿Viene?')],
    ['a list', { listMessage: { title: 'Horarios', description: 'Elija' } }, says('Horarios\nElija')],
    ['something interactive', { interactiveMessage: { body: { text: 'Pague acá' } } }, says('Pague acá')],
    [
      'an answer to something interactive, by its button',
      {
        interactiveResponseMessage: {
          nativeFlowResponseMessage: { name: 'quick_reply', paramsJson: '{"id":"recado-yes","title":"Sí"}' },
        },
      },
      { ...says('Sí'), choice: { id: 'recado-yes', title: 'Sí' } },
    ],
    [
      'an answer to something interactive whose parameters are broken',
      {
        interactiveResponseMessage: {
          body: { text: 'Confirmo' },
          nativeFlowResponseMessage: { paramsJson: '{"id":' },
        },
      },
      { ...says('Confirmo'), choice: { id: '', title: 'Confirmo' } },
    ],
    [
      'an animated sticker',
      { lottieStickerMessage: { message: { stickerMessage: { isLottie: true } } } },
      { kind: 'sticker' },
    ],
    [
      'a card whose number does not tell its country',
      {
        contactMessage: {
          displayName: 'Dra. Paz',
          vcard: 'BEGIN:VCARD\nTEL;type=HOME:11 2345-6789\nEND:VCARD',
        },
      },
      { kind: 'contact', text: 'Dra. Paz: 11 2345-6789', contacts: [{ name: 'Dra. Paz', phones: [] }] },
    ],
    ...(
      [
        'ephemeralMessage',
        'viewOnceMessage',
        'viewOnceMessageV2',
        'viewOnceMessageV2Extension',
        'documentWithCaptionMessage',
        'editedMessage',
        'associatedChildMessage',
        'groupMentionedMessage',
        'botInvokeMessage',
        'botTaskMessage',
        'botForwardedMessage',
        'questionMessage',
        'questionReplyMessage',
        'limitSharingMessage',
        'statusMentionMessage',
        'statusAddYours',
      ] as const
    ).map((name): [string, proto.IMessage, object] => [
      `a text in ${name}`,
      { ephemeralMessage: { message: { [name]: { message: text } } } },
      says('1'),
    ]),
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
