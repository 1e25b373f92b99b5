import { expect, type Page, test } from '@playwright/test';
import { CLINIC } from '../../mock/names.ts';
import { open } from '../support/console.ts';

const end = (page: Page, session: string) => page.request.get(`/mock-identity/end?session=${session}`);
const tokenRequests = async (page: Page, session: string): Promise<number> =>
  (await (await page.request.get(`/mock-identity/session?session=${session}`)).json()).tokenRequests;
const gate = (page: Page) => page.getByRole('dialog', { name: 'Tu sesión venció' });

/** Somebody writes a note and the session ends under it. */
async function writeAndExpire(page: Page): Promise<string> {
  const session = await open(page, '/patients');
  await page.getByTestId('patients-filter').fill('rosa');
  await page.getByText('Rosa Benítez').click();
  await page.getByRole('button', { name: 'Editar' }).click();
  await page.getByLabel('Notas').fill('Prefiere la mañana.');
  await end(page, session);
  await page.getByTestId('patient-save').click();
  await expect(gate(page)).toBeVisible();
  return session;
}

async function noteIsStillThere(page: Page) {
  await expect(gate(page)).toBeHidden();
  await expect(page.getByLabel('Notas')).toHaveValue('Prefiere la mañana.');
  await page.getByTestId('patient-save').click();
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(page.getByText('Prefiere la mañana.')).toBeVisible();
}

test('signing in again in the window offered keeps what was written in a dialog, which lies under it', async ({ page }) => {
  await writeAndExpire(page);
  await expect(page.getByTestId('sign-in-again')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByLabel('Notas')).toBeAttached();
  const [window] = await Promise.all([page.waitForEvent('popup'), page.getByTestId('sign-in-again').click()]);
  if (!window.isClosed()) await window.waitForEvent('close');
  await noteIsStillThere(page);
});

test('signing in again in another tab opens the tab that was waiting', async ({ page, context }) => {
  await writeAndExpire(page);
  const other = await context.newPage();
  await other.goto(`/c/${CLINIC.alias}/today`);
  await expect(other.getByTestId('org-switcher')).toBeVisible();
  await noteIsStillThere(page);
});

test('a browser that opens no window signs in again in a tab', async ({ page }) => {
  await writeAndExpire(page);
  await page.evaluate(() => Object.assign(globalThis, { open: () => null }));
  const [tab] = await Promise.all([page.waitForEvent('popup'), page.getByTestId('sign-in-again').click()]);
  if (!tab.isClosed()) await tab.waitForEvent('close');
  await noteIsStillThere(page);
});

test('two tabs of one session renew once for both', async ({ page, context }) => {
  const session = await open(page, '/today', { running: true });
  await expect(page.getByTestId('line-state')).toBeVisible();
  // A duplicated tab begins with a copy of the session storage.
  const copy = await page.evaluate(() => ({ ...sessionStorage }));
  const other = await context.newPage();
  await other.addInitScript((storage) => {
    for (const [key, value] of Object.entries(storage)) if (!sessionStorage.getItem(key)) sessionStorage.setItem(key, value as string);
  }, copy);
  await other.clock.install({ time: await page.evaluate(() => Date.now()) });
  await other.goto(`/c/${CLINIC.alias}/today`);
  await expect(other.getByTestId('line-state')).toBeVisible();
  // Neither hears of the other's renewal before it is time for its own.
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await context.route('**/mock-identity/token', async (route) => {
    await held;
    await route.continue();
  });
  const pass = async (seconds: number) => {
    for (let second = 0; second < seconds; second += 10) await Promise.all([page.clock.runFor(10_000), other.clock.runFor(10_000)]);
  };
  await pass(270);
  release();
  await expect.poll(() => tokenRequests(page, session)).toBe(1);
  await pass(60);
  await expect.poll(() => tokenRequests(page, session)).toBe(1);
  const tokens = await Promise.all(
    [page, other].map((tab) =>
      tab.evaluate(
        () => JSON.parse(Object.entries(sessionStorage).find(([key]) => key.startsWith('recado.user:'))?.[1] ?? '{}').access_token,
      ),
    ),
  );
  expect(tokens).toEqual([`${session}.1`, `${session}.1`]);
  await expect(gate(page)).toBeHidden();
  await expect(gate(other)).toBeHidden();
});

test('a renewal that is refused is asked for once, and then the person is', async ({ page }) => {
  const session = await open(page, '/today', { running: true });
  await expect(page.getByTestId('line-state')).toBeVisible();
  await end(page, session);
  for (let second = 0; second < 600; second += 20) await page.clock.runFor(20_000);
  await expect(gate(page)).toBeVisible();
  expect(await tokenRequests(page, session)).toBe(1);
});

test('an identity server that cannot be reached is asked ever more slowly, and its return is enough', async ({ page }) => {
  const session = await open(page, '/today', { running: true });
  await expect(page.getByTestId('line-state')).toBeVisible();
  let tries = 0;
  await page.route('**/mock-identity/token', (route) => {
    tries += 1;
    return route.abort();
  });
  for (let second = 0; second < 600; second += 10) await page.clock.runFor(10_000);
  expect(tries).toBeGreaterThan(3);
  expect(tries).toBeLessThan(15);
  await expect(gate(page)).toBeVisible();
  await page.unroute('**/mock-identity/token');
  for (let second = 0; second < 90; second += 10) await page.clock.runFor(10_000);
  await expect(gate(page)).toBeHidden();
  expect(await tokenRequests(page, session)).toBe(1);
});
