/** The patients' phones: one chat window each. */
import { api } from './api.js'
import { contents, piece } from './contents.js'
import { find } from './dom.js'
import { setUpMore } from './more.js'
import { currentLanguage, say, translate } from './words.js'

/** @typedef {import('./api.js').Contact} Contact */
/** @typedef {import('./api.js').Message} Message */
/** @typedef {{ root: HTMLElement, update: (contact: Contact) => void, relabel: () => void }} Chat */

/** @type {Map<string, Chat>} */
const chats = new Map()

/** @type {() => string | null} */
let defaultClinic = () => null

/**
 * Shows every patient, newest conversation first.
 * @param {Contact[]} contacts
 * @param {() => string | null} clinic to whom a patient writes who never heard from a clinic
 */
export function showChats(contacts, clinic) {
  defaultClinic = clinic
  const list = find(document, '#chats')
  const lastAt = (/** @type {Contact} */ { messages }) => messages.at(-1)?.at ?? ''
  const ordered = contacts.toSorted((one, other) => lastAt(other).localeCompare(lastAt(one)))
  for (const contact of ordered) {
    const chat = chats.get(contact.phone) ?? create(contact)
    chats.set(contact.phone, chat)
    chat.update(contact)
  }
  // Moving a window while somebody types in it would take the focus away.
  const typing = document.activeElement?.closest('.chat')
  if (!typing) {
    const wanted = ordered.map(({ phone }) => chats.get(phone)?.root)
    wanted.forEach((root, index) => {
      if (root && list.children[index] !== root) list.insertBefore(root, list.children[index] ?? null)
    })
  } else {
    for (const { phone } of ordered) {
      const root = chats.get(phone)?.root
      if (root && !root.isConnected) list.append(root)
    }
  }
  find(document, '#nobody').toggleAttribute('hidden', contacts.length > 0)
}

export function relabelChats() {
  for (const chat of chats.values()) chat.relabel()
}

/**
 * @param {Contact} first
 * @returns {Chat}
 */
function create(first) {
  const template = /** @type {HTMLTemplateElement} */ (find(document, '#chat-template'))
  const root = /** @type {HTMLElement} */ (
    find(/** @type {DocumentFragment} */ (template.content.cloneNode(true)), '.chat')
  )
  const digits = first.phone.slice(1)
  const nodes = {
    name: /** @type {HTMLElement} */ (find(root, '.name')),
    number: /** @type {HTMLElement} */ (find(root, '.number')),
    power: /** @type {HTMLInputElement} */ (find(root, '.power')),
    reads: /** @type {HTMLInputElement} */ (find(root, '.reads')),
    messages: /** @type {HTMLElement} */ (find(root, '.messages')),
    form: /** @type {HTMLFormElement} */ (find(root, '.reply')),
    text: /** @type {HTMLTextAreaElement} */ (find(root, 'textarea')),
    quoting: /** @type {HTMLElement} */ (find(root, '.quoting')),
    unquote: /** @type {HTMLElement} */ (find(root, '.unquote')),
    result: /** @type {HTMLElement} */ (find(root, '.result')),
    send: /** @type {HTMLElement} */ (find(root, '.reply .primary')),
  }
  root.dataset.testid = `chat-${digits}`
  nodes.text.dataset.testid = `reply-${digits}`
  nodes.send.dataset.testid = `send-${digits}`
  // A list that scrolls must be reachable by keyboard.
  nodes.messages.tabIndex = 0
  let contact = first
  /** @type {string | null} */
  let quotedId = null
  let shown = ''

  /** @param {Message | null} message */
  const quote = (message) => {
    quotedId = message?.id ?? null
    nodes.quoting.hidden = message === null
    find(nodes.quoting, 'span').textContent = message?.text ?? ''
    if (message) nodes.text.focus()
  }

  const write = async () => {
    const text = nodes.text.value.trim()
    const clinic = contact.messages.at(-1)?.clinic ?? defaultClinic()
    nodes.result.textContent = clinic ? '' : say('noClinic')
    if (!text || !clinic) return
    try {
      await api.write(contact.phone, clinic, text, quotedId)
      nodes.text.value = ''
      quote(null)
    } catch (error) {
      nodes.result.textContent = say('failed', { why: /** @type {Error} */ (error).message })
    }
  }

  const update = (/** @type {Contact} */ next) => {
    contact = next
    const name = next.name ?? next.phone
    nodes.name.textContent = name
    nodes.number.textContent = next.name ? next.phone : ''
    nodes.power.checked = next.delivery
    nodes.reads.checked = next.read
    nodes.text.setAttribute('aria-label', say('write', { name }))
    nodes.text.placeholder = say('write', { name })
    nodes.messages.setAttribute('aria-label', say('messagesOf', { name }))
    nodes.unquote.setAttribute('aria-label', say('unquote'))
    const state = JSON.stringify([currentLanguage(), next.messages])
    if (state === shown) return
    shown = state
    nodes.messages.replaceChildren(...next.messages.map((message) => bubble(message, next, quote)))
    nodes.messages.scrollTop = nodes.messages.scrollHeight
  }

  const relabelMore = setUpMore(
    root,
    () => ({
      contact,
      clinic: contact.messages.at(-1)?.clinic ?? defaultClinic(),
      target: contact.messages.find(({ id }) => id === quotedId) ?? null,
      text: nodes.text.value.trim(),
    }),
    (error) => {
      nodes.result.textContent = error ? say('failed', { why: /** @type {Error} */ (error).message }) : ''
      if (error) return
      nodes.text.value = ''
      quote(null)
    },
  )

  nodes.form.addEventListener('submit', (event) => {
    event.preventDefault()
    void write()
  })
  nodes.text.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
    event.preventDefault()
    void write()
  })
  nodes.unquote.addEventListener('click', () => quote(null))
  nodes.power.addEventListener(
    'change',
    () => void api.policy(contact.phone, { delivery: nodes.power.checked }),
  )
  nodes.reads.addEventListener('change', () => {
    void api.policy(contact.phone, { read: nodes.reads.checked })
    const unread = contact.messages.filter(
      ({ direction, status }) => direction === 'to-contact' && status !== 'read',
    )
    const clinic = unread.at(-1)?.clinic
    if (nodes.reads.checked && clinic)
      void api.read(
        contact.phone,
        clinic,
        unread.map(({ id }) => id),
      )
  })
  translate(root)
  return {
    root,
    update,
    relabel: () => {
      translate(root)
      relabelMore()
      update(contact)
    },
  }
}

/**
 * @param {Message} message
 * @param {Contact} contact
 * @param {(message: Message) => void} quote
 */
function bubble(message, contact, quote) {
  const own = message.direction === 'to-clinic'
  const item = document.createElement('li')
  item.className = own ? 'bubble own' : 'bubble'
  const quoted = message.quotedId && contact.messages.find(({ id }) => id === message.quotedId)
  if (quoted) item.append(piece('blockquote', quoted.text))
  item.append(...contents(message, contact.phone))
  const foot = piece('p', '')
  foot.className = 'foot'
  const time = document.createElement('time')
  time.dateTime = message.at
  time.textContent = new Intl.DateTimeFormat(currentLanguage(), {
    hour: '2-digit',
    minute: '2-digit',
  }).format(new Date(message.at))
  foot.append(time)
  if (message.group) foot.append(` · ${say('group')}`)
  if (message.deliveries > 1) foot.append(piece('strong', say('twice', { count: message.deliveries })))
  if (own) foot.append(ticks(message.status))
  item.append(foot)
  if (!own) {
    const button = /** @type {HTMLButtonElement} */ (piece('button', '↩'))
    button.type = 'button'
    button.className = 'quote'
    button.setAttribute('aria-label', `${say('quote')}: ${message.text.slice(0, 40)}`)
    button.addEventListener('click', () => quote(message))
    item.append(button)
  }
  return item
}

/** @param {Message['status']} status */
function ticks(status) {
  const mark = piece('span', status === 'sent' ? '✓' : '✓✓')
  mark.className = `ticks ${status}`
  mark.setAttribute('role', 'img')
  mark.setAttribute('aria-label', say(status))
  return mark
}
