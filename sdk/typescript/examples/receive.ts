import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { verifyWebhook, type WebhookEvent, WebhookVerificationError } from '@recado/client';
import { setting } from './setup.ts';

/**
 * Takes webhooks at `RECADO_WEBHOOK_PORT`. Each event comes to `take` once, and those of one record in their order: what is
 * repeated or overtaken is answered and dropped. A receiver that restarts keeps both maps in its database.
 */
export async function receive(take: (event: WebhookEvent) => Promise<void>): Promise<void> {
  const latest = new Map<string, number>();
  const server = createServer(async (request, response) => {
    try {
      const event = verifyWebhook({ secret: setting('RECADO_WEBHOOK_SECRET'), headers: request.headers, body: await text(request) });
      if (event.data.sequence > (latest.get(event.data.id) ?? 0)) {
        await take(event);
        latest.set(event.data.id, event.data.sequence);
      }
      response.writeHead(204).end();
    } catch (reason) {
      // Anything but 2xx is told again later; what was not signed by Recado is not.
      response.writeHead(reason instanceof WebhookVerificationError ? 400 : 503).end();
      console.error(reason instanceof Error ? reason.message : reason);
    }
  });
  await new Promise<void>((listening) => server.listen(Number(setting('RECADO_WEBHOOK_PORT')), '127.0.0.1', listening));
}
