import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Webhook } from 'standardwebhooks';
import { verifyWebhook, WebhookVerificationError } from '../src/index.ts';

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const former = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD';
const body = '{"type":"appointment.answered","timestamp":"2026-12-01T12:00:00Z","data":{"organizationId":"o","id":"v","sequence":7}}';

/** As Recado sends it; the signature is made by the public library of the standard. */
function signed(by: string, at = new Date()): Record<string, string> {
  return {
    'webhook-id': 'event-1',
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(by).sign('event-1', at, body),
  };
}

test('what was signed with the secret is read, with the id by which a repetition is known', () => {
  for (const headers of [signed(secret), new Headers(signed(secret))]) {
    const event = verifyWebhook({ secret, headers, body: new TextEncoder().encode(body) });
    assert.equal(event.id, 'event-1');
    assert.equal(event.type, 'appointment.answered');
    assert.equal(event.data.sequence, 7);
  }
  assert.equal(verifyWebhook({ secret: [secret, former], headers: signed(former), body }).id, 'event-1');
});

test('what somebody else signed, changed or sent again much later is refused', () => {
  const old = new Date(Date.now() - 6 * 60_000);
  for (const wrong of [
    { secret, headers: signed(former), body },
    { secret, headers: signed(secret), body: body.replace('"v"', '"w"') },
    { secret, headers: signed(secret, old), body },
    { secret, headers: {}, body },
    { secret: [], headers: signed(secret), body },
  ]) {
    assert.throws(() => verifyWebhook(wrong), WebhookVerificationError);
  }
});
