/**
 * Recado's API. Every operation of its document is a function here, with the name it has there, and takes what {@link recado}
 * makes as `client`.
 */
export * from './generated/index.ts';
export { items, type Page } from './paging.ts';
export { etagOf, RecadoProblem } from './problems.ts';
export { type Recado, type RecadoOptions, recado } from './recado.ts';
export type { RepeatOptions } from './repeat.ts';
export { ClientCredentials, type Credentials, SignInError, type TokenSource } from './tokens.ts';
export { type VerifyOptions, verifyWebhook, type WebhookEvent, WebhookVerificationError } from './webhooks.ts';
