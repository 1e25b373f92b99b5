import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { createInterface } from 'node:readline'

const running = new Set<ChildProcess>()

// A test that timed out may have started one after its world was closed.
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

/** A script that is told to end takes what it started with it; the test runner does so by itself. */
export function endTogether(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(130))
}

/** A process of ours, started as in production: its own Node, its own environment. */
export class Child {
  readonly process: ChildProcess
  readonly output: string[] = []
  readonly exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>

  constructor(script: string, environment: NodeJS.ProcessEnv) {
    this.process = spawn(process.execPath, [...flagsFor(script), script], {
      // What Node compiled for the last one is kept where ./dev says.
      env: { PATH: process.env.PATH, NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    running.add(this.process)
    for (const stream of [this.process.stdout, this.process.stderr]) {
      if (stream) createInterface({ input: stream }).on('line', (line) => this.output.push(line))
    }
    this.exited = new Promise((resolve) =>
      this.process.once('exit', (code, signal) => resolve({ code, signal })),
    )
  }

  get running(): boolean {
    return this.process.exitCode === null && this.process.signalCode === null
  }

  async end(signal: NodeJS.Signals): Promise<void> {
    if (this.running) this.process.kill(signal)
    await this.exited
  }

  /** Waits for a line of output. Fails when the process ends first. */
  async says(pattern: RegExp): Promise<RegExpExecArray> {
    const deadline = Date.now() + 20_000
    for (;;) {
      for (const line of this.output) {
        const found = pattern.exec(line)
        if (found) return found
      }
      if (!this.running || Date.now() > deadline) throw new Error(`not ready:\n${this.output.join('\n')}`)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
}

/** The settings of Node with which the script's own package starts it. */
function flagsFor(script: string): string[] {
  const home = join(dirname(script), '..')
  const { scripts } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as {
    scripts: { start?: string }
  }
  const [, ...words] = scripts.start?.split(' ') ?? []
  return words.at(-1) === relative(home, script) ? words.slice(0, -1) : []
}
