import { createReadStream } from 'node:fs'
import { fileTypeFromFile } from 'file-type'

const OFFICE = [
  'application/pdf',
  'application/rtf',
  'application/vnd.oasis.opendocument.text',
  'application/vnd.oasis.opendocument.spreadsheet',
  'application/vnd.oasis.opendocument.presentation',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation',
]
/** Older office formats share one container, so only the sender can say which one it is. */
const COMPOUND = 'application/x-cfb'
const IN_COMPOUND = ['application/msword', 'application/vnd.ms-excel', 'application/vnd.ms-powerpoint']
/** A picture that can hold scripts. */
const ACTIVE = ['image/svg+xml']

/**
 * What a file is, by its content.
 * @param claimed what its sender says it is
 * @returns the media type and whether files of that type are kept; a type that cannot be told is not
 */
export async function recognised(
  path: string,
  claimed: string | null,
): Promise<{ contentType: string | null; kept: boolean }> {
  const found = (await fileTypeFromFile(path))?.mime.split(';')[0] ?? null
  if (found === null) {
    return (await isWords(path))
      ? { contentType: 'text/plain', kept: true }
      : { contentType: null, kept: false }
  }
  if (found === COMPOUND && claimed !== null && IN_COMPOUND.includes(claimed)) {
    return { contentType: claimed, kept: true }
  }
  const kept = /^(image|audio|video)\//.test(found) || OFFICE.includes(found)
  return { contentType: found, kept: kept && !ACTIVE.includes(found) }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/
const BEGINNING = /^[\s\ufeff]*(\S)/

/** Valid UTF-8 from end to end, with nothing but characters, tabs and line ends, that does not begin as markup. */
async function isWords(path: string): Promise<boolean> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let begun = false
  try {
    for await (const chunk of createReadStream(path)) {
      const text = decoder.decode(chunk as Buffer, { stream: true })
      if (CONTROL.test(text)) return false
      if (begun) continue
      const first = BEGINNING.exec(text)?.[1]
      if (first === '<') return false
      begun = first !== undefined
    }
    return begun && decoder.decode() === ''
  } catch (error) {
    if (error instanceof TypeError) return false
    throw error
  }
}
