import { z } from 'zod'
import { QUOTED_KINDS } from '../commands/payload.ts'
import { MAX_MEDIA_BYTES } from '../media/media-store.ts'
import { Problem } from './problems.ts'

const MAX_TEXT = 65_536

const identifier = z.string().regex(/^[A-Za-z0-9_-]{1,100}$/)

const storable = (text: string): boolean => !text.includes('\0') && text.isWellFormed()

export const LinePath = z.strictObject({ lineId: z.guid().transform((id) => id.toLowerCase()) })
export const CommandPath = z.strictObject({ ...LinePath.shape, messageId: identifier })

const phone = z.string().regex(/^\+[1-9]\d{6,14}$/, 'must be an E.164 phone')

export const StartBody = z.strictObject({
  organizationId: z.guid().transform((id) => id.toLowerCase()),
  replacePhone: z.boolean().default(false),
})

export const PairingCodeBody = z.strictObject({ phone })

const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text))

export const DueBody = z.strictObject({
  items: z
    .array(z.strictObject({ lineId: z.guid().transform((id) => id.toLowerCase()), dueAt: instant }))
    .max(5000),
})

export const SettingsBody = z.strictObject({ typing: z.boolean() })

const kept = (max: number) =>
  z.string().min(1).max(max).refine(storable, 'holds characters that cannot be stored')

const media = z.strictObject({
  key: kept(300),
  contentType: z.string().regex(/^[\w.+-]{1,60}\/[\w.+-]{1,100}$/, 'must be a media type'),
  size: z.int().min(1).max(MAX_MEDIA_BYTES),
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'must be a lower-case SHA-256'),
})

const MAX_CAPTION = 1024
const MAX_NAME = 255

const MAX_EMOJI = 16
const MAX_SECONDS = 3600

const quoted = z.strictObject({
  id: identifier,
  fromMe: z.boolean(),
  kind: z.enum(QUOTED_KINDS).optional(),
  text: kept(MAX_TEXT).optional(),
})

const lid = z.string().regex(/^\d{5,20}$/, 'must be the digits of a LID')
const recipient = { to: phone.optional(), lid: lid.optional() }

const contents = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('text'),
    ...recipient,
    text: kept(MAX_TEXT),
    quoting: quoted.optional(),
  }),
  z.strictObject({ kind: z.literal('image'), ...recipient, media, text: kept(MAX_CAPTION).optional() }),
  z.strictObject({
    kind: z.literal('document'),
    ...recipient,
    media,
    fileName: kept(MAX_NAME),
    text: kept(MAX_CAPTION).optional(),
  }),
  z.strictObject({ kind: z.literal('voice'), ...recipient, media, seconds: z.int().min(1).max(MAX_SECONDS) }),
  z.strictObject({
    kind: z.literal('location'),
    ...recipient,
    latitude: z.number().min(-90).max(90),
    longitude: z.number().min(-180).max(180),
    name: kept(MAX_NAME).optional(),
    address: kept(MAX_CAPTION).optional(),
  }),
  z.strictObject({
    kind: z.literal('contact'),
    ...recipient,
    contact: z.strictObject({ name: kept(MAX_NAME), phones: z.array(phone).min(1).max(10) }),
  }),
  z.strictObject({
    kind: z.literal('reaction'),
    ...recipient,
    target: quoted,
    text: z.string().max(MAX_EMOJI).refine(storable, 'holds characters that cannot be stored'),
  }),
])

const payload = contents.transform((given, context) => {
  if (given.to !== undefined) return { ...given, to: given.to }
  if (given.lid !== undefined) return { ...given, to: undefined, lid: given.lid }
  context.addIssue({ code: 'custom', path: ['to'], message: 'to, lid, or both are needed' })
  return z.NEVER
})

export const CommandBody = z.strictObject({
  providerMessageId: identifier,
  payload,
  hash: z.string().regex(/^[0-9a-f]{64}$/, 'must be a lower-case SHA-256'),
  notAfter: instant,
})

/** Reads a request part; a problem names the fields that are wrong, never their values. */
export function parsed<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const errors = result.error.issues.map(({ path, message, code }) => ({
    pointer: `/${path.map(String).join('/')}`,
    code,
    detail: message,
  }))
  throw new Problem('invalid-request', { errors })
}
