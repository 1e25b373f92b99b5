import type { components } from './generated';

/**
 * The records the API speaks in, under the console's names: aliases of what is generated from `docs/api/openapi.json`
 * (ADR 127). Instants are ISO-8601 in UTC, dates are plain dates in the clinic's zone, phones are E.164. A field of an
 * answer that may be missing is `null`, never absent.
 */
type Schemas = components['schemas'];

export * from './lineTypes';

export type Role = Schemas['MemberRole'];
export type Language = Schemas['TemplateLanguage'];
export type VisitWord = Schemas['OrganizationView']['visitWord'];

export type Membership = Schemas['MyOrganization'];
export type Me = Schemas['Me'];
export type ConsoleConfig = Schemas['ConsoleConfiguration'];
export type QuietHours = Schemas['QuietHours'];
export type Organization = Schemas['OrganizationView'];
export type OrganizationPatch = Schemas['SettingsChange'];
export type LegalHold = Schemas['LegalHold'];
export type OrganizationDeletion = Schemas['OrganizationDeletion'];
export type Setup = Schemas['Setup'];
export type SetupStepKind = Schemas['SetupStepKind'];
export type SetAsideEvent = Schemas['SetAside'];
export type DeadJob = Schemas['DeadJob'];
export type BookingPage = Schemas['BookingPage'];
export type BookingPageInput = Schemas['BookingPageInput'];
export type Member = Schemas['MemberView'];
export type MemberPermission = Schemas['MemberPermission'];
export type MemberPermissionRule = Schemas['MemberPermissionRule'];
export type MemberPermissions = Schemas['MemberPermissions'];
export type MemberPermissionsInput = Schemas['MemberPermissionsInput'];
export type MySession = Schemas['MySession'];
export type CalendarFeed = Schemas['CalendarFeed'];
export type ApiClient = Schemas['ApiClient'];
export type ApiClientInput = Schemas['ApiClientInput'];
export type ApiClientScope = Schemas['ApiClientScope'];
export type ApiRequest = Schemas['ApiRequest'];
export type ApiUse = Schemas['ApiUse'];
export type ApiClientUse = Schemas['ApiClientUse'];
export type ApiClientSecret = Schemas['ApiClientSecret'];
export type AuditEntry = Schemas['AuditEntry'];
export type WebhookEndpoint = Schemas['WebhookEndpoint'];
export type WebhookEndpointInput = Schemas['WebhookEndpointInput'];
export type WebhookEventType = Schemas['WebhookEventType'];
export type WebhookDelivery = Schemas['WebhookDelivery'];
export type NewCalendarFeed = Schemas['CalendarFeedInput'];
export type Invitation = Schemas['InvitationView'];
export type NewInvitation = Schemas['NewInvitation'];
export type MyInvitation = Schemas['MyInvitation'];
export type PlatformOrganization = Schemas['OrganizationView'];
export type NewOrganization = Schemas['NewOrganization'];
export type Usage = Schemas['Usage'];
export type PlanInput = Schemas['PlanInput'];
export type SupportAccess = Schemas['SupportAccess'];
export type ClinicOverview = Schemas['ClinicOverview'];
export type ClinicOrder = Schemas['ClinicOrder'];
export type SuspensionReason = Schemas['SuspensionReason'];

export type Messaging = Schemas['Messaging'];
export type Patient = Schemas['Patient'];
export type PatientInput = Schemas['PatientInput'];
export type PatientPhone = Schemas['PatientPhone'];
export type PatientPhoneKnown = Schemas['PatientPhoneKnown'];
export type Coverage = Schemas['Coverage'];
export type PatientFile = Schemas['PatientFile'];
export type CoverageInput = Schemas['CoverageInput'];
export type Preregistration = Schemas['Preregistration'];
export type PreregistrationDetail = Schemas['PreregistrationDifference']['detail'];
export type PatientImport = Schemas['PatientImport'];
export type PatientImportPlan = Schemas['PatientImportPlan'];
export type AppointmentImport = Schemas['AppointmentImport'];
export type AppointmentImportPlan = Schemas['AppointmentImportPlan'];
export type ImportField = PatientImport['columns'][number]['field'];
export type ImportRow = Schemas['PatientImportRow'];
export type PatientPair = Schemas['PatientPair'];
export type MergePreview = Schemas['PatientMergePreview'];
export type MergeField = MergePreview['differing'][number];
export type MergedPatient = Schemas['MergedPatient'];
export type PatientMerge = Schemas['PatientMerge'];
export type PrivacyRequest = Schemas['PrivacyRequest'];
export type CustomField = Schemas['CustomField'];
export type CustomFieldInput = Schemas['CustomFieldInput'];
export type CustomFieldChange = Schemas['CustomFieldChange'];
export type CustomValue = Schemas['CustomValue'];
export type ClinicalNote = Schemas['ClinicalNote'];
export type ClinicalNoteInput = Schemas['ClinicalNoteInput'];
export type PrivacyRequestInput = Schemas['PrivacyRequestInput'];
export type NotificationRule = Schemas['NotificationRule'];
export type NotificationRuleInput = Schemas['NotificationRuleInput'];
export type NotificationRuleEffect = Schemas['NotificationRuleEffect'];
export type ReleasePolicy = Schemas['ReleasePolicy'];
export type UnconfirmedVisit = Schemas['UnconfirmedVisit'];
export type NotificationForecast = Schemas['NotificationForecast'];
export type NotificationOutlook = Schemas['NotificationForecastOutlook']['outlook'];
export type NotificationExplanation = Schemas['NotificationExplanation'];
export type NotificationForecastMessage = Schemas['NotificationForecastMessage'];
export type PatientRead = Schemas['PatientRead'];
export type UnmergedPatients = Schemas['UnmergedPatients'];
export type Household = Schemas['Household'];
export type HouseholdInput = Schemas['HouseholdInput'];
export type Relationship = Household['members'][number]['relationship'];
export type IdentifierKind = Patient['identifiers'][number]['kind'];

export type Practitioner = Schemas['Practitioner'];
export type HealthcareService = Schemas['HealthcareService'];
export type PractitionerChange = Schemas['PractitionerChange'];
export type ServiceChange = Schemas['HealthcareServiceChange'];
export type NewService = Schemas['HealthcareServiceInput'];

export type Insurance = Schemas['Insurance'];
export type InsuranceChange = Schemas['InsuranceChange'];
export type NewInsurance = Schemas['InsuranceInput'];

export type Location = Schemas['ClinicLocation'];
export type LocationChange = Schemas['LocationChange'];
export type NewLocation = Schemas['LocationInput'];

export type Room = Schemas['Room'];
export type RoomChange = Schemas['RoomChange'];
export type NewRoom = Schemas['RoomInput'];

export type Schedule = Schemas['Schedule'];
export type Weekday = Schedule['hours'][number]['day'];
/** Part of a day; without a location at the main one. */
export type HoursPart = Schemas['ScheduleExceptionHoursInput'];
export type ScheduleInput = Schemas['ScheduleInput'];
export type ScheduleException = Schemas['ScheduleException'];
export type ScheduleExceptionInput = Schemas['ScheduleExceptionInput'];
export type Holiday = Schemas['Holiday'];
export type HolidayCalendar = Schemas['HolidayCalendar'];
export type Slot = Schemas['Slot'];
export type Slots = Schemas['Slots'];
export type OpeningHoursOfDay = Schemas['OpeningHoursOfDay'];

export type AttendanceReport = Schemas['AttendanceReport'];
export type VisitOutcomes = Schemas['VisitOutcomes'];
export type MeasuredShare = Schemas['MeasuredShare'];
export type OccupancyReport = Schemas['OccupancyReport'];
export type SurveyReport = Schemas['SurveyReport'];
export type MessageCategory = Schemas['MessageCategory'];
export type MessageConsumptionMonth = Schemas['MessageConsumptionMonth'];
export type MessageBudget = Schemas['MessageBudget'];
export type MessageBudgetInput = Schemas['MessageBudgetInput'];
export type MessagePrice = Schemas['MessagePrice'];
export type NotificationRuleCost = Schemas['RuleCost'];
export type OccupancyOfPractitioner = Schemas['OccupancyOfPractitioner'];

export type AppointmentStatus = Schemas['AppointmentStatus'];
export type Participation = Schemas['Participation'];
/** What staff can note that the patient said. */
export type NotedAnswer = Schemas['AppointmentAnswer']['participation'];
export type Appointment = Schemas['Appointment'];
export type Cancellation = Schemas['AppointmentCancellation'];
export type CancellationCode = Schemas['CancellationCode'];
export type NoShowCode = Schemas['NoShowCode'];
export type NoShowReason = Schemas['AppointmentNoShowReason'];
export type AppointmentCountsOfDay = Schemas['AppointmentCountsOfDay'];
export type NewAppointment = Schemas['AppointmentInput'];
export type WaitlistEntry = Schemas['WaitlistEntry'];
export type WaitlistEntryInput = Schemas['WaitlistEntryInput'];
export type Reschedule = Schemas['AppointmentReschedule'];
export type ClockChange = Schemas['ClockChange'];
export type AppointmentSeries = Schemas['AppointmentSeries'];
export type NewSeries = Schemas['AppointmentSeriesInput'];
export type SeriesOccurrence = Schemas['AppointmentOccurrence'];
export type SeriesCancellation = Schemas['AppointmentSeriesCancellation'];
export type SeriesReschedule = Schemas['AppointmentSeriesReschedule'];
export type TimelineItem = Schemas['TimelineEntry'];

export type TemplateKind = Schemas['TemplateKind'];
export type TemplateText = Schemas['TemplateText'];
export type TemplateVersion = Schemas['TemplateVersion'];
export type CustomTemplate = Schemas['CustomTemplate'];
export type TextPreview = Schemas['MessageTemplatePreview'];

export type Campaign = Schemas['Campaign'];
export type CampaignInput = Schemas['CampaignInput'];
export type CampaignAudience = Schemas['CampaignAudience'];
export type CampaignAudienceCount = Schemas['CampaignAudienceCount'];
export type CampaignResults = Schemas['CampaignResults'];
export type PatientConsent = Schemas['PatientConsent'];
export type UnansweredVisit = Schemas['UnansweredVisit'];
export type ServiceStatus = Schemas['ServiceStatus'];
export type LateDay = Schemas['LateDay'];
export type CallAttempt = Schemas['CallAttempt'];
export type CallAttemptInput = Schemas['CallAttemptInput'];
export type CallOutcome = Schemas['CallOutcome'];

export type MessageKind = Schemas['MessageView']['kind'];
export type MessageState = Schemas['MessageState'];
export type MessageStep = Schemas['StepView'];
export type Message = Schemas['MessageView'];

export type InboundOutcome = Schemas['InboundOutcome'];
export type InboundMessage = Schemas['InboundView'];
export type InboundAttachment = Schemas['Attachment'];
export type CandidateVisits = Schemas['CandidateVisits'];
export type CandidateVisit = CandidateVisits['items'][number];

/** Whom somebody writes to: a patient, or a contact who is none or whose number nobody knows. */
export interface Addressee {
  kind: 'patient' | 'contact';
  id: string;
}

/** What staff send by hand. */
export type ManualContent = Schemas['ManualContent'];
export type NewMessage = Schemas['NewMessage'];
export type Upload = Schemas['Upload'];

export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}
export interface Items<T> {
  items: T[];
}

/** A problem as it arrived: it may come from something in between that knows nothing of the API. */
export type SlotConflict = Schemas['SlotConflict'];
export type SlotKept = Schemas['SlotKept'];
export type SlotHold = Schemas['SlotHold'];
export type DepositMark = Schemas['AppointmentDepositMark']['state'];
export type SlotHoldInput = Schemas['SlotHoldInput'];
export type ProblemDetails = Partial<Omit<Schemas['Problem'], 'status' | 'code'>> & { status: number; code: string };
