import type { WebhookEventType } from '../../api/types';

/** What an endpoint can be told of, in the order of a visit's life. A test is sent by its own button. */
export const eventTypes: readonly WebhookEventType[] = [
  'appointment.booked',
  'appointment.rescheduled',
  'appointment.cancelled',
  'appointment.reinstated',
  'appointment.answered',
  'appointment.status_changed',
  'appointment.changed',
  'patient.consent_changed',
  'patient.merged',
  'patient.merge_undone',
  'patient.erased',
  'message.changed',
  'conversation.message_received',
  'conversation.state_changed',
  'ticket.opened',
  'ticket.changed',
];

/** The key of a type's name: dots and lines of the API are none of a key. */
export const eventWord = (type: WebhookEventType) => `webhooks.type.${type.replaceAll(/[._]/g, '-')}`;
