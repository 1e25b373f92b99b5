/**
 * The records the API speaks in, in the console's words. Instants are ISO-8601 in UTC, dates are plain dates in the
 * clinic's zone, phones are E.164. A field that may be missing is `null`, never absent.
 */
export * from './lineTypes';

export type Role = 'owner' | 'receptionist' | 'practitioner';
export type Language = 'es' | 'en' | 'pt-BR';
export type VisitWord = 'turno' | 'cita';

export interface Membership {
  id: string;
  alias: string;
  name: string;
  roles: Role[];
  country: string;
  timeZone: string;
  locale: Language;
  visitWord: VisitWord;
}

export interface Me {
  subject: string;
  name: string | null;
  email: string | null;
  platformAdmin: boolean;
  organizations: Membership[];
}

export interface ConsoleConfig {
  issuer: string;
  clientId: string;
  /** True when the WhatsApp network behind this installation is the simulator. */
  simulated: boolean;
  version: string;
}

/** `from` and `to` are wall-clock times in the clinic's zone; `to` may be earlier than `from` and then means the next day. */
export interface QuietHours {
  from: string;
  to: string;
}

export interface Organization {
  id: string;
  name: string;
  alias: string;
  country: string;
  timeZone: string;
  locale: Language;
  visitWord: VisitWord;
  declineAction: 'cancel' | 'ask-staff';
  reminderLeadMinutes: number;
  confirmationOnBooking: boolean;
  quietHours: QuietHours | null;
  version: number;
}

export interface OrganizationPatch {
  name?: string;
  visitWord?: VisitWord;
  declineAction?: 'cancel' | 'ask-staff';
  reminderLeadMinutes?: number;
  quietHours?: QuietHours | null;
}

export interface Member {
  id: string;
  email: string;
  name: string;
  roles: Role[];
  you: boolean;
}

export interface NewMember {
  email: string;
  givenName: string;
  familyName: string;
  roles: Role[];
}

export interface PlatformOrganization {
  id: string;
  name: string;
  alias: string;
  country: string;
  timeZone: string;
  locale: Language;
  state: 'provisioning' | 'active';
  createdAt: string;
}

export interface NewOrganization {
  name: string;
  alias: string;
  country: string;
  timeZone: string;
  locale: Language;
  visitWord?: VisitWord;
  owner: { email: string; givenName: string; familyName: string };
}

export type Messaging = 'allowed' | 'opted-out';

export interface Patient {
  id: string;
  /** Many people have one name only; one of the two is there. */
  givenName: string | null;
  familyName: string | null;
  displayName: string;
  phone: string | null;
  phoneNational: string | null;
  phoneExtension: string | null;
  birthDate: string | null;
  language: Language;
  notes: string | null;
  messaging: Messaging;
  optedOutAt: string | null;
  /** Apart from messages about visits. */
  marketing: Messaging;
  createdAt: string;
  version: number;
}

export interface PatientInput {
  givenName: string | null;
  familyName: string | null;
  phone: string | null;
  birthDate: string | null;
  language: Language;
  notes: string | null;
}

export interface Practitioner {
  id: string;
  displayName: string;
  specialty: string | null;
  colour: number | null;
  active: boolean;
  version: number;
}

export interface HealthcareService {
  id: string;
  name: string;
  durationMinutes: number;
  /** Kept free of other visits before and after it. */
  bufferBeforeMinutes: number;
  bufferAfterMinutes: number;
  /** Who offers it; empty when everybody does. */
  practitionerIds: string[];
  active: boolean;
  version: number;
}

export type PractitionerChange = Omit<Practitioner, 'id' | 'version' | 'colour'>;
export type ServiceChange = Omit<HealthcareService, 'id' | 'version'>;
export type NewService = Omit<ServiceChange, 'active'>;

export type Weekday = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun';
/** Wall clock of the clinic; `24:00` is the end of the day. */
export interface HoursPart {
  from: string;
  until: string;
}
/** A usual week: the clinic's own without a practitioner. It counts until the next one of the same owner begins. */
export interface Schedule {
  id: string;
  practitionerId: string | null;
  validFrom: string;
  hours: (HoursPart & { day: Weekday })[];
  version: number;
}
export type ScheduleInput = Omit<Schedule, 'id' | 'version'>;
/** Days that differ from the usual week; closed without hours. */
export interface ScheduleException {
  id: string;
  practitionerId: string | null;
  firstDay: string;
  lastDay: string;
  hours: HoursPart[];
  reason: string | null;
  version: number;
}
export type ScheduleExceptionInput = Omit<ScheduleException, 'id' | 'version'>;
/** A time at which a visit fits, and what it would leave free around it. */
export interface Slot {
  practitionerId: string;
  start: string;
  end: string;
  gapBeforeMinutes: number;
  gapAfterMinutes: number;
}
export interface Slots {
  timeZone: string;
  items: Slot[];
  more: boolean;
  nextFree: { practitionerId: string; start: string | null }[];
}
export interface OpeningHoursOfDay {
  practitionerId: string;
  date: string;
  open: { start: string; end: string }[];
  /** Nobody has said the hours yet. */
  assumed: boolean;
}

export type AppointmentStatus =
  | 'proposed'
  | 'pending'
  | 'booked'
  | 'arrived'
  | 'checked-in'
  | 'fulfilled'
  | 'cancelled'
  | 'noshow'
  | 'waitlist'
  | 'entered-in-error';
export type Participation = 'needs-action' | 'accepted' | 'declined' | 'tentative';

export interface Appointment {
  id: string;
  patient: { id: string; displayName: string; phone: string | null; messaging: Messaging };
  practitioner: { id: string; displayName: string };
  healthcareService: { id: string; name: string };
  start: string;
  end: string;
  timeZone: string;
  status: AppointmentStatus;
  participation: Participation;
  participationSource: 'patient' | 'staff' | null;
  /** What the patient wrote, in their own words. */
  participationText: string | null;
  participationAt: string | null;
  cancellationReason: string | null;
  arrivedAt: string | null;
  checkedInAt: string | null;
  /** Booked outside the practitioner's hours on purpose. */
  outsideHours: boolean;
  /** The latest message about this version, if any was planned. */
  messages: { kind: MessageKind; state: MessageState; at: string } | null;
  version: number;
  createdAt: string;
}

export interface NewAppointment {
  patientId: string;
  practitionerId: string;
  healthcareServiceId: string;
  start: string;
  durationMinutes?: number;
  note?: string;
  outsideHours?: boolean;
}

export interface Reschedule {
  start: string;
  practitionerId?: string;
  durationMinutes?: number;
  outsideHours?: boolean;
}

export interface TimelineItem {
  at: string;
  kind: string;
  messageId: string | null;
  messageKind: MessageKind | null;
  /** Of a message its state, of an answer its outcome. */
  state: MessageState | InboundOutcome | null;
  reason: string | null;
  text: string | null;
}

export type TemplateKind = 'confirmation' | 'reminder' | 'cancellation' | 'reschedule';

export interface MessageTemplate {
  id: string;
  kind: TemplateKind;
  language: Language;
  body: string;
  version: number;
  updatedAt: string;
  /** True while the clinic still uses the text Recado came with. */
  default: boolean;
}

export type MessageKind = TemplateKind | 'manual' | 'consent';
export type MessageState =
  | 'planned'
  | 'queued'
  | 'handed'
  | 'accepted'
  | 'sending'
  | 'sent'
  | 'delivered'
  | 'read'
  | 'failed'
  | 'unknown'
  | 'withdrawn'
  | 'superseded'
  | 'expired'
  | 'suppressed';

export interface MessageStep {
  state: MessageState;
  at: string;
  reason: string | null;
}

export interface Message {
  id: string;
  direction: 'outbound';
  kind: MessageKind;
  appointmentId: string | null;
  /** Null when it is for a contact. */
  patient: { id: string; displayName: string } | null;
  /** Somebody who is no patient, by the name they give themselves. */
  contact: { id: string; name: string | null } | null;
  phone: string | null;
  text: string | null;
  /** What staff sent by hand may be a file. */
  contentKind?: string;
  fileName?: string | null;
  state: MessageState;
  reason: string | null;
  dueAt: string;
  usefulUntil: string;
  createdAt: string;
  updatedAt: string;
  /** Only on a single message. */
  steps?: MessageStep[] | null;
  version: number;
}

/** A visit that an answer may be about. */
export interface CandidateVisit {
  appointmentId: string;
  patient: { id: string; displayName: string };
  practitionerName: string;
  serviceName: string;
  start: string;
  timeZone: string;
}

/** `accepts` is what its words say: yes, no, or null when they say neither. */
export interface CandidateVisits {
  accepts: boolean | null;
  items: CandidateVisit[];
}

export type InboundOutcome = 'accepted' | 'declined' | 'cancelled' | 'opted-out' | 'opted-in' | 'for-staff' | 'ignored';

export interface InboundMessage {
  id: string;
  patient: { id: string; displayName: string } | null;
  phone: string | null;
  senderName: string | null;
  text: string | null;
  kind: string;
  chatKind: string;
  fromMe: boolean;
  sentAt: string;
  receivedAt: string;
  outcome: InboundOutcome;
  reason: string | null;
  appointmentId: string | null;
  handledAt: string | null;
  handledBy: string | null;
  attachment: InboundAttachment | null;
  location: { latitude: number; longitude: number; name: string | null; address: string | null } | null;
  contacts: { name: string; phones: string[] }[];
  /** Who wrote it, patient or not; null in groups and when nobody knows. */
  contactId: string | null;
  call: { video: boolean; missed: boolean } | null;
  /** Why only the phone can show it. */
  unavailable: string | null;
  /** What it said before it was edited, oldest first. */
  earlierTexts: { text: string; until: string }[];
  editedAt: string | null;
  revokedAt: string | null;
  /** The number somebody has now, who changed it. */
  newPhone: string | null;
  version: number;
}

export interface InboundAttachment {
  kind: string;
  state: 'pending' | 'stored' | 'too-large' | 'refused' | 'unavailable';
  contentType: string | null;
  /** Bytes. */
  size: number | null;
  fileName: string | null;
}

/** What staff send by hand. */
export type ManualContent =
  | { kind: 'text'; text: string }
  | { kind: 'image'; mediaId: string; text?: string }
  | { kind: 'document'; mediaId: string; fileName: string; text?: string }
  | { kind: 'location'; latitude: number; longitude: number; name?: string; address?: string }
  | { kind: 'contact'; name: string; phone: string };

/** Whom somebody writes to: a patient, or a contact who is none or whose number nobody knows. */
export interface Addressee {
  kind: 'patient' | 'contact';
  id: string;
}

/** Names a patient or a contact, never both. */
export interface NewMessage {
  patientId?: string;
  contactId?: string;
  /** The clinic's default line unless said otherwise. */
  lineId?: string;
  content: ManualContent;
}

export interface Upload {
  id: string;
  contentType: string;
  size: number;
}

export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}
export interface Items<T> {
  items: T[];
}

export interface ProblemDetails {
  type?: string;
  title?: string;
  status: number;
  detail?: string;
  code: string;
  traceId?: string | null;
  errors?: { pointer: string; code: string; detail?: string }[] | null;
}
