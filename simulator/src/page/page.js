import { api, follow, Refused } from './api.js'
import { relabelChats, showChats } from './chats.js'
import { find } from './dom.js'
import { readImage, readScreen } from './scanner.js'
import { currentLanguage, nextLanguage, say, switchLanguage, translate } from './words.js'

/** @typedef {import('./api.js').Phone} Phone */

const REFRESH_MS = 60

const nodes = {
  phone: /** @type {HTMLInputElement} */ (find(document, '#scan-phone')),
  file: /** @type {HTMLInputElement} */ (find(document, '#scan-file')),
  text: /** @type {HTMLTextAreaElement} */ (find(document, '#scan-text')),
  code: /** @type {HTMLInputElement} */ (find(document, '#code-text')),
  result: /** @type {HTMLElement} */ (find(document, '#scan-result')),
  phones: /** @type {HTMLElement} */ (find(document, '#phones')),
  live: /** @type {HTMLElement} */ (find(document, '#live')),
  language: /** @type {HTMLButtonElement} */ (find(document, '#language')),
  zone: /** @type {HTMLElement} */ (find(document, '#drop-zone')),
}

/** @type {Phone[]} */
let phones = []
let alive = false

/**
 * Tries to link with what was found, and says how it went.
 * @param {() => Promise<string | null>} look
 */
function link(look) {
  return linking(async () => {
    const code = await look()
    return code ? api.scan(nodes.phone.value, code) : null
  })
}

/** @param {() => Promise<{ phone: string } | null>} attempt */
async function linking(attempt) {
  tell(say('scanning'), 'wait')
  try {
    const linked = await attempt()
    if (!linked) return tell(say('noCode'), 'no')
    nodes.text.value = ''
    nodes.code.value = ''
    tell(say('linked', { phone: linked.phone }), 'ok')
  } catch (error) {
    tell(whyNot(error), 'no')
  }
}

/** @param {unknown} error */
function whyNot(error) {
  const status = error instanceof Refused ? error.status : 0
  if (status === 410) return say('expired')
  if (status === 403) return say('wrongCode')
  if (status === 404) return say('nobodyWaits')
  return say('failed', { why: /** @type {Error} */ (error).message })
}

/**
 * @param {string} text
 * @param {'ok' | 'no' | 'wait'} tone
 */
function tell(text, tone) {
  nodes.result.textContent = text
  nodes.result.dataset.tone = tone
}

/** @param {DataTransfer | null} data */
const imageIn = (data) => [...(data?.files ?? [])].find(({ type }) => type.startsWith('image/'))

function showPhones() {
  const items = phones.map((phone) => {
    const item = document.createElement('li')
    const devices = phone.devices.map(({ online }) => say(online ? 'online' : 'offline')).join(', ')
    const number = document.createElement('strong')
    number.textContent = phone.phone
    const state = document.createElement('span')
    state.className = phone.devices.some(({ online }) => online) ? 'state on' : 'state'
    state.textContent = devices || say('noDevices')
    item.append(number, state)
    if (phone.devices.length > 0) {
      const unlink = document.createElement('button')
      unlink.type = 'button'
      unlink.className = 'quiet'
      unlink.textContent = say('unlink')
      unlink.setAttribute('aria-label', `${say('unlink')} ${phone.phone}`)
      unlink.addEventListener('click', () => void api.unlink(phone.phone))
      item.append(unlink)
    }
    return item
  })
  if (items.length === 0) {
    const none = document.createElement('li')
    none.textContent = say('noPhones')
    items.push(none)
  }
  nodes.phones.replaceChildren(...items)
}

function showLanguage() {
  document.documentElement.lang = currentLanguage()
  document.title = say('documentTitle')
  nodes.language.textContent = say('otherLanguage')
  nodes.language.lang = nextLanguage()
  nodes.live.textContent = say(alive ? 'live' : 'away')
  nodes.live.dataset.alive = String(alive)
  translate(document)
}

async function refresh() {
  const contacts = await api.contacts()
  phones = await api.phones()
  showPhones()
  showChats(contacts, () => phones.find(({ devices }) => devices.length > 0)?.phone ?? null)
}

let pending = false
function refreshSoon() {
  if (pending) return
  pending = true
  setTimeout(() => {
    pending = false
    refresh().catch(() => undefined)
  }, REFRESH_MS)
}

find(document, '#scan-screen').addEventListener('click', () => void link(readScreen))
nodes.file.addEventListener('change', () => {
  const file = nodes.file.files?.[0]
  if (file) void link(() => readImage(file))
  nodes.file.value = ''
})
find(document, '#scan-form').addEventListener('submit', (event) => {
  event.preventDefault()
  void link(async () => nodes.text.value.trim() || null)
})
find(document, '#code-form').addEventListener('submit', (event) => {
  event.preventDefault()
  void linking(() => api.enterCode(nodes.phone.value, nodes.code.value))
})
document.addEventListener('paste', (event) => {
  const image = imageIn(event.clipboardData)
  if (image) void link(() => readImage(image))
})
nodes.zone.addEventListener('dragover', (event) => {
  event.preventDefault()
  nodes.zone.classList.add('over')
})
nodes.zone.addEventListener('dragleave', () => nodes.zone.classList.remove('over'))
nodes.zone.addEventListener('drop', (event) => {
  event.preventDefault()
  nodes.zone.classList.remove('over')
  const image = imageIn(event.dataTransfer)
  if (image) void link(() => readImage(image))
})
find(document, '#add-form').addEventListener('submit', (event) => {
  event.preventDefault()
  const form = /** @type {HTMLFormElement} */ (event.target)
  const phone = /** @type {HTMLInputElement} */ (find(form, '#add-phone'))
  const name = /** @type {HTMLInputElement} */ (find(form, '#add-name'))
  api
    .policy(phone.value, name.value ? { name: name.value } : {})
    .then(() => form.reset())
    .catch((error) => {
      phone.setCustomValidity(error.message)
      phone.reportValidity()
      phone.setCustomValidity('')
    })
})
nodes.language.addEventListener('click', () => {
  switchLanguage()
  // What was said last was said in the other language.
  nodes.result.textContent = ''
  showLanguage()
  showPhones()
  relabelChats()
})

showLanguage()
showPhones()
follow(refreshSoon, (isAlive) => {
  alive = isAlive
  showLanguage()
})
