import { readConfig } from './config.ts'
import { startSimulator } from './http/server.ts'

const say = (text: string): void => {
  process.stdout.write(`${text}\n`)
}

try {
  const simulator = await startSimulator(readConfig(process.env))
  say(`simulated WhatsApp network on ws://127.0.0.1:${simulator.port}/ws/chat`)
  const stop = async (): Promise<void> => {
    await simulator.close()
    process.exit(0)
  }
  process.once('SIGTERM', () => void stop())
  process.once('SIGINT', () => void stop())
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`)
  process.exit(1)
}
