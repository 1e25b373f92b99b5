import type { LineEngine } from '../../api/types';

/** The ways to WhatsApp a person can set up here, the usual one first. */
export const offeredEngines: readonly LineEngine[] = ['linked-device'];
