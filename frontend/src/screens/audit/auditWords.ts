import type { AuditEntry } from '../../api/types';
import type { Translate } from '../../app/clinic';

/** What has words of its own. Everything else is named by its operation, as the API's reference has it. */
export const actions = [
  'patients-read',
  'patients-exported',
  'appointments-exported',
  'audit-exported',
  'member-roles-changed',
  'api-client-created',
  'api-client-changed',
  'api-client-revoked',
  'api-client-key-issued',
  'patient-changed',
  'patient-restriction-changed',
  'patient-file-changed',
  'patient-consent-changed',
  'patient-phone-changed',
  'patient-erased',
  'patients-merged',
  'patient-merge-undone',
  'household-changed',
  'clinical-note-written',
  'appointment-booked',
  'appointment-rescheduled',
  'appointment-cancelled',
  'appointment-reinstated',
  'appointment-overbooked',
  'appointment-status-changed',
  'appointment-participation-changed',
  'appointment-room-changed',
  'appointment-insurance-changed',
  'appointment-fields-changed',
  'custom-field-changed',
  'clinic-settings-changed',
  'createPatient',
  'commitPatientImport',
  'sendMessage',
  'replyInConversation',
  'startCampaign',
  'inviteMember',
  'setWhatsAppLineCredentials',
  'logOutWhatsAppLine',
  'createWebhookEndpoint',
  'beginLegalHold',
  'endLegalHold',
] as const;

export const actionWord = (action: string, t: Translate): string =>
  (actions as readonly string[]).includes(action) ? t(`audit.action.${action}`) : action;

/** What became different, in the words of the API: `roles: receptionist → owner`. */
export const changesOf = (entry: AuditEntry): string =>
  entry.changes.map((one) => `${one.field}: ${[one.before, one.after].filter((each) => each !== null).join(' → ')}`).join(' · ');
