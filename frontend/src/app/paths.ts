import { linkOptions } from '@tanstack/react-router';
import type { Appointment, ClinicOrder, LineState, NotificationOutlook, SetupStepKind } from '../api/types';

/** Where things are. Clinic paths carry the clinic's alias, so that two tabs can stand in two clinics. */
/** What may stand in the address of any of a clinic's pages. */
export interface ClinicSearch {
  /** Id of the visit whose panel is open. */
  visit?: string;
}
export interface AgendaSearch {
  view?: 'day' | 'week' | 'month';
  date?: string;
  practitioner?: string;
  only?: 'waiting' | 'declined';
  zoom?: 'roomy';
  /** What a day's columns are; practitioners when left out. */
  columns?: 'rooms';
}
/** Whom of the waitlist is shown: those in a state, or those whom an hour of a practitioner would suit. */
export interface WaitlistSearch {
  /** Left out, those who wait. */
  state?: 'booked' | 'withdrawn' | 'expired';
  practitioner?: string;
  start?: string;
  end?: string;
  location?: string;
}
/** The hour that a visit has, or had. */
export const hourOf = (visit: Pick<Appointment, 'practitioner' | 'start' | 'end' | 'location'>) => ({
  practitionerId: visit.practitioner.id,
  start: visit.start,
  end: visit.end,
  ...(visit.location ? { locationId: visit.location.id } : {}),
});
export interface MessagesSearch {
  state?: string;
  from?: string;
  to?: string;
  /** Id of the line they left on. */
  line?: string;
  /** The engine of that line. */
  channel?: 'linked-device' | 'cloud-api' | 'twilio' | 'evolution';
}
export interface ConversationsSearch {
  /** Id of the conversation that is open. */
  id?: string;
  /** Left out, everybody's. */
  show?: 'mine' | 'unassigned';
  /** Left out, those that are going on, by whose turn it is. */
  state?: 'snoozed' | 'pending' | 'resolved';
  label?: string;
  team?: string;
  line?: string;
  /** First day of the clinic on which something was said. */
  from?: string;
}
export interface TicketsSearch {
  state?: 'open' | 'in-progress' | 'closed';
  category?: 'appointment' | 'complaint' | 'documents' | 'information' | 'order' | 'payment' | 'urgency';
  /** Opened on that day of the clinic or later. */
  from?: string;
  /** Opened before that day. */
  to?: string;
}
export interface TemplatesSearch {
  kind?: 'confirmation' | 'reminder' | 'cancellation' | 'reschedule' | 'offer' | 'followup' | 'survey' | 'missed' | 'recall';
  /** Id of one of the clinic's own, in place of an occasion. */
  own?: string;
  language?: 'es' | 'en' | 'pt-BR';
}
/** What of the week's messages is listed beside the rules; nothing when all are left out. */
export interface RulesSearch {
  outlook?: NotificationOutlook;
  rule?: string;
  date?: string;
}
export interface PatientImportSearch {
  /** Id of the import; a new one when left out. */
  id?: string;
  /** What the file is full of; patients when left out. */
  kind?: 'appointments';
}
export interface PatientPairsSearch {
  /** Ids of two patients who are compared; the list of likely pairs when left out. */
  one?: string;
  other?: string;
}
export interface PatientReadsSearch {
  /** Ids; all patients or everybody when left out. */
  patient?: string;
  reader?: string;
  from?: string;
  to?: string;
}
export interface AuditSearch {
  /** An account or an API client's key; everybody when left out. */
  actor?: string;
  /** What was done; everything when left out. */
  action?: string;
  /** Id of a record; all when left out. */
  record?: string;
  from?: string;
  to?: string;
}
export interface PrivacyRequestsSearch {
  /** Left out, those that wait for an answer. */
  show?: 'closed';
}
export interface SettingsSearch {
  tab?:
    | 'locations'
    | 'rooms'
    | 'practitioners'
    | 'services'
    | 'insurances'
    | 'custom'
    | 'opening'
    | 'booking'
    | 'members'
    | 'webhooks'
    | 'chatwoot'
    | 'requests'
    | 'reference'
    | 'clients'
    | 'inbox'
    | 'assistant';
}
export interface ReportsSearch {
  /** How many weeks are looked back on; 13 when left out. */
  weeks?: 4 | 13 | 52;
  practitioner?: string;
  service?: string;
}

export interface PlatformLinesSearch {
  state?: LineState;
}
export interface PlatformUsageSearch {
  /** By what clinics are sorted; by name when left out. */
  sort?: ClinicOrder;
  /** Words of a clinic's name. */
  find?: string;
}
export interface LinesSearch {
  /** Id of the line looked at; the default line when left out. */
  line?: string;
  /** Begins to link it at once. */
  pair?: true;
}

export interface SetupSearch {
  /** The step looked at; left out, the first that is not done. */
  step?: SetupStepKind;
}

export const to = {
  today: (clinic: string) => linkOptions({ to: '/c/$clinic/today', params: { clinic } }),
  agenda: (clinic: string, search: AgendaSearch = {}) => linkOptions({ to: '/c/$clinic/agenda', params: { clinic }, search }),
  waitlist: (clinic: string, search: WaitlistSearch = {}) => linkOptions({ to: '/c/$clinic/waitlist', params: { clinic }, search }),
  conversations: (clinic: string, search: ConversationsSearch = {}) =>
    linkOptions({ to: '/c/$clinic/conversations', params: { clinic }, search }),
  tickets: (clinic: string, search: TicketsSearch = {}) =>
    linkOptions({ to: '/c/$clinic/conversations/tickets', params: { clinic }, search }),
  patients: (clinic: string) => linkOptions({ to: '/c/$clinic/patients', params: { clinic } }),
  patientImport: (clinic: string, search: PatientImportSearch = {}) =>
    linkOptions({ to: '/c/$clinic/patients/import', params: { clinic }, search }),
  patientPairs: (clinic: string, search: PatientPairsSearch = {}) =>
    linkOptions({ to: '/c/$clinic/patients/duplicates', params: { clinic }, search }),
  patientReads: (clinic: string, search: PatientReadsSearch = {}) =>
    linkOptions({ to: '/c/$clinic/patients/reads', params: { clinic }, search }),
  audit: (clinic: string, search: AuditSearch = {}) => linkOptions({ to: '/c/$clinic/audit', params: { clinic }, search }),
  privacyRequests: (clinic: string, search: PrivacyRequestsSearch = {}) =>
    linkOptions({ to: '/c/$clinic/patients/requests', params: { clinic }, search }),
  patient: (clinic: string, id: string) => linkOptions({ to: '/c/$clinic/patients/$id', params: { clinic, id } }),
  messages: (clinic: string, search: MessagesSearch = {}) => linkOptions({ to: '/c/$clinic/messages', params: { clinic }, search }),
  unanswered: (clinic: string) => linkOptions({ to: '/c/$clinic/messages/unanswered', params: { clinic } }),
  message: (clinic: string, id: string) => linkOptions({ to: '/c/$clinic/messages/$id', params: { clinic, id } }),
  campaigns: (clinic: string) => linkOptions({ to: '/c/$clinic/campaigns', params: { clinic } }),
  newCampaign: (clinic: string) => linkOptions({ to: '/c/$clinic/campaigns/new', params: { clinic } }),
  campaign: (clinic: string, id: string) => linkOptions({ to: '/c/$clinic/campaigns/$id', params: { clinic, id } }),
  flows: (clinic: string) => linkOptions({ to: '/c/$clinic/flows', params: { clinic } }),
  flow: (clinic: string, id: string) => linkOptions({ to: '/c/$clinic/flows/$id', params: { clinic, id } }),
  templates: (clinic: string, search: TemplatesSearch = {}) => linkOptions({ to: '/c/$clinic/templates', params: { clinic }, search }),
  rules: (clinic: string, search: RulesSearch = {}) => linkOptions({ to: '/c/$clinic/rules', params: { clinic }, search }),
  serviceStatus: (clinic: string) => linkOptions({ to: '/c/$clinic/line/status', params: { clinic } }),
  line: (clinic: string, search: LinesSearch = {}) => linkOptions({ to: '/c/$clinic/line', params: { clinic }, search }),
  reports: (clinic: string, search: ReportsSearch = {}) => linkOptions({ to: '/c/$clinic/reports', params: { clinic }, search }),
  settings: (clinic: string, search: SettingsSearch = {}) => linkOptions({ to: '/c/$clinic/settings', params: { clinic }, search }),
  setup: (clinic: string, search: SetupSearch = {}) => linkOptions({ to: '/c/$clinic/setup', params: { clinic }, search }),
  platform: () => linkOptions({ to: '/platform' }),
  platformLines: (search: PlatformLinesSearch = {}) => linkOptions({ to: '/platform/lines', search }),
  platformUsage: (search: PlatformUsageSearch = {}) => linkOptions({ to: '/platform/usage', search }),
  platformHealth: () => linkOptions({ to: '/platform/health' }),
  platformPrices: () => linkOptions({ to: '/platform/prices' }),
};
