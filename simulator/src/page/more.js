/** Everything a patient can send beside a text. */
import { api } from './api.js'
import { find } from './dom.js'
import { say } from './words.js'

/** @typedef {import('./api.js').Contact} Contact */
/** @typedef {import('./api.js').Message} Message */
/** @typedef {import('./words.js').Word} Word */

/** What the two fields are for; a kind without words for a field does not show it. @type {Record<string, Word[]>} */
const FIELDS = {
  file: [],
  location: ['latitude', 'longitude'],
  contacts: ['newName', 'phoneNumber'],
  button: ['choiceTitle', 'choiceId'],
  list: ['choiceTitle', 'choiceId'],
  reaction: ['emoji'],
  edit: ['newText'],
  delete: [],
}

/**
 * Makes the menu of one chat work.
 * @param {HTMLElement} root of the chat
 * @param {() => { contact: Contact, clinic: string | null, target: Message | null, text: string }} look how it stands
 * @param {(error: unknown) => void} ended null when it was sent
 */
export function setUpMore(root, look, ended) {
  const kind = /** @type {HTMLSelectElement} */ (find(root, '.kind'))
  const chosen = /** @type {HTMLInputElement} */ (find(root, '.file'))
  const fields = /** @type {HTMLInputElement[]} */ ([...root.querySelectorAll('.more .text')])
  const relabel = () => {
    kind.setAttribute('aria-label', say('kind'))
    chosen.setAttribute('aria-label', say('file'))
    chosen.hidden = kind.value !== 'file'
    fields.forEach((field, index) => {
      const word = FIELDS[kind.value]?.[index]
      field.hidden = word === undefined
      field.setAttribute('aria-label', word ? say(word) : '')
      field.placeholder = word ? say(word) : ''
    })
  }
  const send = async () => {
    const { contact, clinic, target, text } = look()
    if (!clinic) return ended(new Error(say('noClinic')))
    const [first = '', second = ''] = fields.map(({ value }) => value.trim())
    const writing = await composed(kind.value, {
      first,
      second,
      text,
      file: chosen.files?.[0],
      contact,
      target,
    })
    await api.send(contact.phone, { to: clinic, ...writing })
    for (const field of fields) field.value = ''
    chosen.value = ''
    ended(null)
  }
  kind.addEventListener('change', relabel)
  find(root, '.send-more').addEventListener('click', () => void send().catch(ended))
  relabel()
  return relabel
}

/**
 * @param {string} kind
 * @param {{ first: string, second: string, text: string, file: File | undefined, contact: Contact, target: Message | null }} given
 */
async function composed(kind, { first, second, text, file, contact, target }) {
  const last = (/** @type {Message['direction']} */ direction) =>
    contact.messages.findLast((message) => message.direction === direction)?.id
  switch (kind) {
    case 'file': {
      if (!file) throw new Error(say('file'))
      const { mediaId } = await api.choose(file)
      const family = file.type.split('/')[0] ?? ''
      const sent = ['image', 'audio', 'video'].includes(family) ? family : 'document'
      return { kind: sent, mediaId, text, ...(sent === 'document' ? { fileName: file.name } : {}) }
    }
    case 'location':
      return { kind, location: { latitude: Number(first), longitude: Number(second) } }
    case 'contacts':
      return { kind, contacts: [{ name: first, phones: [second] }] }
    case 'button':
    case 'list':
      return { kind, choice: { title: first, id: second || first } }
    case 'reaction':
      return { kind, text: first, targetId: target?.id ?? last('to-contact') }
    default:
      return { kind, text: first, targetId: last('to-clinic') }
  }
}
