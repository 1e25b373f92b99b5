import { readFileSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import { type Browser, expect, type Page, test } from '@playwright/test';

/**
 * The story the README tells, on the whole system: a clinic links its number, books a visit, the patient answers on
 * WhatsApp and the agenda changes before the receptionist's eyes. Meanwhile another clinic sees nothing of it.
 */

const password = required('RECADO_DEMO_PASSWORD');
const simulator = required('RECADO_SIMULATOR_URL');
const simulatorToken = required('RECADO_SIMULATOR_TOKEN');

const CLINIC = { alias: 'los-almendros', receptionist: 'marcela@losalmendros.example', phone: '+573105550142' };
// Somebody of the other clinic only; its owner also works here.
const OTHER = { alias: 'consultorio-ipe', receptionist: 'bruno@ipe.example' };

interface Patient {
  given: string;
  family: string;
  phone: string;
  /** Registered already: somebody of the demo. */
  known?: boolean;
}
const demo: { newcomers: { givenName: string; familyName: string; phone: string }[] } = JSON.parse(
  readFileSync(new URL('../../../devstack/src/main/resources/demo/los-almendros.json', import.meta.url), 'utf8'),
);
const newcomer = demo.newcomers[0]!;

// The one the README tells to book: known to the clinic, and nothing is open with them, so that `1` can mean one visit only.
const ana: Patient = { given: newcomer.givenName, family: newcomer.familyName, phone: newcomer.phone, known: true };
// Unique per run, so that the story can be told again on the same data.
const tag = Date.now().toString().slice(-6);
const leo: Patient = { given: 'Leónidas', family: `Segura${tag}`, phone: `+5732${tag.padStart(8, '1')}` };

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run this through ./dev run-with-stack`);
  return value;
}

async function signIn(page: Page, user: string) {
  await page.goto('/');
  const button = page.getByTestId('sign-in');
  await button.or(page.locator('#username')).first().waitFor();
  if (await button.isVisible()) await button.click();
  await page.locator('#username').fill(user);
  // With organizations the server may ask for the name and the password on two pages.
  if (!(await page.locator('#password').isVisible())) await page.locator('#kc-login').click();
  await page.locator('#password').fill(password);
  await page.locator('#kc-login').click();
  await expect(page.getByTestId('org-switcher')).toBeVisible({ timeout: 30_000 });
}

async function newWindow(browser: Browser): Promise<Page> {
  return (await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'es-AR' })).newPage();
}

async function expectAccessible(page: Page) {
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target).join(', ')}`)).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

/** A weekday after the demo's week, another one at each telling, so that its times are free. */
function comingDay(): string {
  const day = new Date(Date.now() + (9 + (Number(tag) % 50)) * 86_400_000);
  while (day.getUTCDay() === 0 || day.getUTCDay() === 6) day.setUTCDate(day.getUTCDate() + 1);
  return day.toISOString().slice(0, 10);
}

async function book(page: Page, patient: Patient, time: string) {
  await page.getByTestId('new-appointment').first().click();
  await page.getByTestId('patient-search').fill(`${patient.given} ${patient.family}`);
  if (patient.known) {
    await page.getByTestId('patient-option').first().click();
  } else {
    await page.getByTestId('patient-new').click();
    await page.getByTestId('patient-given-name').fill(patient.given);
    await page.getByTestId('patient-family-name').fill(patient.family);
    await page.getByTestId('patient-phone').fill(patient.phone);
    await page.getByTestId('patient-save').click();
  }
  await page.getByTestId('book-service').selectOption({ index: 1 });
  await page.getByTestId('book-practitioner').selectOption({ index: 1 });
  await page.getByTestId('book-date').fill(comingDay());
  await page.getByTestId('book-time').fill(time);
  await page.getByTestId('book-submit').click();
  await expect(page.getByTestId('book-submit')).toBeHidden();
}

const chat = (phones: Page, patient: Patient) => phones.getByTestId(`chat-${patient.phone.slice(1)}`);

async function answer(phones: Page, patient: Patient, text: string) {
  await phones.getByTestId(`reply-${patient.phone.slice(1)}`).fill(text);
  await phones.getByTestId(`send-${patient.phone.slice(1)}`).click();
}

test('a patient confirms on WhatsApp and the agenda changes before the receptionist’s eyes', async ({ browser }) => {
  const desk = await newWindow(browser);
  const phones = await newWindow(browser);
  const neighbour = await newWindow(browser);

  await test.step('two people of two clinics sign in', async () => {
    await signIn(desk, CLINIC.receptionist);
    await expect(desk.getByTestId('org-switcher')).toContainText('Almendros');
    await signIn(neighbour, OTHER.receptionist);
    await expect(neighbour.getByTestId('org-switcher')).not.toContainText('Almendros');
  });

  await test.step('the clinic links its number by QR code', async () => {
    await desk.goto(`/c/${CLINIC.alias}/line`);
    const leave = desk.getByTestId('log-out-line');
    await leave.or(desk.getByTestId('start-line')).first().waitFor();
    if (await leave.isVisible()) {
      await leave.click();
      await desk.getByTestId('log-out-confirm').click();
    }
    await desk.getByTestId('start-line').first().click();
    const code = desk.getByTestId('pairing-qr-frame');
    await expect(code).toBeVisible({ timeout: 30_000 });
    await phones.goto(`${simulator}/?token=${simulatorToken}`);
    await expect(phones).not.toHaveURL(/token=/);
    await phones.getByTestId('scan-phone').fill(CLINIC.phone);
    await phones
      .getByTestId('scan-file')
      .setInputFiles({ name: 'qr.png', mimeType: 'image/png', buffer: await desk.getByTestId('pairing-qr-frame').screenshot() });
    await expect(phones.getByTestId('scan-result')).toContainText('573105550142', { timeout: 20_000 });
    await expect(desk.getByTestId('line-state')).toContainText('vinculada', { ignoreCase: true, timeout: 30_000 });
    await expect(code).toBeHidden();
  });

  await test.step('a visit is booked and its patient reads the confirmation', async () => {
    await desk.goto(`/c/${CLINIC.alias}/agenda?date=${comingDay()}`);
    await book(desk, ana, '10:00');
    await expect(chat(phones, ana)).toContainText(ana.given, { timeout: 30_000 });
    await expect(desk.locator('[data-testid^="appointment-"]', { hasText: ana.family })).toBeVisible();
  });

  const card = desk.locator('[data-testid^="appointment-"]', { hasText: ana.family });

  await test.step('the patient answers 1 and the open agenda shows it without a reload', async () => {
    await desk.evaluate(() => Object.assign(window, { notReloaded: true }));
    await answer(phones, ana, '1');
    await expect(card).toContainText('Confirmada', { timeout: 20_000 });
    expect(await desk.evaluate(() => 'notReloaded' in window)).toBe(true);
    await expectAccessible(desk);
  });

  await test.step('somebody who cannot come is left to the staff, who see the answer', async () => {
    await book(desk, leo, '12:00');
    await expect(chat(phones, leo)).toContainText(leo.given, { timeout: 30_000 });
    await answer(phones, leo, 'No');
    await expect(desk.locator('[data-testid^="appointment-"]', { hasText: leo.family })).toContainText('No puede', { timeout: 20_000 });
    await desk.goto(`/c/${CLINIC.alias}/conversations`);
    await expect(desk.locator('[data-testid^="inbound-"]', { hasText: leo.family }).first()).toBeVisible();
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
    await confirmation.click({ timeout: 20_000 });
    for (const step of ['Enviado', 'Entregado']) await expect(desk.getByText(step).first()).toBeVisible();
    await expectAccessible(desk);
  });

  await test.step('the visit is cancelled, which its patient reads', async () => {
    await desk.goto(`/c/${CLINIC.alias}/agenda?date=${comingDay()}`);
    await card.click();
    await desk.getByTestId('visit-cancel').click();
    await desk.getByTestId('cancel-submit').click();
    await expect(chat(phones, ana)).toContainText('no podremos recibirte', { timeout: 30_000 });
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
