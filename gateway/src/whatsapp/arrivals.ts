import { type BinaryNode, getBinaryNodeChild, getBinaryNodeChildren } from '@whiskeysockets/baileys'
import { called, type StubReason, unavailable } from './content.ts'
import { chatOf, identityOfBoth, readable } from './identifiers.ts'
import { addressed, type InboundMessage, type Own } from './inbound.ts'
import type { Recorder } from './recorder.ts'
import { turns } from './turns.ts'

/** The part of the library's WebSocket that is used here. */
export interface Stanzas {
  // biome-ignore lint/suspicious/noExplicitAny: as the library types its listeners
  on(event: string, listener: (...given: any[]) => void): unknown
  listeners(event: string): unknown[]
  removeAllListeners(event: string): unknown
}

/**
 * Lets work be done before the library sees a stanza: it answers the network whether anybody kept what came or not.
 * Work that fails leaves the stanza unanswered, so that it comes again.
 * @param work null when there is none; it answers false when the library need not see the stanza at all
 */
export function before(
  ws: Stanzas,
  event: string,
  work: (stanza: BinaryNode) => (() => Promise<boolean>) | null,
  failed: (error: unknown) => void,
): void {
  const handlers = ws.listeners(event) as ((stanza: BinaryNode) => void)[]
  const turn = turns()
  const handOn = (stanza: BinaryNode): void => {
    for (const handle of handlers) handle(stanza)
  }
  ws.removeAllListeners(event)
  ws.on(event, (stanza: BinaryNode) => {
    const first = work(stanza)
    if (first === null) return handOn(stanza)
    turn(first)
      .then((goesOn) => {
        if (goesOn) handOn(stanza)
      })
      .catch(failed)
  })
}

/** The library asks our phone for what it was not given, unless it is one of these. */
const NEVER_SENT: Record<string, StubReason> = {
  view_once: 'view-once',
  view_once_unavailable_fanout: 'view-once',
  bot_unavailable_fanout: 'not-sent',
  hosted_unavailable_fanout: 'not-sent',
}
const OPENED = new Set(['pkmsg', 'msg', 'skmsg'])
/** How long our phone is given to hand over what this device was not given. */
const HANDED_OVER_MS = 60_000
/** No phone rings for longer. */
const RINGS_MS = 120_000

/** What arrives without anything to decrypt, and from addresses that the library refuses. */
export class Arrivals {
  #recorder: Recorder
  #own: () => Own
  #acknowledge: (stanza: BinaryNode) => Promise<void>

  /** @param acknowledge tells the network that a stanza arrived */
  constructor(recorder: Recorder, own: () => Own, acknowledge: (stanza: BinaryNode) => Promise<void>) {
    this.#recorder = recorder
    this.#own = own
    this.#acknowledge = acknowledge
  }

  /** A message: what is to be done before the library sees it, or null for nothing. */
  message(stanza: BinaryNode): (() => Promise<boolean>) | null {
    const { attrs } = stanza
    for (const name of ['from', 'participant', 'recipient']) {
      if (attrs[name]) attrs[name] = readable(attrs[name])
    }
    // Of our own message these are ours, and the library takes them for the recipient's.
    if (attrs.recipient) for (const name of ['sender_lid', 'sender_pn']) delete attrs[name]
    this.#recorder.expect(stanza)
    if (!attrs.id || !attrs.from || attrs.category === 'peer') return null
    const from = chatOf({ chat: attrs.from, author: attrs.participant, fromMe: false }).kind
    const isToBot = attrs.recipient && chatOf({ chat: attrs.recipient, fromMe: true }).kind === 'bot'
    if (from === 'bot' || from === 'foreign' || isToBot) return () => this.#refusedByLibrary(stanza)
    const missing = missingIn(stanza)
    if (!missing || from !== 'direct') return null
    return () => this.#stub(stanza, missing.reason, missing.ms).then(() => true)
  }

  /** The library answers these with a refusal, and the network would keep them. */
  async #refusedByLibrary(stanza: BinaryNode): Promise<boolean> {
    const { id = '', from = '', recipient, notify, t, offline } = stanza.attrs
    const chat = chatOf({ chat: recipient ?? from, fromMe: false })
    await this.#recorder.stub(
      {
        ...unavailable('not-decrypted'),
        providerMessageId: id,
        chat,
        sender: { identity: null, name: notify || null },
        fromMe: recipient !== undefined,
        sentAt: at(t),
        offline: offline !== undefined,
        history: false,
      },
      0,
    )
    await this.#acknowledge(stanza)
    return false
  }

  async #stub(stanza: BinaryNode, reason: StubReason, ms: number): Promise<void> {
    let message: InboundMessage
    try {
      message = addressed(stanza, this.#own(), unavailable(reason))
    } catch {
      // Whoever wrote it cannot be told; the library refuses it.
      return
    }
    await this.#recorder.stub(message, ms)
  }

  /** A step of a call. The library answers it afterwards. */
  async call(stanza: BinaryNode): Promise<boolean> {
    const [step] = Array.isArray(stanza.content) ? stanza.content : []
    const id = step?.attrs['call-id']
    if (!step || !id) return true
    const isGroup = step.attrs.type === 'group' || step.attrs['group-jid'] !== undefined
    if (step.tag === 'offer' && !isGroup) await this.#rings(stanza, step, id)
    else if (step.tag === 'accept') await this.#recorder.call(id, { missed: false, isOver: false })
    else if (step.tag === 'reject') await this.#recorder.call(id, { missed: true, isOver: true })
    else if (step.tag === 'terminate') {
      const taken = step.attrs.reason === 'accepted_elsewhere'
      await this.#recorder.call(id, { ...(taken ? { missed: false } : {}), isOver: true })
    }
    return true
  }

  async #rings(stanza: BinaryNode, step: BinaryNode, id: string): Promise<void> {
    const { from, t, sender_lid, sender_pn, notify, offline } = stanza.attrs
    const identity = identityOfBoth(from, step.attrs.caller_pn ?? sender_pn ?? sender_lid)
    if (!identity) return
    await this.#recorder.stub(
      {
        ...called({ video: getBinaryNodeChild(step, 'video') !== undefined, missed: true }),
        providerMessageId: id,
        chat: { kind: 'direct', identity },
        sender: { identity, name: notify || null },
        fromMe: false,
        sentAt: at(t),
        offline: offline !== undefined,
        history: false,
      },
      RINGS_MS,
    )
  }
}

/** Why there is nothing to decrypt, and how long something may still come; null when there is something. */
function missingIn(stanza: BinaryNode): { reason: StubReason; ms: number } | null {
  const sealed = getBinaryNodeChildren(stanza, 'enc')
  if (sealed.some(({ attrs }) => OPENED.has(attrs.type ?? ''))) return null
  if (getBinaryNodeChild(stanza, 'plaintext')) return null
  // Encrypted in a way that only the phone opens.
  if (sealed.length > 0) return { reason: 'not-decrypted', ms: 0 }
  const reason = NEVER_SENT[getBinaryNodeChild(stanza, 'unavailable')?.attrs.type ?? '']
  return reason ? { reason, ms: 0 } : { reason: 'not-sent', ms: HANDED_OVER_MS }
}

const at = (seconds: string | undefined): Date => {
  const value = Number(seconds)
  return value > 0 && value < 1e11 ? new Date(value * 1000) : new Date()
}
