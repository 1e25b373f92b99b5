// Prints the slowest tests of the last run: classes of Java, files of Vitest, tests of Playwright.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const wanted = Number(process.argv[2] ?? 10)
/** @type {{ seconds: number, name: string }[]} */
const tests = []

function texts(folder, pattern) {
  return existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => pattern.test(name))
        .map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }))
    : []
}

for (const module of ['devstack', 'backend', 'installation']) {
  for (const { text } of texts(join(root, module, 'target/surefire-reports'), /^TEST-.*\.xml$/)) {
    const suite = /<testsuite\b[^>]*>/.exec(text)?.[0] ?? ''
    const name = /\bname="([^"]*)"/.exec(suite)?.[1]
    const time = /\btime="([^"]*)"/.exec(suite)?.[1]
    if (name && time) tests.push({ seconds: Number(time.replaceAll(',', '')), name })
  }
}

const UNITS = { ms: 0.001, s: 1, m: 60 }
const seconds = (number, unit) => Number(number) * UNITS[unit]
const VITEST = /^\s*[✓❯×]\s+(\S+\.test\.tsx?)\s+\(.*\)\s+([\d.]+)\s*(ms|s|m)/
const PLAYWRIGHT = /^\s*[✓✘]\s+\d+\s+\[\w+\] › (.*) \(([\d.]+)(ms|s|m)\)$/
for (const { name: log, text } of texts(join(root, '.recado/build'), /^test-.*\.log$/)) {
  const where = /^test-([a-z]+)/.exec(log)?.[1] ?? ''
  for (const line of text.split('\n')) {
    const file = VITEST.exec(line)
    if (file) tests.push({ seconds: seconds(file[2], file[3]), name: `${where}: ${file[1]}` })
    const page = PLAYWRIGHT.exec(line)
    if (page) tests.push({ seconds: seconds(page[2], page[3]), name: page[1] })
  }
}

tests.sort((a, b) => b.seconds - a.seconds)
console.log(`The ${Math.min(wanted, tests.length)} slowest of ${tests.length}; a class of Java includes its application context:`)
for (const { seconds, name } of tests.slice(0, wanted)) {
  console.log(`  ${seconds.toFixed(1).padStart(7)} s  ${name}`)
}
