/** Calls to the simulator and its live updates. */

/**
 * @typedef {{ jid: string, waiting: number, online: boolean }} Device
 * @typedef {{ phone: string, name: string, devices: Device[] }} Phone
 * @typedef {{ contentType: string, fileName: string | null, size: number, sha256: string }} Media
 * @typedef {{ latitude: number, longitude: number, name: string | null, address: string | null }} Place
 * @typedef {{ id: string, clinic: string, direction: 'to-clinic' | 'to-contact', kind: string, text: string, at: string,
 *   media: Media | null, location: Place | null, contacts: { name: string, vcard: string }[] | null,
 *   deliveries: number, status: 'sent' | 'delivered' | 'read', quotedId: string | null, group: string | null }} Message
 * @typedef {{ phone: string, name: string | null, delivery: boolean, read: boolean, messages: Message[] }} Contact
 */

export class Refused extends Error {
  /**
   * @param {string} message
   * @param {number} status
   */
  constructor(message, status) {
    super(message)
    this.status = status
  }
}

/**
 * @param {'GET' | 'POST'} method
 * @param {string} path
 * @param {object} [body]
 */
async function call(method, path, body) {
  const response = await fetch(`/admin/${path}`, { method, ...(body ? { body: JSON.stringify(body) } : {}) })
  const answer = await response.json()
  if (!response.ok) throw new Refused(answer.error, response.status)
  return answer
}

/** @param {string} phone */
const at = (phone) => encodeURIComponent(phone)

export const api = {
  /** @returns {Promise<Phone[]>} */
  phones: async () => (await call('GET', 'phones')).items,
  /** @returns {Promise<Contact[]>} */
  contacts: async () => (await call('GET', 'contacts')).items,
  /** @param {string} phone @param {string} qr */
  scan: (phone, qr) => call('POST', `phones/${at(phone)}/scan-qr`, { qr }),
  /** @param {string} phone @param {string} code */
  enterCode: (phone, code) => call('POST', `phones/${at(phone)}/enter-code`, { code }),
  /** @param {string} phone */
  unlink: (phone) => call('POST', `phones/${at(phone)}/unlink`),
  /** @param {string} phone @param {object} policy */
  policy: (phone, policy) => call('POST', `contacts/${at(phone)}/policy`, policy),
  /** @param {string} phone @param {string} to @param {string} text @param {string | null} quotedId */
  write: (phone, to, text, quotedId) =>
    call('POST', `contacts/${at(phone)}/send`, { to, text, ...(quotedId ? { quotedId } : {}) }),
  /** @param {string} phone @param {object} writing */
  send: (phone, writing) => call('POST', `contacts/${at(phone)}/send`, writing),
  /** @param {File} file @returns {Promise<{ mediaId: string }>} */
  choose: async (file) => {
    const headers = { 'content-type': file.type || 'application/octet-stream' }
    const response = await fetch('/admin/media', { method: 'POST', body: file, headers })
    const answer = await response.json()
    if (!response.ok) throw new Refused(answer.error, response.status)
    return answer
  },
  /** @param {string} phone @param {string} from @param {string[]} ids */
  read: (phone, from, ids) => call('POST', `contacts/${at(phone)}/read`, { from, ids }),
}

/**
 * Calls back whenever something changed on the network, and when the connection comes or goes.
 * @param {() => void} changed
 * @param {(alive: boolean) => void} connected
 */
export function follow(changed, connected) {
  const stream = new EventSource('/admin/live')
  stream.onopen = () => {
    connected(true)
    changed()
  }
  stream.onerror = () => connected(false)
  stream.onmessage = changed
}
