import { BadRequest } from '../network/wire.ts'

/** Reading fields of a request's body; whatever is not as it should be throws `BadRequest`. */

export type Body = Record<string, unknown>

export function optional(body: Body, name: string): string | undefined {
  const value = body[name]
  return typeof value === 'string' && value !== ''
    ? value
    : typeof value === 'number'
      ? String(value)
      : undefined
}

export function text(body: Body, name: string): string {
  const value = optional(body, name)
  if (value === undefined) throw new BadRequest(`${name} is missing`)
  return value
}

export function number(body: Body, name: string): number {
  const value = body[name]
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new BadRequest(`${name} must be a number`)
  return value
}

export function texts(body: Body, name: string): string[] {
  return list(body, name).map(String)
}

export function list(body: Body, name: string): unknown[] {
  const value = body[name]
  if (!Array.isArray(value)) throw new BadRequest(`${name} must be a list`)
  return value
}

/** An object inside the body, or undefined. */
export function inner(body: Body, name: string): Body | undefined {
  const value = body[name]
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Body) : undefined
}

export const present = <K extends string, T>(name: K, value: T | undefined) =>
  (value === undefined ? {} : { [name]: value }) as { [key in K]?: T }

/** Text of an address or a cookie as it was meant; a `%` that says nothing throws `BadRequest`. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new BadRequest('not well encoded')
  }
}
