import { expect, type Page, test } from '@playwright/test';
import { open, settled } from '../support/console.ts';

async function ticketOf(page: Page, who: string, scenario?: 'line-down' | 'slow-line'): Promise<void> {
  await open(page, '/conversations', scenario && { scenario });
  await settled(page);
  await page
    .getByTestId(/^conversation-/)
    .filter({ hasText: who })
    .click();
  await page.getByTestId('more').click();
  await page.getByTestId('open-ticket').click();
  await page.getByTestId('ticket-bar').waitFor();
}

test('a ticket is opened for a photo, sorted, told of and closed, and the list and the figures know it', async ({ page }) => {
  await ticketOf(page, 'Rosa Benítez');
  const bar = page.getByTestId('ticket-bar');
  await expect(bar).toContainText('Nº 1');
  await expect(bar.getByTestId('ticket-gallery').getByRole('img')).toHaveCount(1);
  await bar.getByTestId('ticket-category').selectOption('Estudios y papeles');
  await expect(bar.getByTestId('ticket-category')).toHaveValue('documents');
  await bar.getByTestId('ticket-acknowledge').click();
  await expect(bar).toContainText('Se le avisó que llegó');

  await page.getByTestId('tickets-link').click();
  const row = page.getByTestId('tickets').getByRole('listitem');
  await expect(row).toContainText('Nº 1 Rosa Benítez');
  await expect(page.getByTestId('ticket-figures')).toContainText('1 ticket');
  await page.getByTestId('ticket-search').fill('ortodoncia invisible');
  await expect(page.getByText('Ningún ticket coincide')).toBeVisible();
  await page.getByTestId('ticket-search').fill('#1');
  await expect(row).toContainText('Nº 1 Rosa Benítez');
  await page.getByTestId('ticket-search').fill('');
  await row.getByTestId('ticket-state').selectOption('Cerrado');
  await page.getByLabel('Estado').first().selectOption('Abierto');
  await expect(page.getByText('No hay tickets')).toBeVisible();
});

test('while the line is down the notice is not sent, and that is said', async ({ page }) => {
  await ticketOf(page, 'Rosa Benítez', 'line-down');
  await page.getByTestId('ticket-acknowledge').click();
  await expect(page.getByText('La línea de WhatsApp no está conectada.')).toBeVisible();
  await expect(page.getByTestId('ticket-acknowledge')).toBeVisible();
});

test('an owner chooses the topics that open one and writes a rule', async ({ page }) => {
  await open(page, '/conversations/tickets');
  await page.getByTestId('ticket-settings').click();
  await page.getByRole('dialog').getByLabel('Reclamo').check();
  await page.getByTestId('add-rule').click();
  await page.getByRole('dialog').getByLabel('Palabras').fill('presupuesto ortodoncia');
  await page.getByRole('button', { name: 'Guardar' }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
  await page.getByTestId('ticket-settings').click();
  await expect(page.getByRole('dialog').getByLabel('Reclamo')).toBeChecked();
  await expect(page.getByRole('dialog').getByLabel('Palabras')).toHaveValue('presupuesto ortodoncia');
});

test('a notice that WhatsApp has not confirmed in time is told as such, and is not told again', async ({ page }) => {
  await ticketOf(page, 'Rosa Benítez', 'slow-line');
  await page.getByTestId('ticket-acknowledge').click();
  await expect(page.getByText('Está en camino, pero WhatsApp todavía no lo confirmó')).toBeVisible();
  await expect(page.getByTestId('ticket-bar')).toContainText('Se le avisó que llegó');
});
