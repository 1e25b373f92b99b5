/** What a message holds beside its text, as a phone shows it. */
import { say } from './words.js'

/** @typedef {import('./api.js').Message} Message */
/** @typedef {import('./words.js').Word} Word */

/**
 * @param {string} tag
 * @param {string} text
 */
export function piece(tag, text) {
  const element = document.createElement(tag)
  element.textContent = text
  return element
}

/** Kinds whose name says what the text does not. @type {Record<string, Word>} */
const NAMED = {
  button: 'kindButton',
  list: 'kindList',
  template: 'kindButton',
  reaction: 'kindReaction',
  edit: 'kindEdit',
  delete: 'kindDelete',
  poll: 'kindPoll',
}

/**
 * @param {Message} message
 * @param {string} phone of the person whose screen this is
 * @returns {HTMLElement[]}
 */
export function contents(message, phone) {
  const parts = []
  const named = NAMED[message.kind]
  if (named) parts.push(note(say(named)))
  if (message.media) parts.push(file(message, message.media, phone))
  if (message.location) {
    const { latitude, longitude, name, address } = message.location
    parts.push(note(['📍', name, address, `${latitude}, ${longitude}`].filter((part) => part).join(' · ')))
  }
  for (const { name, vcard } of message.contacts ?? []) {
    const phones = [...vcard.matchAll(/^TEL[^:]*:(.*)$/gm)].map(([, number]) => number)
    parts.push(note(['👤', name, ...phones].join(' · ')))
  }
  if (message.text) parts.push(piece('p', message.text))
  return parts
}

/** @param {string} text */
function note(text) {
  const element = piece('p', text)
  element.className = 'note'
  return element
}

/**
 * @param {Message} message
 * @param {NonNullable<Message['media']>} media
 * @param {string} phone
 */
function file(message, media, phone) {
  const address = `/admin/contacts/${encodeURIComponent(phone)}/media/${encodeURIComponent(message.id)}`
  const name = media.fileName ?? say('file')
  if (/^image\/(png|jpeg|gif|webp)$/.test(media.contentType)) {
    const picture = document.createElement('img')
    picture.className = 'picture'
    picture.src = address
    picture.alt = message.text || name
    return picture
  }
  const link = /** @type {HTMLAnchorElement} */ (
    piece('a', `📎 ${name} · ${media.contentType} · ${Math.ceil(media.size / 1000)} kB`)
  )
  link.href = address
  link.className = 'note'
  link.setAttribute('download', name)
  return link
}
