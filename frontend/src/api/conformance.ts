import type { components, paths as Described } from './generated';
import type { problemCodes } from './problems';
import type { paths as Used } from './schema';
import type * as Types from './types';

/**
 * What the console believes about the API, held against `docs/api/openapi.json` at every type check. The description says
 * neither which fields of an answer are always there nor which words an enumeration has, so the console keeps its own
 * narrower types (`types.ts`) and this file proves that every path and every field in them exists (ADR 0121).
 */
type Unnamed<Path extends string> = Path extends `${infer Before}{${string}}${infer After}` ? `${Before}{}${Unnamed<After>}` : Path;
type Paths<Table> = Unnamed<keyof Table & string>;
type Schemas = components['schemas'];

/** Is `true` when nothing is left over, else names what is. */
type NothingOf<Left> = [Left] extends [never] ? true : Left;
type Unknown<Ours, Theirs> = NothingOf<Exclude<keyof Ours, keyof Theirs>>;

type Checks = [
  NothingOf<Exclude<Paths<Used>, Paths<Described>>>,
  Unknown<Types.Me, Schemas['Me']>,
  Unknown<Types.Membership, Schemas['MyOrganization']>,
  Unknown<Types.ConsoleConfig, Schemas['ConsoleConfiguration']>,
  Unknown<Types.Organization, Schemas['OrganizationView']>,
  Unknown<Types.OrganizationPatch, Schemas['SettingsChange']>,
  Unknown<Types.Member, Schemas['MemberView']>,
  Unknown<Types.NewMember, Schemas['NewMember']>,
  Unknown<Types.NewOrganization, Schemas['NewOrganization']>,
  Unknown<Types.Patient, Schemas['Patient']>,
  Unknown<Types.PatientInput, Schemas['PatientInput']>,
  Unknown<Types.Practitioner, Schemas['Practitioner']>,
  Unknown<Types.HealthcareService, Schemas['HealthcareService']>,
  Unknown<Types.Schedule, Schemas['Schedule']>,
  Unknown<Types.ScheduleException, Schemas['ScheduleException']>,
  Unknown<Types.Slot, Schemas['Slot']>,
  Unknown<Types.OpeningHoursOfDay, Schemas['OpeningHoursOfDay']>,
  Unknown<Types.Appointment, Schemas['Appointment']>,
  Unknown<Types.NewAppointment, Schemas['AppointmentInput']>,
  Unknown<Types.Reschedule, Schemas['AppointmentReschedule']>,
  Unknown<Types.TimelineItem, Schemas['TimelineEntry']>,
  Unknown<Types.MessageTemplate, Schemas['MessageTemplate']>,
  Unknown<Types.Message, Schemas['MessageView']>,
  Unknown<Types.InboundMessage, Schemas['InboundView']>,
  Unknown<Types.CandidateVisits, Schemas['CandidateVisits']>,
  Unknown<Types.CandidateVisit, Schemas['CandidateVisit']>,
  Unknown<Types.InboundAttachment, Schemas['Attachment']>,
  Unknown<Types.NewMessage, Schemas['NewMessage']>,
  Unknown<Types.Upload, Schemas['Upload']>,
  Unknown<Types.WhatsAppLine, Schemas['LineView']>,
  Unknown<Types.LineCapabilities, Schemas['Capabilities']>,
  Unknown<Types.WritingLine, Schemas['WritingLine']>,
  Unknown<Types.LineTemplate, Schemas['LineTemplate']>,
  Unknown<NonNullable<Types.LineTemplate['mapping']>, Schemas['LineTemplateMapping']>,
  Unknown<Types.LineTemplate['suggestion'], Schemas['LineTemplateSuggestion']>,
  Unknown<Types.TemplateMapping, Schemas['LineTemplateInput']>,
  Unknown<Types.LineCredentials, Schemas['CredentialsView']>,
  Unknown<Extract<Types.CredentialsInput, { cloudApi: unknown }>['cloudApi'], Schemas['CloudApiCredentials']>,
  Unknown<Extract<Types.CredentialsInput, { twilio: unknown }>['twilio'], Schemas['TwilioCredentials']>,
  Unknown<Extract<Types.CredentialsInput, { evolution: unknown }>['evolution'], Schemas['EvolutionCredentials']>,
  Unknown<Types.SelfTest, Schemas['SelfTestView']>,
  Unknown<Types.SelfTest['checks'][number], Schemas['Check']>,
  Unknown<Types.TestMessage, Schemas['TestMessage']>,
  Unknown<Types.PlatformOrganization, Schemas['OrganizationView']>,
  Unknown<Types.PlatformLine, Schemas['PlatformLine']>,
  Unknown<Types.PlatformHealth, Schemas['PlatformHealth']>,
  Unknown<NonNullable<Types.PlatformHealth['gateway']>, Schemas['GatewayFigures']>,
  Unknown<Types.PlatformHealth['pairings'], Schemas['Pairings']>,
  Unknown<Types.PlatformHealth['outbox'], Schemas['OutboxHealth']>,
  Unknown<Types.PlatformHealth['reconnects'][number], Schemas['LossCount']>,
  Unknown<Types.ProblemDetails, Schemas['Problem']>,
  NothingOf<Exclude<NonNullable<Schemas['LineView']['state']>, Types.LineState>>,
  NothingOf<Exclude<NonNullable<Schemas['LineView']['engine']>, Types.LineEngine>>,
  NothingOf<Exclude<NonNullable<Schemas['Problem']['code']>, (typeof problemCodes)[number]>>,
  NothingOf<Exclude<NonNullable<Schemas['MessageView']['state']>, Types.MessageState>>,
  NothingOf<Exclude<NonNullable<Schemas['InboundView']['outcome']>, Types.InboundOutcome>>,
  NothingOf<Exclude<NonNullable<Schemas['MessageTemplate']['kind']>, Types.TemplateKind>>,
];

type Agrees<All extends readonly unknown[]> = All[number] extends true ? true : Exclude<All[number], true>;
/** Does not compile when the console asks for something the API does not describe. */
export const consoleAgreesWithApi: Agrees<Checks> = true;
