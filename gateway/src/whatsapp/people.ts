import type { Identity } from '../contacts/contact-store.ts'
import { canonicalPhone, everySpelling } from '../contacts/phones.ts'
import type { CredentialStore } from '../credentials/credential-store.ts'
import type { InboundMessage } from './inbound.ts'

const MAPPING = 'lid-mapping'

/** Completes who wrote a message by what the library has stored about phones and hidden identifiers. */
export class People {
  #store: CredentialStore

  constructor(store: CredentialStore) {
    this.#store = store
  }

  /** The message with both names of a direct chat and its author, where both are known. */
  async named(message: InboundMessage): Promise<InboundMessage> {
    const { chat, sender } = message
    if (chat.kind !== 'direct') return message
    const identity = await this.#both(chat.identity)
    const author = sender.identity === chat.identity ? identity : sender.identity
    return { ...message, chat: { ...chat, identity }, sender: { ...sender, identity: author } }
  }

  async #both({ phone, lid }: Identity): Promise<Identity> {
    if (phone === null && lid !== null) return { phone: await this.#phoneOf(lid), lid }
    if (phone !== null && lid === null) return { phone, lid: await this.#lidOf(phone) }
    return { phone, lid }
  }

  async #phoneOf(lid: string): Promise<string | null> {
    const id = `${lid}_reverse`
    const digits = digitsIn((await this.#store.read(MAPPING, [id])).get(id))
    return digits === null ? null : canonicalPhone(digits)
  }

  async #lidOf(phone: string): Promise<string | null> {
    const found = await this.#store.read(MAPPING, everySpelling(phone))
    const [written] = found.values()
    return digitsIn(written)
  }
}

/** The library stores either name as the JSON text of its digits. */
function digitsIn(written: string | undefined): string | null {
  const value: unknown = written === undefined ? null : JSON.parse(written)
  return typeof value === 'string' && /^\d+$/.test(value) ? value : null
}
