import { api, idempotent, ifMatch, settle } from './client';
import type {
  CredentialsInput,
  LineCredentials,
  LineEngine,
  LineTemplate,
  SelfTest,
  TemplateMapping,
  TestMessage,
  WhatsAppLine,
} from './types';

/** What a person can do with the clinic's lines. `key` is the intention's Idempotency-Key. */
const T = '/api/v1/organizations/{organizationId}/whatsapp-lines';
type Seen = { id: string; version: number };

const asking = (organizationId: string, id: string, key: string) => ({ path: { organizationId, id }, header: idempotent(key) });
const changing = (organizationId: string, seen: Seen) => ({ path: { organizationId, id: seen.id }, header: ifMatch(seen.version) });

export interface NewLine {
  name: string;
  engine: LineEngine;
}
export const createLine = (organizationId: string, body: NewLine, key: string): Promise<WhatsAppLine> =>
  settle(api.POST(T, { params: { path: { organizationId }, header: idempotent(key) }, body }));

export interface LineSettings {
  name: string;
  typing: boolean;
}
export const updateLine = (organizationId: string, seen: Seen, body: LineSettings): Promise<WhatsAppLine> =>
  settle(api.PUT(`${T}/{id}`, { params: changing(organizationId, seen), body }));
export const makeLineDefault = (organizationId: string, seen: Seen): Promise<WhatsAppLine> =>
  settle(api.POST(`${T}/{id}/make-default`, { params: changing(organizationId, seen) }));

/** `replacePhone`: the person was warned that the line's conversations belong to another number. */
export const startLine = (organizationId: string, id: string, key: string, replacePhone = false): Promise<WhatsAppLine> =>
  settle(api.POST(`${T}/{id}/start`, { params: asking(organizationId, id, key), body: replacePhone ? { replacePhone } : {} }));
/** Every call makes the network give another code. `phone` is as a person typed it. */
export const requestPairingCode = (organizationId: string, id: string, phone: string, key: string): Promise<WhatsAppLine> =>
  settle(api.POST(`${T}/{id}/pairing-code`, { params: asking(organizationId, id, key), body: { phone } }));
export const setCredentials = (organizationId: string, seen: Seen, body: CredentialsInput): Promise<LineCredentials> =>
  settle(api.PUT(`${T}/{id}/credentials`, { params: changing(organizationId, seen), body }));
const templateOf = (organizationId: string, id: string, { kind, language }: LineTemplate) => ({ organizationId, id, kind, language });
export const setLineTemplate = (organizationId: string, id: string, seen: LineTemplate, body: TemplateMapping): Promise<LineTemplate> =>
  settle(
    api.PUT(`${T}/{id}/templates/{kind}/{language}`, {
      params: { path: templateOf(organizationId, id, seen), header: ifMatch(seen.mapping?.version ?? 0) },
      body,
    }),
  );
/** From then on plain words leave again. */
export const forgetLineTemplate = (organizationId: string, id: string, seen: LineTemplate): Promise<void> =>
  settle(api.DELETE(`${T}/{id}/templates/{kind}/{language}`, { params: { path: templateOf(organizationId, id, seen) } }));
/** Calls the provider, and us from outside as the provider would; takes seconds, writes to nobody. */
export const testConnection = (organizationId: string, id: string, key: string): Promise<SelfTest> =>
  settle(api.POST(`${T}/{id}/self-test`, { params: asking(organizationId, id, key) }));

/** Sent at once or refused with `line-down`. `to` is a phone as a person typed it. */
export const sendTestMessage = (organizationId: string, id: string, to: string, key: string): Promise<TestMessage> =>
  settle(api.POST(`${T}/{id}/test-messages`, { params: asking(organizationId, id, key), body: { to } }));
export const stopLine = (organizationId: string, id: string, key: string): Promise<WhatsAppLine> =>
  settle(api.POST(`${T}/{id}/stop`, { params: asking(organizationId, id, key) }));
export const logOutLine = (organizationId: string, id: string, key: string): Promise<WhatsAppLine> =>
  settle(api.POST(`${T}/{id}/log-out`, { params: asking(organizationId, id, key) }));
