import type { Temporal as Calendar } from 'temporal-polyfill';

/** The browser's own arithmetic of dates and zones; those that have none yet fetch it. */
const own = (globalThis as { Temporal?: typeof Calendar }).Temporal;
export const Temporal: typeof Calendar = own ?? (await import('temporal-polyfill')).Temporal;
