import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import type { WebhookEventType, Webhooks } from './generated/index.ts';

export { WebhookVerificationError };

/** What happened, in the form of Standard Webhooks: ids, kinds and states. */
export type WebhookEvent = Webhooks['body'] & {
  type: WebhookEventType;
  /** The same at every attempt: whoever knows it already has taken the event. */
  id: string;
};

export interface VerifyOptions {
  /** The endpoint's secret, `whsec_…`; while it is replaced, the former one too. */
  secret: string | readonly string[];
  /** Of the request: a `Headers`, or what Node calls headers. */
  headers: Headers | Record<string, string | string[] | undefined>;
  /** Exactly the bytes that came, before any parser saw them. */
  body: string | Uint8Array;
}

/**
 * Reads a webhook after its signature and its time were checked. Throws a {@link WebhookVerificationError} for whatever was
 * not signed with the secret within the last five minutes.
 */
export function verifyWebhook({ secret, headers, body }: VerifyOptions): WebhookEvent {
  const given = {
    'webhook-id': header(headers, 'webhook-id'),
    'webhook-timestamp': header(headers, 'webhook-timestamp'),
    'webhook-signature': header(headers, 'webhook-signature'),
  };
  const text = typeof body === 'string' ? body : new TextDecoder().decode(body);
  const secrets = typeof secret === 'string' ? [secret] : secret;
  let refused: unknown = new WebhookVerificationError('No secret');
  for (const one of secrets) {
    try {
      return { ...(new Webhook(one).verify(text, given) as WebhookEvent), id: given['webhook-id'] };
    } catch (reason) {
      refused = reason;
    }
  }
  throw refused;
}

function header(headers: VerifyOptions['headers'], name: string): string {
  const value = headers instanceof Headers ? headers.get(name) : headers[name];
  return (Array.isArray(value) ? value[0] : value) ?? '';
}
