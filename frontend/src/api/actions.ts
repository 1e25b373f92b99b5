import { api, idempotent, ifMatch, settle } from './client';
import type { Step } from './may';
import type {
  ApiClientInput,
  Appointment,
  AppointmentSeries,
  BookingPage,
  BookingPageInput,
  Cancellation,
  DepositMark,
  InboundMessage,
  InsuranceChange,
  LegalHold,
  LocationChange,
  MemberPermissions,
  MemberPermissionsInput,
  Message,
  Messaging,
  NewAppointment,
  NewCalendarFeed,
  NewInsurance,
  NewInvitation,
  NewLocation,
  NewMessage,
  NewOrganization,
  NewRoom,
  NewSeries,
  NewService,
  NoShowReason,
  NotedAnswer,
  Organization,
  OrganizationPatch,
  Patient,
  PatientInput,
  PractitionerChange,
  Reschedule,
  Role,
  RoomChange,
  ScheduleExceptionInput,
  ScheduleInput,
  SeriesCancellation,
  SeriesReschedule,
  ServiceChange,
  SlotHold,
  SlotHoldInput,
  SuspensionReason,
  Upload,
  WaitlistEntry,
  WaitlistEntryInput,
  WebhookEndpointInput,
} from './types';

/** Things a person can do. `key` is the intention's Idempotency-Key; a record carries the version the person saw. */
const T = '/api/v1/organizations/{organizationId}';
type Seen = { id: string; version: number };

const one = (organizationId: string, seen: Seen) => ({ path: { organizationId, id: seen.id }, header: ifMatch(seen.version) });

export const bookAppointment = (organizationId: string, body: NewAppointment, key: string): Promise<Appointment> =>
  settle(api.POST(`${T}/appointments`, { params: { path: { organizationId }, header: idempotent(key) }, body }));

export const bookSeries = (organizationId: string, body: NewSeries, key: string): Promise<AppointmentSeries> =>
  settle(api.POST(`${T}/appointment-series`, { params: { path: { organizationId }, header: idempotent(key) }, body }));

export const cancelSeries = (organizationId: string, seen: Seen, body: SeriesCancellation): Promise<AppointmentSeries> =>
  settle(api.POST(`${T}/appointment-series/{id}/cancel`, { params: one(organizationId, seen), body }));

export const rescheduleSeries = (organizationId: string, seen: Seen, body: SeriesReschedule): Promise<AppointmentSeries> =>
  settle(api.POST(`${T}/appointment-series/{id}/reschedule`, { params: one(organizationId, seen), body }));

export const rescheduleAppointment = (organizationId: string, seen: Seen, body: Reschedule): Promise<Appointment> =>
  settle(api.POST(`${T}/appointments/{id}/reschedule`, { params: one(organizationId, seen), body }));

export const cancelAppointment = (organizationId: string, seen: Seen, body: Cancellation): Promise<Appointment> =>
  settle(api.POST(`${T}/appointments/{id}/cancel`, { params: one(organizationId, seen), body }));

export const reinstateAppointment = (organizationId: string, seen: Seen): Promise<Appointment> =>
  settle(api.POST(`${T}/appointments/{id}/reinstate`, { params: one(organizationId, seen) }));

export const noteParticipation = (organizationId: string, seen: Seen, participation: NotedAnswer): Promise<Appointment> =>
  settle(api.POST(`${T}/appointments/{id}/participation`, { params: one(organizationId, seen), body: { participation } }));

export const takeStep = (organizationId: string, seen: Seen, step: Step | 'mark-no-show'): Promise<Appointment> => {
  const params = one(organizationId, seen);
  if (step === 'accept') return settle(api.POST(`${T}/appointments/{id}/accept`, { params }));
  if (step === 'arrive') return settle(api.POST(`${T}/appointments/{id}/arrive`, { params }));
  if (step === 'check-in') return settle(api.POST(`${T}/appointments/{id}/check-in`, { params }));
  if (step === 'fulfill') return settle(api.POST(`${T}/appointments/{id}/fulfill`, { params }));
  return settle(api.POST(`${T}/appointments/{id}/mark-no-show`, { params }));
};

export const writeVisitNote = (organizationId: string, seen: Seen, note: string | null): Promise<Appointment> =>
  settle(api.PUT(`${T}/appointments/{id}/note`, { params: one(organizationId, seen), body: { note } }));

export const explainNoShow = (organizationId: string, seen: Seen, body: NoShowReason): Promise<Appointment> =>
  settle(api.PUT(`${T}/appointments/{id}/no-show-reason`, { params: one(organizationId, seen), body }));

export const addToWaitlist = (organizationId: string, body: WaitlistEntryInput, key: string): Promise<WaitlistEntry> =>
  settle(api.POST(`${T}/waitlist-entries`, { params: { path: { organizationId }, header: idempotent(key) }, body }));

export const changeWaitlistEntry = (organizationId: string, seen: Seen, body: WaitlistEntryInput): Promise<WaitlistEntry> =>
  settle(api.PUT(`${T}/waitlist-entries/{id}`, { params: one(organizationId, seen), body }));

export const withdrawWaitlistEntry = (organizationId: string, seen: Seen): Promise<WaitlistEntry> =>
  settle(api.POST(`${T}/waitlist-entries/{id}/withdraw`, { params: one(organizationId, seen) }));

export const reactivateWaitlistEntry = (organizationId: string, seen: Seen): Promise<WaitlistEntry> =>
  settle(api.POST(`${T}/waitlist-entries/{id}/reactivate`, { params: one(organizationId, seen) }));

export const createPatient = (organizationId: string, body: PatientInput, key: string): Promise<Patient> =>
  settle(api.POST(`${T}/patients`, { params: { path: { organizationId }, header: idempotent(key) }, body }));

export const updatePatient = (
  organizationId: string,
  seen: Seen,
  body: PatientInput & { messaging: Messaging; marketing: Messaging },
): Promise<Patient> => settle(api.PUT(`${T}/patients/{id}`, { params: one(organizationId, seen), body }));

export const settleMessage = (organizationId: string, seen: Seen, outcome: 'delivered' | 'failed'): Promise<Message> =>
  settle(api.POST(`${T}/messages/{id}/settle`, { params: one(organizationId, seen), body: { outcome } }));

export const sendAgain = (organizationId: string, seen: Seen, key: string): Promise<Message> =>
  settle(
    api.POST(`${T}/messages/{id}/send-again`, {
      params: { path: { organizationId, id: seen.id }, header: { ...ifMatch(seen.version), ...idempotent(key) } },
    }),
  );

export const sendMessage = (organizationId: string, body: NewMessage, key: string): Promise<Message> =>
  settle(api.POST(`${T}/messages`, { params: { path: { organizationId }, header: idempotent(key) }, body }));

/** The bytes of a picture or a PDF; what they are, the server finds out. */
export const uploadMedia = (organizationId: string, file: Blob, key: string): Promise<Upload> =>
  settle(
    api.POST(`${T}/media`, {
      params: { path: { organizationId }, header: idempotent(key) },
      // The generator calls bytes a string.
      body: file as unknown as string,
      bodySerializer: (bytes) => bytes,
      headers: { 'Content-Type': 'application/octet-stream' },
    }),
  );

/** The whole register as a file; held in memory only until it is saved. */
export const exportPatients = (organizationId: string, format: 'csv' | 'xlsx') =>
  settle(api.GET(`${T}/patients/export`, { params: { path: { organizationId }, query: { format } }, parseAs: 'blob' })) as Promise<Blob>;

export const exportAppointments = (organizationId: string, query: { from: string; to: string; format: 'csv' | 'xlsx' }) =>
  settle(api.GET(`${T}/appointments/export`, { params: { path: { organizationId }, query }, parseAs: 'blob' })) as Promise<Blob>;

/** Says which visit an answer is about, and what it says. */
export const assignAnswer = (
  organizationId: string,
  seen: Seen,
  body: { appointmentId: string; accepts: boolean },
): Promise<InboundMessage> =>
  settle(
    api.POST(`${T}/inbound-messages/{id}/assign`, {
      params: { path: { organizationId, id: seen.id }, header: ifMatch(seen.version) },
      body,
    }),
  );

export const handleAnswer = (organizationId: string, seen: Seen): Promise<InboundMessage> =>
  settle(api.POST(`${T}/inbound-messages/{id}/handle`, { params: one(organizationId, seen) }));

/** Takes over the number that WhatsApp says somebody has now. */
export const acceptIdentity = (organizationId: string, seen: Seen): Promise<InboundMessage> =>
  settle(api.POST(`${T}/inbound-messages/{id}/accept-identity`, { params: one(organizationId, seen) }));

export const updateOrganization = (seen: Seen, body: OrganizationPatch): Promise<Organization> =>
  settle(api.PATCH(T, { params: { path: { organizationId: seen.id }, header: ifMatch(seen.version) }, body }));
const ofClinic = (organizationId: string, key: string) => ({ path: { organizationId }, header: idempotent(key) });
export const suspendOrganization = (organizationId: string, reason: SuspensionReason, key: string): Promise<Organization> =>
  settle(api.POST('/api/v1/platform/organizations/{organizationId}/suspend', { params: ofClinic(organizationId, key), body: { reason } }));
export const reactivateOrganization = (organizationId: string, key: string): Promise<Organization> =>
  settle(api.POST('/api/v1/platform/organizations/{organizationId}/reactivate', { params: ofClinic(organizationId, key) }));
export const setLegalHold = (organizationId: string, held: boolean, key: string): Promise<LegalHold> => {
  const params = { path: { organizationId }, header: idempotent(key) };
  return settle(held ? api.POST(`${T}/legal-hold/begin`, { params }) : api.POST(`${T}/legal-hold/end`, { params }));
};
export const replaceBookingPage = (organizationId: string, seen: { version: number }, body: BookingPageInput): Promise<BookingPage> =>
  settle(api.PUT(`${T}/booking-page`, { params: { path: { organizationId }, header: ifMatch(seen.version) }, body }));

export const createPractitioner = (organizationId: string, body: { displayName: string; specialties: string[] }, key: string) =>
  settle(api.POST(`${T}/practitioners`, { params: { path: { organizationId }, header: idempotent(key) }, body }));
export const changePractitioner = (organizationId: string, seen: Seen, body: PractitionerChange) =>
  settle(api.PUT(`${T}/practitioners/{id}`, { params: one(organizationId, seen), body }));
export const setPractitionerMember = (organizationId: string, seen: Seen, memberId: string | null) =>
  settle(api.PUT(`${T}/practitioners/{id}/member`, { params: one(organizationId, seen), body: { memberId } }));
export const createService = (organizationId: string, body: NewService, key: string) =>
  settle(api.POST(`${T}/healthcare-services`, { params: { path: { organizationId }, header: idempotent(key) }, body }));
export const changeService = (organizationId: string, seen: Seen, body: ServiceChange) =>
  settle(api.PUT(`${T}/healthcare-services/{id}`, { params: one(organizationId, seen), body }));

export const holdSlot = (organizationId: string, body: SlotHoldInput): Promise<SlotHold> =>
  settle(api.POST(`${T}/slot-holds`, { params: { path: { organizationId } }, body }));
/** Leaves also with a page that is being closed. */
export const releaseSlot = (organizationId: string, id: string) =>
  settle(api.DELETE(`${T}/slot-holds/{id}`, { params: { path: { organizationId, id } }, keepalive: true }));

export const createCalendarFeed = (organizationId: string, body: NewCalendarFeed, key: string) =>
  settle(api.POST(`${T}/calendar-feeds`, { params: { path: { organizationId }, header: idempotent(key) }, body }));
export const revokeCalendarFeed = (organizationId: string, id: string) =>
  settle(api.DELETE(`${T}/calendar-feeds/{id}`, { params: { path: { organizationId, id } } }));

export const createWebhookEndpoint = (organizationId: string, body: WebhookEndpointInput, key: string) =>
  settle(api.POST(`${T}/webhook-endpoints`, { params: { path: { organizationId }, header: idempotent(key) }, body }));
export const changeWebhookEndpoint = (organizationId: string, seen: Seen, body: WebhookEndpointInput) =>
  settle(api.PUT(`${T}/webhook-endpoints/{id}`, { params: one(organizationId, seen), body }));
export const removeWebhookEndpoint = (organizationId: string, seen: Seen) =>
  settle(api.DELETE(`${T}/webhook-endpoints/{id}`, { params: one(organizationId, seen) }));
export const testWebhookEndpoint = (organizationId: string, id: string, key: string) =>
  settle(api.POST(`${T}/webhook-endpoints/{id}/test`, { params: { path: { organizationId, id }, header: idempotent(key) } }));
export const replayWebhook = (organizationId: string, id: string, eventId: string, key: string) =>
  settle(
    api.POST(`${T}/webhook-endpoints/{id}/deliveries/{eventId}/replay`, {
      params: { path: { organizationId, id, eventId }, header: idempotent(key) },
    }),
  );
export const replayWebhooksSince = (organizationId: string, id: string, since: string, key: string) =>
  settle(
    api.POST(`${T}/webhook-endpoints/{id}/replay`, { params: { path: { organizationId, id }, header: idempotent(key) }, body: { since } }),
  );
export const rotateWebhookSecret = (organizationId: string, seen: Seen) =>
  settle(api.POST(`${T}/webhook-endpoints/{id}/rotate-secret`, { params: one(organizationId, seen), body: { overlapHours: 24 } }));
export const webhookSecret = (organizationId: string, id: string) =>
  settle(api.GET(`${T}/webhook-endpoints/{id}/secret`, { params: { path: { organizationId, id } } }));

export const createApiClient = (organizationId: string, body: ApiClientInput, key: string) =>
  settle(api.POST(`${T}/api-clients`, { params: { path: { organizationId }, header: idempotent(key) }, body }));
export const changeApiClient = (organizationId: string, seen: Seen, body: ApiClientInput) =>
  settle(api.PUT(`${T}/api-clients/{id}`, { params: one(organizationId, seen), body }));
export const revokeApiClient = (organizationId: string, seen: Seen) =>
  settle(api.DELETE(`${T}/api-clients/{id}`, { params: one(organizationId, seen) }));
/** The secret is in the answer and nowhere else. */
export const issueApiClientKey = (organizationId: string, seen: Seen, overlapHours: number) =>
  settle(api.POST(`${T}/api-clients/{id}/keys`, { params: one(organizationId, seen), body: { overlapHours } }));

export const createInsurance = (organizationId: string, body: NewInsurance, key: string) =>
  settle(api.POST(`${T}/insurances`, { params: { path: { organizationId }, header: idempotent(key) }, body }));
export const changeInsurance = (organizationId: string, seen: Seen, body: InsuranceChange) =>
  settle(api.PUT(`${T}/insurances/{id}`, { params: one(organizationId, seen), body }));
export const setVisitInsurance = (organizationId: string, seen: Seen, insuranceId: string | null) =>
  settle(api.PUT(`${T}/appointments/{id}/insurance`, { params: one(organizationId, seen), body: { insuranceId } }));
export const markDeposit = (organizationId: string, seen: Seen, state: DepositMark): Promise<Appointment> =>
  settle(api.PUT(`${T}/appointments/{id}/deposit`, { params: one(organizationId, seen), body: { state } }));
export const createRoom = (organizationId: string, body: NewRoom, key: string) =>
  settle(api.POST(`${T}/rooms`, { params: { path: { organizationId }, header: idempotent(key) }, body }));
export const changeRoom = (organizationId: string, seen: Seen, body: RoomChange) =>
  settle(api.PUT(`${T}/rooms/{id}`, { params: one(organizationId, seen), body }));
export const setVisitRoom = (organizationId: string, seen: Seen, roomId: string | null) =>
  settle(api.PUT(`${T}/appointments/{id}/room`, { params: one(organizationId, seen), body: { roomId } }));
export const createLocation = (organizationId: string, body: NewLocation, key: string) =>
  settle(api.POST(`${T}/locations`, { params: { path: { organizationId }, header: idempotent(key) }, body }));
export const changeLocation = (organizationId: string, seen: Seen, body: LocationChange) =>
  settle(api.PUT(`${T}/locations/{id}`, { params: one(organizationId, seen), body }));

export const createSchedule = (organizationId: string, body: ScheduleInput, key: string) =>
  settle(api.POST(`${T}/schedules`, { params: { path: { organizationId }, header: idempotent(key) }, body }));
export const replaceSchedule = (organizationId: string, seen: Seen, body: ScheduleInput) =>
  settle(api.PUT(`${T}/schedules/{id}`, { params: one(organizationId, seen), body }));
export const removeSchedule = (organizationId: string, seen: Seen) =>
  settle(api.DELETE(`${T}/schedules/{id}`, { params: one(organizationId, seen) }));
export const createScheduleException = (organizationId: string, body: ScheduleExceptionInput, key: string) =>
  settle(api.POST(`${T}/schedule-exceptions`, { params: { path: { organizationId }, header: idempotent(key) }, body }));
export const replaceScheduleException = (organizationId: string, seen: Seen, body: ScheduleExceptionInput) =>
  settle(api.PUT(`${T}/schedule-exceptions/{id}`, { params: one(organizationId, seen), body }));
export const removeScheduleException = (organizationId: string, seen: Seen) =>
  settle(api.DELETE(`${T}/schedule-exceptions/{id}`, { params: one(organizationId, seen) }));
export const decideHoliday = (organizationId: string, date: string, open: boolean) =>
  settle(api.PUT(`${T}/holidays/{date}`, { params: { path: { organizationId, date } }, body: { open } }));
export const chooseHolidayCalendar = (organizationId: string, version: number, region: string | null) =>
  settle(api.PUT(`${T}/holiday-calendar`, { params: { path: { organizationId }, header: ifMatch(version) }, body: { region } }));
export const inviteMember = (organizationId: string, body: NewInvitation, key: string) =>
  settle(api.POST(`${T}/invitations`, { params: { path: { organizationId }, header: idempotent(key) }, body }));
export const resendInvitation = (organizationId: string, invitationId: string, key: string) =>
  settle(
    api.POST(`${T}/invitations/{invitationId}/resend`, { params: { path: { organizationId, invitationId }, header: idempotent(key) } }),
  );
export const revokeInvitation = (organizationId: string, invitationId: string) =>
  settle(api.DELETE(`${T}/invitations/{invitationId}`, { params: { path: { organizationId, invitationId } } }));
export const acceptInvitation = (path: { organizationId: string; invitationId: string }) =>
  settle(api.POST('/api/v1/me/invitations/{organizationId}/{invitationId}/accept', { params: { path } }));
export const declineInvitation = (path: { organizationId: string; invitationId: string }) =>
  settle(api.POST('/api/v1/me/invitations/{organizationId}/{invitationId}/decline', { params: { path } }));
export const setRoles = (organizationId: string, memberId: string, roles: Role[]) =>
  settle(api.PUT(`${T}/members/{memberId}/roles`, { params: { path: { organizationId, memberId } }, body: { roles } }));
export const removeMember = (organizationId: string, memberId: string) =>
  settle(api.DELETE(`${T}/members/{memberId}`, { params: { path: { organizationId, memberId } } }));

export const signMemberOut = (organizationId: string, memberId: string) =>
  settle(api.DELETE(`${T}/members/{memberId}/sessions`, { params: { path: { organizationId, memberId } } }));
export const changeMemberPermissions = (
  organizationId: string,
  version: number,
  body: MemberPermissionsInput,
): Promise<MemberPermissions> =>
  settle(api.PUT(`${T}/member-permissions`, { params: { path: { organizationId }, header: ifMatch(version) }, body }));
export const endMySession = (sessionId: string) =>
  settle(api.DELETE('/api/v1/me/sessions/{sessionId}', { params: { path: { sessionId } } }));
export const endMySessions = () => settle(api.DELETE('/api/v1/me/sessions'));

export const createOrganization = (body: NewOrganization, key: string) =>
  settle(api.POST('/api/v1/organizations', { params: { header: idempotent(key) }, body }));

export const replaySetAsideEvent = (organizationId: string, id: string, key: string): Promise<void> =>
  settle(
    api.POST('/api/v1/platform/set-aside-events/{organizationId}/{id}/replay', {
      params: { path: { organizationId, id }, header: idempotent(key) },
    }),
  );
export const repeatDeadJob = (organizationId: string, id: string, key: string): Promise<void> =>
  settle(
    api.POST('/api/v1/platform/dead-jobs/{organizationId}/{id}/repeat', {
      params: { path: { organizationId, id }, header: idempotent(key) },
    }),
  );
