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

/** What one command sends. `to` is E.164; `text` of an image or a document is its caption. */
export type Payload =
  | { kind: 'text'; to: string; text: string }
  | { kind: 'image'; to: string; media: MediaRef; text?: string }
  | { kind: 'document'; to: string; media: MediaRef; fileName: string; text?: string }
  | { kind: 'location'; to: string; latitude: number; longitude: number; name?: string; address?: string }
  | { kind: 'contact'; to: string; contact: { name: string; phones: string[] } }

/** The object a payload needs from the media store, or null. */
export const mediaOf = (payload: Payload): MediaRef | null => ('media' in payload ? payload.media : null)

/** What a person would type for it; the length of its typing. */
export const typedText = (payload: Payload): string => ('text' in payload ? (payload.text ?? '') : '')
