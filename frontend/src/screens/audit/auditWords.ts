import type { ApiClientScope, AuditEntry } from '../../api/types';
import type { Translate } from '../../app/clinic';
import { scopeWord } from '../settings/apiClientWords';

/** What has words of its own. Everything else is named by its operation, as the API's reference has it. */
export const actions = [
  'patients-read',
  'patients-exported',
  'appointments-exported',
  'audit-exported',
  'member-roles-changed',
  'member-permissions-changed',
  'member-signed-out',
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
  'appointment-note-changed',
  'appointment-no-show-explained',
  'appointment-length-changed',
  'appointment-fields-changed',
  'custom-field-changed',
  'clinic-settings-changed',
  'organization-limits-changed',
  'support-access-granted',
  'support-access-revoked',
  'support-access-used',
  'clinic-exported',
  'organization-suspended',
  'organization-reactivated',
  'organization-deletion-requested',
  'organization-deletion-withdrawn',
  'signed-in',
  'sign-in-failed',
  'signed-out',
  'credential-changed',
  'credential-removed',
  'assistant-settings-changed',
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

/** What stands in the values of these changes are words of the API, several apart by a space. */
const valueWords: Record<string, (value: string, t: Translate) => string> = {
  roles: (role, t) => t(`role.${role}`, { defaultValue: role }),
  scopes: (scope, t) => t(scopeWord(scope as ApiClientScope), { defaultValue: scope }),
  part: (part, t) => t(`reads.part.${part}`, { defaultValue: part }),
  fields: (field, t) => t(`audit.field.${field}`, { defaultValue: field }),
};

/** What became different: `Recepción → Dirección, Recepción`; what has no words of its own as the API has it. */
export const changesOf = (entry: AuditEntry, t: Translate): string =>
  entry.changes
    .map(({ field, before, after }) => {
      const word = valueWords[field];
      const values = [before, after].filter((each) => each !== null);
      if (!word) return `${field}: ${values.join(' → ')}`;
      return values
        .map((value) =>
          value
            .split(' ')
            .map((one) => word(one, t))
            .join(', '),
        )
        .join(' → ');
    })
    .join(' · ');
