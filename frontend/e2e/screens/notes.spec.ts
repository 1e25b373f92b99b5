import { expect, test } from '@playwright/test';
import { open } from '../support/console.ts';

test('a practitioner reads, writes and corrects notes, and what they said stays', async ({ page }) => {
  await open(page, '/patients', { scenario: 'practitioner' });
  await page.getByText('Rosa Benítez').click();
  const notes = page.getByTestId('clinical-notes');
  // Nothing is read before somebody wants to.
  await expect(notes).not.toContainText('penicilina');
  await page.getByTestId('notes-open').click();
  await expect(notes.getByRole('listitem')).toHaveCount(2);
  await page.getByTestId('note-former').click();
  await expect(notes).toContainText('Alergia a la amoxicilina.');
  await page.getByTestId('note-write').click();
  await page.getByTestId('note-text').fill('Pidió turno con la misma profesional');
  await page.getByRole('button', { name: 'Guardar', exact: true }).click();
  await expect(notes.getByRole('listitem').first()).toContainText('Pidió turno');
  await notes.getByRole('button', { name: 'Corregir la nota' }).first().click();
  await page.getByTestId('note-text').fill('Prefiere la mañana');
  await page.getByRole('button', { name: 'Guardar', exact: true }).click();
  await expect(notes.getByRole('listitem').first()).toContainText('Corregida por');
});

test('who is no practitioner learns only that there are notes', async ({ page }) => {
  await open(page, '/patients');
  await page.getByText('Rosa Benítez').click();
  await expect(page.getByTestId('clinical-notes')).toContainText('Hay 2 notas');
  await expect(page.getByTestId('clinical-notes').getByRole('button')).toHaveCount(0);
});

test('a file is attached to the card and removed from it', async ({ page }) => {
  await open(page, '/patients');
  await page.getByText('Rosa Benítez').click();
  const files = page.getByTestId('patient-files');
  await expect(files.getByRole('listitem')).toHaveCount(2);
  await page.getByTestId('file-pick').setInputFiles({ name: 'Estudio.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7') });
  await expect(files.getByRole('listitem').first()).toContainText('Estudio.pdf');
  await files.getByRole('button', { name: 'Quitar Estudio.pdf' }).click();
  await page.getByTestId('file-remove-sure').click();
  await expect(files.getByRole('listitem')).toHaveCount(2);
});
