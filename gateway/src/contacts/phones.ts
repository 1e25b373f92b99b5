/** Phones as the rest of Recado writes them: E.164, one spelling per person. */

/**
 * A number's digits as people dial it today. Brazilian mobiles are known to the network with or without the ninth
 * digit, Mexican ones with or without a 1 after the country code.
 */
export function dialledPhone(digits: string): string {
  const brazil = /^55([1-9]\d)([6-9]\d{7})$/.exec(digits)
  if (brazil) return `+55${brazil[1]}9${brazil[2]}`
  const mexico = /^521(\d{10})$/.exec(digits)
  if (mexico) return `+52${mexico[1]}`
  return `+${digits}`
}

/**
 * The one spelling under which a person is kept, for digits as the network spells them: also with the 9 that Argentine
 * numbers have on WhatsApp. An own number keeps what it has (`dialledPhone`), because a clinic's may be a land line.
 * The backend follows the same rules; both are tried with the cases of `backend/src/test/resources/phones.json`.
 */
export function canonicalPhone(digits: string): string {
  const argentina = /^54(11\d{8}|[23]\d{9})$/.exec(digits)
  return argentina ? `+549${argentina[1]}` : dialledPhone(digits)
}

/** The digits under which the network may know a canonical phone, the likeliest first: Argentine land lines have no 9. */
export function networkSpellings(phone: string): string[] {
  const digits = phone.slice(1)
  const argentina = /^549(\d{10})$/.exec(digits)
  return argentina ? [digits, `54${argentina[1]}`] : [digits]
}

/** Every way in which the network may have spelled the digits of a canonical phone. */
export function everySpelling(phone: string): string[] {
  const digits = phone.slice(1)
  const brazil = /^55(\d{2})9([6-9]\d{7})$/.exec(digits)
  if (brazil) return [digits, `55${brazil[1]}${brazil[2]}`]
  const mexico = /^52(\d{10})$/.exec(digits)
  return mexico ? [digits, `521${mexico[1]}`] : networkSpellings(phone)
}
