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
  if (found === null) return { contentType: null, kept: false }
  if (found === COMPOUND && claimed !== null && IN_COMPOUND.includes(claimed)) {
    return { contentType: claimed, kept: true }
  }
  const kept = /^(image|audio|video)\//.test(found) || OFFICE.includes(found)
  return { contentType: found, kept: kept && !ACTIVE.includes(found) }
}
