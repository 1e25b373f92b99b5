import { expect, type Page, test } from '@playwright/test';
import { expectAccessible } from '../support/axe.ts';
import { answer, CLINIC, chat, link, newWindow, type Patient, signIn, simulator, simulatorToken, stranger } from './support.ts';

/** Two people of reception answer one patient together, on the whole system: photo, ticket, notes, and the clinic's own phone. */

/** A red square of eight by eight. */
const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEUlEQVR42mM4oKCAFTEMLQkAKj9AAQUJSn0AAAAASUVORK5CYII=',
  'base64',
);

async function admin(phones: Page, path: string, data: unknown) {
  const done = await phones.request.post(`${simulator}/admin/${path}`, { headers: { authorization: `Bearer ${simulatorToken}` }, data });
  expect(done.ok(), await done.text()).toBe(true);
  return (await done.json()) as { mediaId?: string };
}

async function writesWithPhoto(phones: Page, { given, family, phone }: Patient, text: string) {
  const chosen = await phones.request.post(`${simulator}/admin/media`, {
    headers: { authorization: `Bearer ${simulatorToken}`, 'content-type': 'image/png' },
    data: PICTURE,
  });
  const { mediaId } = (await chosen.json()) as { mediaId: string };
  await admin(phones, `contacts/${phone.slice(1)}/send`, {
    to: CLINIC.phone,
    kind: 'image',
    text,
    mediaId,
    name: `${given} ${family}`,
  });
}

test('two agents, a patient with a photo, and the clinic’s own phone are one conversation', async ({ browser }) => {
  const marcela = await newWindow(browser);
  const valentina = await newWindow(browser);
  const phones = await newWindow(browser);
  const teresa = stranger('Teresa', 'Quinto');
  const row = (page: Page) => page.locator('[data-testid^="conversation-"]', { hasText: teresa.family });

  await test.step('both sign in, and the line is linked', async () => {
    await signIn(marcela, CLINIC.receptionist);
    await signIn(valentina, CLINIC.owner);
    await link(marcela, phones);
    for (const page of [marcela, valentina]) await page.goto(`/c/${CLINIC.alias}/conversations`);
  });

  await test.step('a stranger sends a photo, which both see without a reload', async () => {
    await writesWithPhoto(phones, teresa, 'Se me rompieron los lentes');
    for (const page of [marcela, valentina]) await expect(row(page)).toContainText('Se me rompieron');
    await row(marcela).click();
    await expect(marcela.getByTestId('thread').locator('img').first()).toBeVisible({ timeout: 30_000 });
  });

  await test.step('one takes it, and the other sees who', async () => {
    await marcela.getByTestId('assign').click();
    await marcela.getByTestId('take').click();
    await expect(marcela.getByTestId('assign')).toContainText(/Tú|Vos/);
    await expect(row(valentina)).toContainText('Marcela');
  });

  await test.step('a ticket holds the photo, and the patient reads that it was received', async () => {
    await marcela.getByTestId('more').click();
    await marcela.getByTestId('open-ticket').click();
    await expect(marcela.getByTestId('ticket-gallery').getByRole('img')).toHaveCount(1);
    await marcela.getByTestId('ticket-category').selectOption('order');
    await expect(marcela.getByTestId('ticket-category')).toHaveValue('order');
    await marcela.getByTestId('ticket-acknowledge').click();
    await expect(chat(phones, teresa)).toContainText('Recibimos tu pedido');
    await expectAccessible(marcela);
  });

  await test.step('a note reaches the colleague and never the patient', async () => {
    await marcela.getByTestId('tab-note').click();
    await marcela.getByTestId('reply-text').fill('Tiene garantía hasta marzo');
    await marcela.getByTestId('reply-send').click();
    await row(valentina).click();
    await expect(valentina.getByTestId('thread')).toContainText('Tiene garantía hasta marzo');
    await expect(chat(phones, teresa)).not.toContainText('garantía');
  });

  await test.step('whoever is written before them is seen first, and one answer reaches the patient', async () => {
    await marcela.getByTestId('tab-reply').click();
    await marcela.getByTestId('reply-text').fill('Tráelos hoy, por favor');
    await expect(valentina.getByTestId('typing')).toContainText('Marcela');
    await marcela.getByTestId('reply-send').click();
    await expect(chat(phones, teresa)).toContainText('Tráelos hoy, por favor');
    await expect(valentina.getByTestId('thread')).toContainText('Tráelos hoy, por favor');
    await expect(marcela.getByTestId('ticket-state')).toHaveValue('in-progress');
  });

  await test.step('an answer from the clinic’s own phone stands in the thread and ends the wait', async () => {
    await answer(phones, teresa, '¿Hasta qué hora están?');
    await expect(row(marcela)).toContainText('¿Hasta qué hora');
    await admin(phones, `phones/${CLINIC.phone.slice(1)}/send`, { to: teresa.phone, text: 'Hasta las 18' });
    await expect(marcela.getByTestId('thread')).toContainText('Hasta las 18');
    const waiting = new RegExp(`Te toca a (ti|vos)[\\s\\S]*${teresa.family}[\\s\\S]*Le toca al paciente`);
    await expect(marcela.getByTestId('conversations')).not.toContainText(waiting);
  });

  await test.step('it is resolved for both, and found again by its words', async () => {
    await marcela.getByTestId('ticket-state').selectOption('closed');
    await expect(marcela.getByTestId('ticket-bar')).toBeHidden();
    await marcela.getByTestId('resolve').click();
    await expect(marcela.getByTestId('resolve')).toContainText('Reabrir');
    await expect(row(valentina)).toHaveCount(0);
    await valentina.getByTestId('inbox-search').fill('lentes rompieron');
    await expect(valentina.getByTestId('found').getByRole('link', { name: teresa.family })).toBeVisible();
  });
});
