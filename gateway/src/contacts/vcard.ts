import { canonicalPhone } from './phones.ts'

const MOST = 10
/** Of one number, however it is written. */
const LONGEST = 40

interface Numbers {
  /** E.164. */
  phones: string[]
  /** As they are written, because they do not tell their country. */
  local: string[]
}

/**
 * The numbers in a visiting card, each once. The network writes its own id (`waid`) beside a phone that it knows;
 * without one, only a number written with its country can be told.
 */
export function numbersIn(vcard: string): Numbers {
  const phones = new Set<string>()
  const local = new Set<string>()
  for (const line of vcard.replace(/\r?\n[ \t]/g, '').split(/\r?\n/)) {
    const [, parameters = '', value = ''] = /^(?:[\w-]+\.)?TEL([^:]*):(.*)$/i.exec(line) ?? []
    const known = /;waid=(\d{7,15})(?:;|$)/i.exec(parameters)?.[1]
    const digits = known ?? (/^\s*(?:tel:)?\+/i.test(value) ? value.replace(/\D/g, '') : '')
    if (/^[1-9]\d{6,14}$/.test(digits)) phones.add(canonicalPhone(digits))
    else if (/\d{3}/.test(value)) local.add(value.trim().slice(0, LONGEST))
  }
  return { phones: [...phones].slice(0, MOST), local: [...local].slice(0, MOST) }
}
