/** An object of the media store that the backend put there. */
export interface MediaRef {
  /** `{organizationId}/{yyyy}/{mm}/{uuid}` */
  key: string
  contentType: string
  /** Bytes, at most 16,000,000. */
  size: number
  /** Lower-case hexadecimal, of the content. */
  sha256: string
}

/** Whom a message is for: by phone (E.164), by hidden identifier (digits), or both, which are then one person's. */
export type Recipient = { to: string; lid?: string } | { to?: undefined; lid: string }

/** What a quoted message is, where it is more than words. */
export const QUOTED_KINDS = ['image', 'video', 'audio', 'document', 'sticker', 'location', 'contact'] as const

/**
 * A message that another one answers or reacts to; `text` is what phones show above an answer, `kind` which sign they put
 * beside it.
 */
export interface Quoted {
  id: string
  fromMe: boolean
  kind?: (typeof QUOTED_KINDS)[number]
  text?: string
}

/** What one command sends; `text` of an image or a document is its caption, that of a reaction one emoji or nothing. */
export type Payload = Recipient &
  (
    | { kind: 'text'; text: string; quoting?: Quoted }
    | { kind: 'image'; media: MediaRef; text?: string }
    | { kind: 'document'; media: MediaRef; fileName: string; text?: string }
    | { kind: 'voice'; media: MediaRef; seconds: number }
    | { kind: 'location'; latitude: number; longitude: number; name?: string; address?: string }
    | { kind: 'contact'; contact: { name: string; phones: string[] } }
    | { kind: 'reaction'; target: Quoted; text: string }
  )

/** The object a payload needs from the media store, or null. */
export const mediaOf = (payload: Payload): MediaRef | null => ('media' in payload ? payload.media : null)

/** What a person would type for it; the length of its typing. */
export const typedText = (payload: Payload): string =>
  'text' in payload && payload.kind !== 'reaction' ? (payload.text ?? '') : ''
