import { expect, test } from '@playwright/test';
import { expectAccessible } from '../support/axe.ts';
import { CLINIC, comingDay, newcomer, newWindow, signIn } from './support.ts';

/** A receptionist's day at the demo's clinic, on the whole system. */

test('a receptionist receives patients, finds an hour, moves it and gives it back', async ({ browser }) => {
  const desk = await newWindow(browser);
  const colleague = await newWindow(browser);
  const nancy = newcomer(1);
  const visit = (page = desk) => page.locator('[data-testid^="appointment-"]', { hasText: nancy.family });

  await test.step('the day begins with who comes, and whoever arrives is received', async () => {
    await signIn(desk, CLINIC.receptionist);
    await desk.goto(`/c/${CLINIC.alias}/today`);
    await expect(desk.locator('[data-testid^="appointment-"]').first()).toBeVisible();
    await expectAccessible(desk);
  });

  await test.step('a patient who calls is found by the end of their number, and gets the first free hour', async () => {
    await desk.goto(`/c/${CLINIC.alias}/agenda?date=${comingDay()}`);
    await desk.getByTestId('find-slot').click();
    await desk.getByTestId('find-service').selectOption({ label: 'Control, 15 min' });
    await desk.getByRole('dialog').getByRole('listitem').getByRole('button').first().click();
    await desk.getByTestId('patient-search').fill(nancy.phone.slice(-8));
    await desk.getByTestId('patient-option').filter({ hasText: nancy.family }).first().click();
    const date = await desk.getByTestId('book-date').inputValue();
    await desk.getByTestId('book-submit').click();
    await expect(desk.getByTestId('book-submit')).toBeHidden();
    // The first day with a free hour: not the one looked at when that is a holiday.
    await desk.goto(`/c/${CLINIC.alias}/agenda?date=${date}`);
    await expect(visit()).toBeVisible();
  });

  await test.step('somebody else at the desk sees it come and go', async () => {
    await signIn(colleague, CLINIC.owner);
    await colleague.goto(desk.url());
    await expect(visit(colleague)).toBeVisible();
  });

  await test.step('the visit moves to the afternoon, for both of them', async () => {
    await visit().click();
    await desk.getByTestId('visit-move').click();
    await desk.getByLabel('Hora', { exact: true }).fill('16:30');
    await desk.getByTestId('move-submit').click();
    await expect(desk.getByTestId('move-submit')).toBeHidden();
    await expect(visit(colleague)).toContainText('16:30');
  });

  await test.step('and is cancelled, with a reason that reports count', async () => {
    await desk.getByTestId('visit-cancel').click();
    await desk.getByTestId('cancel-code').selectOption({ label: 'Lo pidió el paciente' });
    await desk.getByTestId('cancel-submit').click();
    await expect(visit(colleague)).toHaveCount(0);
  });

  await test.step('the day’s list goes to paper', async () => {
    await desk.goto(`/c/${CLINIC.alias}/today`);
    await desk.emulateMedia({ media: 'print' });
    await expect(desk.getByTestId('day-list')).toBeVisible();
  });
});
