import { expect, type Page, test } from '@playwright/test';
import { open, settled } from '../support/console.ts';

// The browser without windows asks nobody for a microphone: it refuses, whatever was granted.
test.use({
  launchOptions: async ({ launchOptions }, use) =>
    use({ ...launchOptions, executablePath: process.env.RECADO_CHROMIUM ?? '/usr/bin/chromium' }),
});

/** What begins like this is Matroska, and so WebM. */
const EBML = [0x1a, 0x45, 0xdf, 0xa3];

const openBruno = async (page: Page) => {
  await open(page, '/conversations');
  await settled(page);
  await page
    .getByTestId(/^conversation-/)
    .filter({ hasText: 'Bruno Maidana' })
    .click();
  await page.getByTestId('reply-text').waitFor();
};

test('a voice note is recorded, heard and sent without the mouse, and plays where it stands', async ({ page, context }) => {
  await context.grantPermissions(['microphone']);
  // The browser shows its bytes to nobody outside of the page.
  await page.addInitScript(() => {
    const send = window.fetch.bind(window);
    window.fetch = async (asked, how) => {
      const request = new Request(asked, how);
      if (request.url.endsWith('/media')) {
        const bytes = new Uint8Array(await request.clone().arrayBuffer());
        Object.assign(window, { uploaded: [...bytes.subarray(0, 4)] });
      }
      return send(request);
    };
  });
  await openBruno(page);
  await page.getByTestId('reply-text').fill('Lo que empecé a escribir');
  await page.getByTestId('voice-record').focus();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('voice-stop')).toBeFocused();
  await expect(page.getByRole('timer')).toContainText('0:01');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('voice-mine')).toHaveAttribute('src', /^blob:/);
  await expect(page.getByTestId('reply-send')).toBeFocused();

  await page.keyboard.press('Enter');
  await expect.poll(() => page.evaluate(() => (window as unknown as { uploaded?: number[] }).uploaded)).toEqual(EBML);
  const sent = page.getByTestId('sent').last();
  await expect(sent.getByTestId('listen')).toContainText('0:02');
  await expect(page.getByTestId('reply-text')).toHaveValue('Lo que empecé a escribir');
  await sent.getByTestId('listen').click();
  await expect(sent.getByTestId('voice')).toHaveAttribute('src', /^blob:/);
});

test('Escape throws a recording away, and the microphone is closed', async ({ page, context }) => {
  await context.grantPermissions(['microphone']);
  await page.addInitScript(() => {
    const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = async (wanted) => {
      const stream = await ask(wanted);
      Object.assign(window, { heard: stream });
      return stream;
    };
  });
  await openBruno(page);
  await page.getByTestId('voice-record').click();
  await expect(page.getByTestId('voice-stop')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('voice-note')).toHaveCount(0);
  await expect(page.getByTestId('voice-record')).toBeFocused();
  await expect
    .poll(() => page.evaluate(() => (window as unknown as { heard: MediaStream }).heard.getTracks().map(({ readyState }) => readyState)))
    .toEqual(['ended']);
});

test('whoever refuses the microphone is told what to do', async ({ page, context }) => {
  await context.clearPermissions();
  await openBruno(page);
  await page.getByTestId('voice-record').click();
  await expect(page.getByRole('alert').filter({ hasText: 'El navegador no deja usar el micrófono' })).toBeVisible();
  await expect(page.getByTestId('reply-text')).toBeVisible();
});

test('an answer to a picture shows which one', async ({ page }) => {
  await open(page, '/conversations');
  await settled(page);
  await page
    .getByTestId(/^conversation-/)
    .filter({ hasText: 'Rosa Benítez' })
    .click();
  const picture = page.getByTestId(/^inbound-/).filter({ has: page.locator('img') });
  await picture.first().hover();
  await picture.first().getByTestId('quote').click();
  await expect(page.getByTestId('quoting')).toContainText('Foto');
  await expect(page.getByTestId('quoting').getByTestId('quoted-picture')).toBeVisible();
  await page.getByTestId('reply-text').fill('Se ve muy bien');
  await page.keyboard.press('Control+Enter');
  const line = page.getByTestId('sent').filter({ hasText: 'Se ve muy bien' }).getByTestId('quote-line');
  await expect(line).toContainText('Foto');
  await expect(line.getByTestId('quoted-picture')).toBeVisible();
});
