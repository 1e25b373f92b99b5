import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, expect, type Page, test } from '@playwright/test';

/** People, clinics and moves that the stories on the whole system share. */

const password = required('RECADO_DEMO_PASSWORD');
export const simulator = required('RECADO_SIMULATOR_URL');
export const simulatorToken = required('RECADO_SIMULATOR_TOKEN');

export const CLINIC = {
  alias: 'los-almendros',
  owner: 'valentina@losalmendros.example',
  receptionist: 'marcela@losalmendros.example',
  phone: '+573105550142',
};
// Somebody of the other clinic only; its owner also works here.
export const OTHER = { alias: 'consultorio-ipe', receptionist: 'bruno@ipe.example' };

export interface Patient {
  given: string;
  family: string;
  phone: string;
  /** Registered already: somebody of the demo. */
  known?: boolean;
}
// Unique per run and try, so that the story can be told again on the same data.
const tag = Date.now().toString().slice(-6);
const demo: { newcomers: { givenName: string; familyName: string; phone: string }[] } = JSON.parse(
  readFileSync(new URL('../../../devstack/src/main/resources/demo/los-almendros.json', import.meta.url), 'utf8'),
);

/**
 * Registered and never booked: with them `1` can mean one visit only. One for each of two tests, the first of them whom the
 * README tells to book; another one at each try, because a try that broke off leaves its visit behind.
 */
export function newcomer(of: 0 | 1): Patient {
  const { retry, repeatEachIndex } = test.info();
  const people = demo.newcomers.filter((_, at) => at % 2 === of);
  const { givenName: given, familyName: family, phone } = people[(retry + repeatEachIndex) % people.length]!;
  return { given, family, phone, known: true };
}

let met = 0;
/** Somebody whom the clinic has never seen: at each call another name and another number, so that no try meets the one before. */
export function stranger(given: string, family: string): Patient {
  met += 1;
  return { given, family: `${family}${tag}${met}`, phone: `+5732${met % 2}${(Number(tag) * 10 + met).toString().padStart(7, '0')}` };
}

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run this through ./dev run-with-stack`);
  return value;
}

/** What stands in whatever is about these people: how they are called, and their phones in any spelling. */
export const marks = (...people: Patient[]): RegExp =>
  new RegExp(people.flatMap(({ given, family, phone }) => [`\\b${given}\\b`, `\\b${family}\\b`, phone.slice(-8)]).join('|'), 'i');

/** Lines that the parts of the system have logged; the simulator stands for everybody's phones and is none. */
export function logged(): string[] {
  const folder = required('RECADO_LOGS');
  const lines = readdirSync(folder)
    .filter((file) => !file.startsWith('simulator'))
    .flatMap((file) => readFileSync(join(folder, file), 'utf8').split('\n'));
  if (lines.length < 50) throw new Error(`There is hardly anything in ${folder}`);
  return lines;
}

export async function signIn(page: Page, user: string) {
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

export async function newWindow(browser: Browser, width = 1366): Promise<Page> {
  return (await browser.newContext({ viewport: { width, height: 768 }, locale: 'es-AR' })).newPage();
}

/** A weekday after the demo's week, another one at each telling, so that its times are free. */
export function comingDay(): string {
  const day = new Date(Date.now() + (9 + ((Number(tag) + 7 * test.info().repeatEachIndex) % 50)) * 86_400_000);
  while (day.getUTCDay() === 0 || day.getUTCDay() === 6) day.setUTCDate(day.getUTCDate() + 1);
  return day.toISOString().slice(0, 10);
}

export async function book(page: Page, patient: Patient, time: string) {
  await page.getByTestId('new-appointment').first().click();
  await page.getByTestId('patient-search').fill(`${patient.given} ${patient.family}`);
  if (patient.known) {
    await page.getByTestId('patient-option').filter({ hasText: patient.family }).first().click();
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
  // A day that a public holiday closes is as good as any other here.
  const anyway = page.getByTestId('book-anyway');
  await page.addLocatorHandler(anyway, () => anyway.click());
  await page.getByTestId('book-submit').click();
  await expect(page.getByTestId('book-submit')).toBeHidden();
  await page.removeLocatorHandler(anyway);
}

export const chat = (phones: Page, patient: Patient) => phones.getByTestId(`chat-${patient.phone.slice(1)}`);

export async function answer(phones: Page, patient: Patient, text: string) {
  await phones.getByTestId(`reply-${patient.phone.slice(1)}`).fill(text);
  await phones.getByTestId(`send-${patient.phone.slice(1)}`).click();
}

/** Links the clinic's number by QR code, whatever the line was before, and leaves its phones open in the other window. */
export async function link(desk: Page, phones: Page) {
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
  await openPhones(phones);
  await phones.getByTestId('scan-phone').fill(CLINIC.phone);
  const result = phones.getByTestId('scan-result');
  // A picture of the moment in which the code is replaced by the next one shows none: whoever scans takes another.
  await expect(async () => {
    if (!(await result.allTextContents()).join().includes('573105550142')) {
      const buffer = await code.screenshot({ timeout: 2_000 });
      await phones.getByTestId('scan-file').setInputFiles({ name: 'qr.png', mimeType: 'image/png', buffer });
    }
    await expect(result).toContainText('573105550142', { timeout: 8_000 });
  }).toPass({ timeout: 60_000 });
  await expect(desk.getByTestId('line-state')).toContainText('vinculada', { ignoreCase: true, timeout: 30_000 });
  await expect(code).toBeHidden();
}

/** The simulated phones of everybody. */
export async function openPhones(phones: Page) {
  await phones.goto(`${simulator}/?token=${simulatorToken}`);
  await expect(phones).not.toHaveURL(/token=/);
}
