/** Every refusal of the API: its code, its status and what it says. */
const CATALOGUE = {
  unauthorized: [401, 'The credential is missing or wrong'],
  'invalid-request': [400, 'The request cannot be understood'],
  'line-unknown': [404, 'There is no such line'],
  'command-unknown': [404, 'There is no such command'],
  'route-unknown': [404, 'There is no such address'],
  'network-mismatch': [409, 'This line belongs to another network'],
  'organization-mismatch': [409, 'This line belongs to another organization'],
  'line-linked': [409, 'This line is linked; log it out first'],
  'command-differs': [409, 'This id already stands for another message'],
  'command-not-withdrawable': [409, 'This message is being sent or was sent'],
  'too-large': [413, 'The request is too large'],
  unavailable: [503, 'The database does not answer'],
  internal: [500, 'The gateway failed'],
} as const satisfies Record<string, readonly [number, string]>

export type ProblemCode = keyof typeof CATALOGUE

/** Thrown by handlers; answered as `application/problem+json`. */
export class Problem extends Error {
  readonly code: ProblemCode
  readonly extra: Record<string, unknown>

  constructor(code: ProblemCode, extra: Record<string, unknown> = {}) {
    super(code)
    this.code = code
    this.extra = extra
  }

  get status(): number {
    return CATALOGUE[this.code][0]
  }

  toJSON(): Record<string, unknown> {
    const [status, title] = CATALOGUE[this.code]
    return { type: 'about:blank', title, status, code: this.code, ...this.extra }
  }
}
