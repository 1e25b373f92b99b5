import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { environment } from '../src/config.ts'

const PAGE = fileURLToPath(new URL('../../docs/configuration.md', import.meta.url))
const SECTION = /(<!-- gateway: begin -->\n)[\s\S]*(<!-- gateway: end -->)/

/** One row a variable: its name, what happens without it, its meaning. */
function rows(): string {
  const lines = Object.entries(environment.shape).map(([name, schema]) => {
    const unset = schema.safeParse(undefined)
    const shown = unset.success ? standard(name, unset.data) : '**required**'
    return `| \`${name}\` | ${shown} | ${schema.description} |`
  })
  return ['| variable | default | meaning |', '|---|---|---|', ...lines, ''].join('\n')
}

function standard(name: string, value: unknown): string {
  if (value === undefined || String(value) === '') return ''
  return `\`${name.endsWith('_SECONDS') ? Number(value) / 1000 : value}\``
}

describe('docs/configuration.md', () => {
  it('says of every setting of the gateway what it means and what holds without it', () => {
    expect(Object.values(environment.shape).every((schema) => schema.description)).toBe(true)
    const page = readFileSync(PAGE, 'utf8')
    const wanted = page.replace(SECTION, (_, begin, end) => `${begin}${rows()}${end}`)
    if (process.env.REGENERATE_DOCUMENTS === 'yes') writeFileSync(PAGE, wanted)
    else expect(page).toBe(wanted)
  })
})
