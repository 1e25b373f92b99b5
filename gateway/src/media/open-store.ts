import { FolderStore } from './folder-store.ts'
import type { MediaStore } from './media-store.ts'
import { type S3Settings, S3Store } from './s3-store.ts'

/** Where media is kept: a folder, or a bucket. */
export type MediaSettings = { folder: string } | S3Settings

export function openStore(settings: MediaSettings | null): MediaStore | null {
  if (settings === null) return null
  return 'folder' in settings ? new FolderStore(settings.folder) : new S3Store(settings)
}
