import { expect, test } from '@playwright/test';
import { open } from '../support/console.ts';

test('the report says by line how much was said and how fast people answered', async ({ page }) => {
  await open(page, '/reports');
  const lines = page.getByTestId('line-conversations');
  await expect(lines.getByRole('row')).toHaveCount(2);
  await expect(lines).toContainText('12 min');
});

test('the report says by person how fast they answer, and when in the week', async ({ page }) => {
  await open(page, '/reports');
  const people = page.getByTestId('person-conversations');
  await expect(people.getByRole('table').first().getByRole('row')).toHaveCount(4);
  await expect(people).toContainText('Marcela Paz');
  await expect(people.getByRole('columnheader', { name: '20', exact: true })).toHaveCount(0);
  await people.getByTestId('whose-hours').selectOption({ label: 'Desde el teléfono de la clínica' });
  await expect(people.getByRole('columnheader', { name: '20', exact: true })).toBeVisible();
});
