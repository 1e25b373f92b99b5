import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { type Browser, chromium, type Page } from 'playwright-core'
import QRCode from 'qrcode'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Simulator, startSimulator } from '../src/http/server.ts'
import { Device } from './support/device.ts'

const TOKEN = 'a-token-for-the-page-tests'
const CLINIC = '+5491155550100'
const ANA = '+5492211234567'
const EXECUTABLE = process.env.RECADO_CHROMIUM ?? '/usr/bin/chromium'
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
]

describe('the page of the simulated phones', () => {
  let simulator: Simulator
  let browser: Browser
  let page: Page
  let device: Device
  let folder: string

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'recado-simulator-'))
    simulator = await startSimulator({ port: 0, token: TOKEN, dataFolder: null })
    device = new Device(`ws://127.0.0.1:${simulator.port}/ws/chat`)
    browser = await chromium.launch({ executablePath: EXECUTABLE, args: FLAGS })
    page = await (await browser.newContext({ viewport: { width: 1366, height: 900 } })).newPage()
    page.setDefaultTimeout(8_000)
    await page.goto(`http://127.0.0.1:${simulator.port}/?token=${TOKEN}`)
  })
  afterAll(async () => {
    device.stop()
    await browser.close()
    await simulator.close()
    await rm(folder, { recursive: true, force: true })
  })

  const screenshotOf = async (code: string): Promise<string> => {
    const file = join(folder, 'screenshot.png')
    await writeFile(file, await QRCode.toBuffer(code, { scale: 5, margin: 4 }))
    return file
  }

  const accessible = async (): Promise<void> => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      const { violations } = await new AxeBuilder({ page }).analyze()
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
    }
  }

  it('keeps the token out of the address', () => {
    expect(page.url()).toBe(`http://127.0.0.1:${simulator.port}/`)
  })

  it('links a device from a screenshot of its QR code', async () => {
    const code = await device.start()
    await page.getByTestId('scan-file').setInputFiles(await screenshotOf(code))
    await page.getByText(`Vinculado: ${CLINIC}`).waitFor()
    expect(await device.open()).toContain(CLINIC.slice(1))
    await page.getByText('conectado', { exact: true }).waitFor()
  })

  it('says so when an image shows no code and when a code has expired', async () => {
    const blank = await browser.newPage()
    const empty = join(folder, 'empty.png')
    await blank.screenshot({ path: empty })
    await blank.close()
    await page.getByTestId('scan-file').setInputFiles(empty)
    await page.getByText('No se ve ningún código QR en la imagen.').waitFor()
    await page.getByTestId('scan-text').fill('2@old,AAAA,BBBB,CCCC')
    await page.getByTestId('scan-submit').click()
    await page.getByText('Ese código venció. Pedí uno nuevo en Recado.').waitFor()
  })

  it('takes the eight-letter code, and says so when it is another one', async () => {
    const phone = '+5491155550177'
    const waiting = new Device(`ws://127.0.0.1:${simulator.port}/ws/chat`)
    const enters = async (code: string) => {
      await page.getByTestId('scan-phone').fill(phone)
      await page.getByTestId('code-text').fill(code)
      await page.getByTestId('code-submit').click()
    }
    await enters('ABCD-1234')
    await page.getByText('Ningún dispositivo espera un código de este número. Pedilo en Recado.').waitFor()
    await waiting.start()
    const code = await waiting.pairingCode(phone)
    await enters(`${code.slice(0, 4)}-${code.slice(4).toLowerCase()}`)
    await page.getByText(`Vinculado: ${phone}`).waitFor()
    expect(await waiting.open()).toContain(phone.slice(1))
    waiting.stop()
    await page.getByTestId('scan-phone').fill(CLINIC)
  })

  it('shows what a patient received, answers, and ticks the answer', async () => {
    await device.send(ANA, 'Su turno es mañana a las 10')
    const chat = page.getByTestId(`chat-${ANA.slice(1)}`)
    await chat.getByText('Su turno es mañana a las 10').waitFor()
    await chat.getByRole('button', { name: /Responder a este mensaje/ }).click()
    await page.getByTestId(`reply-${ANA.slice(1)}`).fill('Sí, voy')
    await page.getByTestId(`send-${ANA.slice(1)}`).click()
    const answer = await device.receives('Sí, voy')
    expect(answer.quoted).toBe(device.lastSentId)
    await chat.getByRole('img', { name: 'entregado' }).waitFor()
    await accessible()
  })

  it('shows a picture the clinic sent, and sends everything a patient may', async () => {
    const chat = page.getByTestId(`chat-${ANA.slice(1)}`)
    await device.sendImage(ANA, 'Cómo llegar')
    await chat.getByRole('img', { name: 'Cómo llegar' }).waitFor()
    const width = () => page.evaluate("document.querySelector('.picture').naturalWidth")
    await expect.poll(width).toBeGreaterThan(0)
    await chat.getByText('Enviar otra cosa').click()
    const sends = async (kind: string, ...fields: string[]) => {
      await chat.getByLabel('Qué enviar').selectOption(kind)
      for (const [index, value] of fields.entries()) await chat.locator('.more .text').nth(index).fill(value)
      await chat.locator('.send-more').click()
    }
    await chat.getByLabel('Archivo').setInputFiles(join(folder, 'screenshot.png'))
    await chat.locator('.send-more').click()
    await device.receivesKind('imageMessage')
    await sends('location', '-34.6', '-58.4')
    await device.receivesKind('locationMessage')
    await sends('contacts', 'Mamá', '+5492211111111')
    await device.receivesKind('contactMessage')
    await sends('button', 'Confirmo', 'yes')
    await device.receivesKind('buttonsResponseMessage')
    await sends('list', 'A las 10', 'slot-10')
    await device.receivesKind('listResponseMessage')
    await sends('reaction', '👍')
    await device.receivesKind('reactionMessage')
    await sends('edit', 'Mejor no')
    await chat.locator('.bubble .note', { hasText: 'Edición del último' }).waitFor()
    await accessible()
  })

  it('can be used in English, in Portuguese and on a phone', async () => {
    await page.setViewportSize({ width: 390, height: 844 })
    await page.getByRole('button', { name: 'English' }).click()
    await page.getByRole('heading', { name: "Patients' phones" }).waitFor()
    await page.getByRole('button', { name: 'Português' }).click()
    await page.getByRole('heading', { name: 'Telefones dos pacientes' }).waitFor()
    expect(await page.evaluate('document.documentElement.lang')).toBe('pt-BR')
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390)
    await page.getByTestId('add-phone').fill('+5491100000001')
    await page.getByTestId('add-submit').click()
    await page.getByTestId('chat-5491100000001').waitFor()
    await accessible()
    if (process.env.RECADO_SCREENSHOTS) await pictures(page, process.env.RECADO_SCREENSHOTS)
  })
})

async function pictures(page: Page, folder: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    for (const width of [390, 1366]) {
      await page.setViewportSize({ width, height: 900 })
      await page.screenshot({ path: join(folder, `simulator-${colorScheme}-${width}.png`), fullPage: true })
    }
  }
}
