import { recado } from '@recado/client';

/** The key of an API client, and the clinic's id: what Ajustes › Programas shows. Kept where secrets are kept, never in a page. */
export const client = recado({
  baseUrl: setting('RECADO_URL'),
  credentials: {
    tokenUrl: setting('RECADO_TOKEN_URL'),
    clientId: setting('RECADO_CLIENT_ID'),
    clientSecret: setting('RECADO_CLIENT_SECRET'),
  },
});

export const clinic = { organizationId: setting('RECADO_CLINIC') };

export function setting(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}

/** A day of the calendar, so many days from now. */
export function day(ahead: number): string {
  return new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);
}
