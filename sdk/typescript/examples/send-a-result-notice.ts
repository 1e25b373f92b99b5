import { getMessage, RecadoProblem, sendMessage } from '@recado/client';
import { client, clinic } from './setup.ts';

// The laboratory's own id of the result is the key: a result that is reported twice within a day is told once.
const [patientId = '', resultId = ''] = process.argv.slice(2);

try {
  const { data: sent } = await sendMessage({
    client,
    path: clinic,
    headers: { 'Idempotency-Key': resultId },
    // That there is a result, never what it says: a telephone is read by others too.
    body: { patientId, content: { kind: 'text', text: 'Sus resultados están listos. Puede retirarlos en recepción.' } },
  });
  // It leaves within seconds, or when the clinic's line is back; `message.changed` tells when it was delivered and read.
  const { data: message } = await getMessage({ client, path: { ...clinic, id: sent.id } });
  console.log(JSON.stringify({ message: message.id, state: message.state }));
} catch (refusal) {
  // Who opted out or has no phone is told in another way: by a person.
  if (!(refusal instanceof RecadoProblem) || refusal.status !== 422) throw refusal;
  console.log(JSON.stringify({ refused: refusal.problem?.errors?.map(({ code }) => code) ?? refusal.code }));
}
