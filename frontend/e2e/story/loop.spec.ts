import { expect, test } from '@playwright/test';
import { expectAccessible } from '../support/axe.ts';
import { answer, book, CLINIC, chat, comingDay, link, logged, marks, newcomer, newWindow, OTHER, signIn, stranger } from './support.ts';

/**
 * The story the README tells, on the whole system: a clinic links its number, books a visit, the patient answers on
 * WhatsApp and the agenda changes before the receptionist's eyes. Meanwhile another clinic sees nothing of it.
 */

test('a patient confirms on WhatsApp and the agenda changes before the receptionist’s eyes', async ({ browser }) => {
  const desk = await newWindow(browser);
  const phones = await newWindow(browser);
  const neighbour = await newWindow(browser);
  const ana = newcomer(0);
  const leo = stranger('Leónidas', 'Segura');
  const asked: string[] = [];
  const traces: [begun: string | undefined, served: string | undefined][] = [];
  desk.on('request', (request) => asked.push(request.url()));
  desk.on('response', (response) => {
    const begun = response.request().headers().traceparent?.split('-')[1];
    if (begun) traces.push([begun, response.headers()['recado-trace-id']]);
  });

  await test.step('two people of two clinics sign in', async () => {
    await signIn(desk, CLINIC.receptionist);
    await expect(desk.getByTestId('org-switcher')).toContainText('Almendros');
    await signIn(neighbour, OTHER.receptionist);
    await expect(neighbour.getByTestId('org-switcher')).not.toContainText('Almendros');
  });

  await test.step('the clinic links its number by QR code', async () => {
    await link(desk, phones);
  });

  await test.step('a visit is booked and its patient reads the confirmation', async () => {
    await desk.goto(`/c/${CLINIC.alias}/agenda?date=${comingDay()}`);
    await book(desk, ana, '10:00');
    await expect(chat(phones, ana)).toContainText(ana.given);
    await expect(desk.locator('[data-testid^="appointment-"]', { hasText: ana.family })).toBeVisible();
  });

  const card = desk.locator('[data-testid^="appointment-"]', { hasText: ana.family });

  await test.step('the patient answers 1 and the open agenda shows it without a reload', async () => {
    await desk.evaluate(() => Object.assign(window, { notReloaded: true }));
    await answer(phones, ana, '1');
    await expect(card).toContainText('Confirmada');
    expect(await desk.evaluate(() => 'notReloaded' in window)).toBe(true);
    await expectAccessible(desk);
  });

  await test.step('somebody who cannot come is left to the staff, who see the answer', async () => {
    await book(desk, leo, '12:00');
    await expect(chat(phones, leo)).toContainText(leo.given);
    await answer(phones, leo, 'No');
    await expect(desk.locator('[data-testid^="appointment-"]', { hasText: leo.family })).toContainText('No puede');
    await desk.goto(`/c/${CLINIC.alias}/conversations`);
    await desk.locator('[data-testid^="conversation-"]', { hasText: leo.family }).first().click();
    await expect(desk.locator('[data-testid^="inbound-"]', { hasText: 'No' }).first()).toBeVisible();
    await expectAccessible(desk);
  });

  await test.step('who writes BAJA gets no more messages, and the console says so', async () => {
    await answer(phones, leo, 'BAJA');
    await desk.goto(`/c/${CLINIC.alias}/patients`);
    await desk.getByTestId('patients-filter').fill(`${leo.given} ${leo.family}`);
    await desk.locator('[data-testid^="patient-"]', { hasText: leo.family }).first().click();
    await expect(desk.getByText(/Pidió no recibir más/).first()).toBeVisible({ timeout: 20_000 });
  });

  await test.step('the delivery log holds each step of the message', async () => {
    await desk.goto(`/c/${CLINIC.alias}/messages`);
    // The reminder stands there too, planned for the day before.
    const confirmation = desk.locator('[data-testid^="message-"]', { hasText: ana.family }).filter({ hasText: 'Entregado' }).first();
    await confirmation.click();
    for (const step of ['Enviado', 'Entregado']) await expect(desk.getByText(step).first()).toBeVisible();
    await expectAccessible(desk);
  });

  await test.step('the visit is cancelled, which its patient reads', async () => {
    await desk.goto(`/c/${CLINIC.alias}/agenda?date=${comingDay()}`);
    await card.click();
    await desk.getByTestId('visit-cancel').click();
    await desk.getByTestId('cancel-submit').click();
    await expect(chat(phones, ana)).toContainText('no podremos recibirte');
  });

  await test.step('nobody’s name, phone or words stand in an address, in the browser’s storage or in a log', async () => {
    const kept = await desk.evaluate(async () => {
      const databases = (await indexedDB.databases()).map(({ name }) => name);
      return JSON.stringify([location.href, document.title, document.cookie, localStorage, sessionStorage, databases, history.state]);
    });
    const told = [kept, ...asked.map(decodeURIComponent), ...logged()];
    expect(asked.length).toBeGreaterThan(50);
    expect(traces.length).toBeGreaterThan(30);
    for (const [begun, served] of traces) expect(served).toBe(begun);
    expect(told.filter((text) => marks(ana, leo).test(text)).map((text) => text.slice(0, 400))).toEqual([]);
  });

  await test.step('the other clinic sees nothing of all this', async () => {
    await neighbour.goto(`/c/${OTHER.alias}/patients`);
    await neighbour.getByTestId('patients-filter').fill(ana.family);
    await expect(neighbour.getByTestId('patients-filter')).toHaveValue(ana.family);
    await expect(neighbour.locator('[data-testid^="patient-"]', { hasText: ana.family })).toHaveCount(0);
    await neighbour.goto(`/c/${OTHER.alias}/agenda?date=${comingDay()}`);
    await expect(neighbour.getByTestId('org-switcher')).toBeVisible();
    await expect(neighbour.getByText(ana.family)).toHaveCount(0);
    await neighbour.goto(`/c/${CLINIC.alias}/agenda`);
    await expect(neighbour.getByText(ana.family)).toHaveCount(0);
  });
});
