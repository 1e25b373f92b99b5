import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'

const FOLDER = join(import.meta.dirname, '..', 'page')
const TYPES = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
} as const

/** The page's files by path; nothing outside this list is ever read. */
const FILES: Record<string, string> = {
  '/': join(FOLDER, 'index.html'),
  '/page.css': join(FOLDER, 'page.css'),
  '/page.js': join(FOLDER, 'page.js'),
  '/chats.js': join(FOLDER, 'chats.js'),
  '/dom.js': join(FOLDER, 'dom.js'),
  '/contents.js': join(FOLDER, 'contents.js'),
  '/more.js': join(FOLDER, 'more.js'),
  '/scanner.js': join(FOLDER, 'scanner.js'),
  '/words.js': join(FOLDER, 'words.js'),
  '/api.js': join(FOLDER, 'api.js'),
  '/icon.svg': join(FOLDER, 'icon.svg'),
  '/jsqr.js': createRequire(import.meta.url).resolve('jsqr'),
}

export async function page(path: string): Promise<{ type: string; content: Buffer } | undefined> {
  const file = FILES[path]
  if (!file) return undefined
  const extension = file.slice(file.lastIndexOf('.') + 1) as keyof typeof TYPES
  return { type: TYPES[extension], content: await readFile(file) }
}
