/** Phones as the rest of Recado writes them: E.164, one spelling per person. */

/**
 * The canonical phone for digits as the network spells them. Brazilian mobiles are known to the network with or
 * without the ninth digit, Mexican ones with or without a 1 after the country code.
 */
export function canonicalPhone(digits: string): string {
  const brazil = /^55(\d{2})([6-9]\d{7})$/.exec(digits)
  if (brazil) return `+55${brazil[1]}9${brazil[2]}`
  const mexico = /^521(\d{10})$/.exec(digits)
  if (mexico) return `+52${mexico[1]}`
  return `+${digits}`
}
