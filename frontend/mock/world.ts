import type { ChatwootBridge } from '../src/api/chatwoot.ts';
import type { CannedReply, HandOverSettings, InboxSettings, InboxTeam } from '../src/api/conversations.ts';
import type { Flow } from '../src/api/flowTypes.ts';
import type { MaintenanceNotice } from '../src/api/maintenance.ts';
import type {
  ApiClient,
  Appointment,
  AppointmentSeries,
  AuditEntry,
  CalendarFeed,
  CallAttempt,
  Campaign,
  ClinicalNote,
  ClockChange,
  CustomField,
  CustomTemplate,
  DeadJob,
  HealthcareService,
  Holiday,
  HolidayCalendar,
  Household,
  InboundMessage,
  Insurance,
  Invitation,
  LegalHold,
  LineCredentials,
  LineHistoryItem,
  LineTemplate,
  Location,
  Me,
  Member,
  MemberPermissions,
  Message,
  MyInvitation,
  MySession,
  NotificationRule,
  Organization,
  Patient,
  PatientConsent,
  PatientFile,
  PatientImport,
  PatientMerge,
  PatientRead,
  PlanInput,
  PlatformLine,
  PlatformOrganization,
  Practitioner,
  PrivacyRequest,
  ReleasePolicy,
  Room,
  Schedule,
  ScheduleException,
  SetAsideEvent,
  SlotHold,
  SupportAccess,
  TemplateSubmission,
  TemplateText,
  TestMessage,
  TimelineItem,
  WaitlistEntry,
  WhatsAppLine,
} from '../src/api/types.ts';
import { mockApiClients } from './apiClients.ts';
import { approvedOf, someApproved } from './approved.ts';
import { type MockAssistant, mockAssistant } from './assistant.ts';
import { fillAudit } from './audit.ts';
import { fillCampaigns } from './campaigns.ts';
import { mockBridges } from './chatwoot.ts';
import { type ConversationState, cannedReplies } from './conversations.ts';
import { fillCustomFields } from './customFields.ts';
import { fillCrowd, fillDay, fillInbound, fillWeek } from './day.ts';
import { fillFlows } from './flows.ts';
import { fillHolds } from './holds.ts';
import { fillHours } from './hours.ts';
import { importsOf } from './imports.ts';
import { credentialsAt, fillHistory, linesOf, OFFICIAL, RECEPTION } from './lineWorld.ts';
import { at, newId } from './made.ts';
import { someMaintenance } from './maintenance.ts';
import { mockSessions, usualPermissions } from './memberAccess.ts';
import { fillTwice } from './merging.ts';
import { CLINIC, practitioners, SECOND, services } from './names.ts';
import { fillNotes } from './notes.ts';
import { fillPlatform } from './platform.ts';
import { fillReads, fillRequests } from './privacy.ts';
import { fillRules } from './rules.ts';
import { someSubmissions } from './submissions.ts';
import { customTemplates, templateTexts } from './templates.ts';
import { noTickets, type Tickets } from './tickets.ts';
import { fillWaitlist } from './waitlist.ts';
import { type MockWebhook, mockWebhooks } from './webhooks.ts';

/** What a test asks of the mock: which state everything is in. */
export type Scenario =
  | 'full'
  | 'empty'
  | 'error'
  | 'loading'
  | 'line-error'
  /** Somebody asks for a person. */
  | 'hand-over'
  | 'runs-out'
  | 'voice-note'
  /** A colleague answers while one writes. */
  | 'answered-meanwhile'
  /** A colleague writes an answer at this moment. */
  | 'colleague-writes'
  | 'line-down'
  | 'line-new'
  /** Somebody was just made its owner. */
  | 'new-clinic'
  | 'pairing-typed'
  | 'pairing-expired'
  | 'reconnecting'
  | 'halted'
  | 'wrong-number'
  | 'several-lines'
  | 'slow-line'
  | 'who-wrote'
  | 'official'
  | 'official-new'
  | 'gateway-down'
  | 'practitioner'
  /** The platform has suspended the clinic. */
  | 'suspended'
  /** The clinic is to be deleted. */
  | 'deleted'
  /** Somebody of the platform looks, with an owner's permission. */
  | 'support'
  | 'platform'
  | 'platform-late'
  | 'maintenance'
  | 'taken'
  | 'stale'
  /** Twenty practitioners with four hundred visits a day. */
  | 'crowded';

const mainLocation: Location = {
  id: CLINIC.id,
  name: CLINIC.name,
  address: null,
  point: null,
  phone: null,
  timeZone: null,
  main: true,
  active: true,
  version: 0,
};

/** Everything one signed-in test sees; each token has its own. */
export interface World {
  scenario: Scenario;
  me: Me;
  organization: Organization;
  legalHold: LegalHold;
  plan: PlanInput | null;
  support: SupportAccess;
  members: Member[];
  memberPermissions: MemberPermissions;
  sessions: MySession[];
  invitations: Invitation[];
  /** By the invitation's id. */
  myInvitations: Map<string, MyInvitation>;
  patients: Patient[];
  households: Household[];
  /** Merges of patients, the latest last; `before` are both cards as they were, and whose visits moved. */
  merges: { survivorId: string; merge: PatientMerge; before: [Patient, Patient]; visits: string[]; undone: boolean }[];
  /** The latest first. */
  patientReads: PatientRead[];
  /** Of those to whom somebody attached one, or took one from. */
  patientFiles: Map<string, PatientFile[]>;
  privacyRequests: PrivacyRequest[];
  clinicalNotes: ClinicalNote[];
  customFields: CustomField[];
  /** Pairs of ids, in order, of whom somebody said that they are two people. */
  distinct: Set<string>;
  practitioners: Practitioner[];
  services: HealthcareService[];
  locations: Location[];
  rooms: Room[];
  insurances: Insurance[];
  series: Omit<AppointmentSeries, 'appointments'>[];
  clockChanges: ClockChange[];
  calendarFeeds: CalendarFeed[];
  webhooks: MockWebhook[];
  bridges: ChatwootBridge[];
  apiClients: ApiClient[];
  auditEntries: AuditEntry[];
  schedules: Schedule[];
  exceptions: ScheduleException[];
  holidays: Holiday[];
  holidayCalendar: HolidayCalendar;
  appointments: Appointment[];
  waitlist: WaitlistEntry[];
  slotHolds: SlotHold[];
  /** Which hold a form has. */
  holdOfForm: Map<string, string>;
  rules: NotificationRule[];
  release: ReleasePolicy;
  /** Visits whose hour is offered to the waitlist. */
  offered: Set<string>;
  timelines: Map<string, TimelineItem[]>;
  lines: WhatsAppLine[];
  lineHistory: Map<string, LineHistoryItem[]>;
  /** Ids of lines that offer a code to type instead of one to scan. */
  typed: Set<string>;
  tests: Map<string, TestMessage>;
  /** What is shown of each line's credentials, by the line's id. */
  credentials: Map<string, LineCredentials>;
  templates: TemplateText[];
  customTemplates: CustomTemplate[];
  calls: CallAttempt[];
  campaigns: Campaign[];
  flows: Flow[];
  assistant: MockAssistant;
  consents: (PatientConsent & { patientId: string })[];
  messages: Message[];
  inbound: InboundMessage[];
  /** By the contact they are with. */
  conversations: Map<string, ConversationState>;
  canned: CannedReply[];
  handOvers: HandOverSettings;
  inboxSettings: InboxSettings;
  teams: InboxTeam[];
  tickets: Tickets;
  platform: PlatformOrganization[];
  platformLines: PlatformLine[];
  setAside: SetAsideEvent[];
  deadJobs: DeadJob[];
  maintenance: MaintenanceNotice[];
  /** Texts of the official line. */
  approved: LineTemplate[];
  submissions: TemplateSubmission[];
  imports: PatientImport[];
  answered: Map<string, { body: string; answer: unknown }>;
  hint: (kind: string, id: string) => void;
}

/** What the mail's link of an invitation to the second clinic names. */
export const INVITATION = '0197a000-0000-7000-8000-0000000000e1';

const invited = (): Invitation[] => [
  {
    id: newId(),
    email: 'nora@arrayan.example',
    name: 'Nora Quiroga',
    roles: ['receptionist'],
    language: 'es',
    invitedBy: 'Andrea Molina',
    state: 'pending',
    createdAt: at('2026-11-23', '09:10'),
    sentAt: at('2026-11-23', '09:11'),
    expiresAt: at('2026-11-30', '09:10'),
  },
  {
    id: newId(),
    email: 'tomas@arrayan.example',
    name: 'Tomás Vega',
    roles: ['practitioner'],
    language: 'pt-BR',
    invitedBy: 'Andrea Molina',
    state: 'expired',
    createdAt: at('2026-11-10', '16:20'),
    sentAt: at('2026-11-10', '16:21'),
    expiresAt: at('2026-11-17', '16:20'),
  },
];

/** What Bruno wrote is a voice note. */
function speak(world: World): void {
  const spoken = world.inbound.find((one) => one.senderName === 'Bruno');
  const attachment = { kind: 'audio' as const, state: 'stored' as const, contentType: 'audio/ogg', size: 12_400, fileName: null };
  if (spoken) Object.assign(spoken, { kind: 'audio', text: null, attachment });
}

export function createWorld(scenario: Scenario): World {
  const fresh = scenario === 'new-clinic';
  const empty = scenario === 'empty' || scenario === 'line-new' || fresh;
  const world: World = {
    scenario,
    me: meOf(scenario),
    organization: {
      id: CLINIC.id,
      name: CLINIC.name,
      alias: CLINIC.alias,
      country: 'AR',
      timeZone: CLINIC.zone,
      locale: 'es',
      visitWord: 'turno',
      declineAction: 'ask-staff',
      quietHours: { from: '21:00:00', to: '08:00:00' },
      state: 'active',
      suspension: null,
      createdAt: '2026-02-03T13:00:00Z',
      version: 3,
    },
    legalHold: { held: false, since: null },
    support: { until: null, grantedBy: null, lastUsedAt: null },
    plan: { plan: 'Clínica', lines: 1, messagesPerDay: 500, members: 10, storageMegabytes: null },
    memberPermissions: usualPermissions(),
    sessions: mockSessions(),
    members: [
      { id: newId(), email: 'andrea@arrayan.example', name: 'Andrea Molina', roles: ['owner'], you: true },
      { id: newId(), email: 'rocio@arrayan.example', name: 'Rocío Paredes', roles: ['receptionist'], you: false },
      { id: newId(), email: 'lucia@arrayan.example', name: 'Lucía Ferreyra', roles: ['practitioner'], you: false },
    ],
    invitations: empty ? [] : invited(),
    myInvitations: new Map([
      [
        INVITATION,
        {
          organizationName: SECOND.name,
          alias: SECOND.alias,
          invitedBy: 'Bruno Castro',
          roles: ['receptionist'],
          expiresAt: '2026-12-01T13:00:00Z',
        },
      ],
    ]),
    patients: [],
    households: [],
    merges: [],
    patientReads: [],
    patientFiles: new Map(),
    privacyRequests: [],
    clinicalNotes: [],
    customFields: [],
    distinct: new Set(),
    practitioners: practitioners.map(([displayName, specialty], index) => ({
      id: newId(),
      displayName,
      specialty,
      specialties: specialty ? [specialty] : [],
      colour: index,
      memberId: null,
      you: false,
      active: true,
      version: 1,
    })),
    services: services.map(([name, durationMinutes], index) => ({
      id: newId(),
      name,
      durationMinutes,
      bufferBeforeMinutes: 0,
      bufferAfterMinutes: index === 3 ? 10 : 0,
      capacity: 1,
      practitionerIds: [],
      roomIds: [],
      locationIds: [],
      colour: index % 8,
      price: null,
      telehealthLink: null,
      active: true,
      version: 1,
    })),
    schedules: [],
    locations: [{ ...mainLocation }],
    rooms: [],
    insurances: [],
    series: [],
    clockChanges: [],
    calendarFeeds: [],
    webhooks: mockWebhooks(),
    bridges: mockBridges(),
    apiClients: mockApiClients(),
    auditEntries: [],
    exceptions: [],
    holidays: [],
    holidayCalendar: { country: 'AR', region: null, regions: [], knownUntil: null, version: 0 },
    appointments: [],
    waitlist: [],
    slotHolds: [],
    holdOfForm: new Map(),
    rules: [],
    release: { mode: 'trial', asks: 2, silentHours: 24, offers: 3, answerMinutes: 20, version: 0 },
    offered: new Set(),
    timelines: new Map(),
    lines: linesOf(scenario),
    lineHistory: new Map(),
    typed: new Set(scenario === 'pairing-typed' ? [RECEPTION] : []),
    tests: new Map(),
    credentials: new Map(scenario === 'official' ? [[OFFICIAL, credentialsAt(OFFICIAL, '4f2a', at('2026-11-10', '16:20'))]] : []),
    templates: templateTexts(),
    customTemplates: customTemplates(),
    calls: [],
    campaigns: [],
    flows: [],
    assistant: mockAssistant(),
    consents: [],
    messages: [],
    inbound: [],
    conversations: new Map(),
    canned: cannedReplies(),
    handOvers: { minutes: 5, emails: [], phones: [], timeoutText: null, version: 0 },
    inboxSettings: { routing: 'off', capacity: 10, responseMinutes: null, warningMinutes: 5, outOfHoursText: null, version: 0 },
    teams: [],
    tickets: noTickets(),
    platform: [],
    platformLines: [],
    setAside: [],
    deadJobs: [],
    maintenance: scenario === 'maintenance' || scenario === 'platform' ? someMaintenance() : [],
    approved: [],
    submissions: [],
    imports: importsOf(scenario),
    answered: new Map(),
    hint: () => {},
  };
  const none = approvedOf(world);
  world.approved = scenario === 'official' ? someApproved(none) : none;
  world.submissions = scenario === 'official' ? someSubmissions(world) : [];
  if (scenario === 'empty') world.practitioners = world.practitioners.slice(0, 2);
  if (fresh) Object.assign(world, { practitioners: [], services: [] });
  const own = world.practitioners[1];
  if (scenario === 'practitioner' && own) Object.assign(own, { you: true, memberId: world.members[0]?.id });
  if (!empty) {
    fillHours(world);
    fillDay(world);
    fillWeek(world);
    fillInbound(world);
    if (scenario === 'voice-note') speak(world);
    fillWaitlist(world);
    fillHolds(world);
    fillRules(world);
    fillHistory(world);
    fillPlatform(world);
    fillTwice(world);
    fillReads(world);
    fillAudit(world);
    fillRequests(world);
    fillNotes(world);
    fillCampaigns(world);
    fillFlows(world);
    fillCustomFields(world);
    if (scenario === 'crowded') fillCrowd(world);
  }
  return world;
}

function suspensionIn(scenario: Scenario): Me['organizations'][number]['suspension'] {
  const since = at('2026-11-23', '09:00');
  if (scenario === 'suspended') return { reason: 'payment', since, deletionDueAt: null };
  if (scenario === 'deleted') return { reason: 'deletion', since, deletionDueAt: at('2026-12-23', '09:00') };
  return null;
}

function meOf(scenario: Scenario): Me {
  const role = scenario === 'practitioner' ? 'practitioner' : 'owner';
  return {
    subject: 'andrea',
    name: 'Andrea Molina',
    email: 'andrea@arrayan.example',
    platformAdmin: ['support', 'platform', 'platform-late', 'error', 'line-error', 'loading', 'empty'].includes(scenario),
    organizations: [
      {
        id: CLINIC.id,
        alias: CLINIC.alias,
        name: CLINIC.name,
        roles: scenario === 'support' ? [] : [role],
        country: 'AR',
        timeZone: CLINIC.zone,
        locale: 'es',
        visitWord: 'turno',
        suspension: suspensionIn(scenario),
        supportUntil: scenario === 'support' ? at('2026-11-24', '15:00') : null,
        permissions: role === 'owner' ? ['exports', 'campaigns'] : ['clinical-notes'],
      },
      {
        id: SECOND.id,
        alias: SECOND.alias,
        name: SECOND.name,
        roles: ['receptionist'],
        country: 'CO',
        timeZone: SECOND.zone,
        locale: 'es',
        visitWord: 'cita',
        suspension: null,
        supportUntil: null,
        permissions: [],
      },
    ],
  };
}
