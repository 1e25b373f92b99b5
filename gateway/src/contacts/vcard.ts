import { canonicalPhone } from './phones.ts'

const MOST = 10

/**
 * The phones in a visiting card, E.164, each once. The network writes its own id (`waid`) beside a phone that it knows;
 * without one, only a number written with its country can be told.
 */
export function phonesIn(vcard: string): string[] {
  const lines = vcard.replace(/\r?\n[ \t]/g, '').split(/\r?\n/)
  const phones = lines.flatMap((line) => {
    const found = /^(?:[\w-]+\.)?TEL([^:]*):(.*)$/i.exec(line)
    if (!found) return []
    const [, parameters = '', value = ''] = found
    const known = /;waid=(\d{7,15})(?:;|$)/i.exec(parameters)?.[1]
    const digits = known ?? (/^\s*(?:tel:)?\+/i.test(value) ? value.replace(/\D/g, '') : '')
    return /^[1-9]\d{6,14}$/.test(digits) ? [canonicalPhone(digits)] : []
  })
  return [...new Set(phones)].slice(0, MOST)
}
