import type { Upload } from '../src/api/types.ts';
import { newId } from './made.ts';

const uploads = new Map<string, Upload>();

/** Told by its first bytes, as the server does: what browsers record begins like Matroska. Everything else is a PDF here. */
export function uploaded(text: string): Upload {
  const voice = text.startsWith('\x1aE');
  const upload = {
    id: newId(),
    contentType: voice ? 'audio/ogg' : 'application/pdf',
    size: text.length,
    seconds: voice ? 2 : null,
  };
  uploads.set(upload.id, upload);
  return upload;
}

/** What goes with a message; null for nothing that was uploaded. */
export const uploadOf = (id: string): Omit<Upload, 'id'> | null => {
  const { contentType, size, seconds } = uploads.get(id) ?? {};
  return contentType === undefined || size === undefined ? null : { contentType, size, seconds: seconds ?? null };
};
