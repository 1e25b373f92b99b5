/**
 * The API's paths in the shape openapi-typescript writes, so that the generated file can take this one's place.
 * Header parameters (Idempotency-Key, If-Match) are set by `client.ts`, which knows the person's intention.
 */
import type * as T from './types';

type Op<Path, Query, Body, Answer> = {
  parameters: { path: Path; query?: Query; header?: Record<string, string> };
  responses: {
    200: { content: { 'application/json': Answer } };
    default: { content: { 'application/problem+json': T.ProblemDetails } };
  };
} & ([Body] extends [undefined] ? { requestBody?: never } : { requestBody: { content: { 'application/json': Body } } });
type Get<P, A, Q = Record<string, never>> = Op<P, Q, undefined, A>;
type Act<P, B, A> = Op<P, Record<string, never>, B, A>;
type Org = { organizationId: string };
type One = Org & { id: string };
type Paging = { limit?: number; cursor?: string };
type None = Record<string, never>;

export interface paths {
  '/api/console-config': { get: Get<None, T.ConsoleConfig> };
  '/api/v1/me': { get: Get<None, T.Me> };
  '/api/v1/platform/health': { get: Get<None, T.PlatformHealth> };
  '/api/v1/platform/whatsapp-lines': { get: Get<None, T.Items<T.PlatformLine>> };
  '/api/v1/organizations': {
    get: Get<None, T.Page<T.PlatformOrganization>, Paging>;
    post: Act<None, T.NewOrganization, T.PlatformOrganization>;
  };
  '/api/v1/organizations/{organizationId}': { get: Get<Org, T.Organization>; patch: Act<Org, T.OrganizationPatch, T.Organization> };
  '/api/v1/organizations/{organizationId}/members': { get: Get<Org, T.Items<T.Member>>; post: Act<Org, T.NewMember, T.Member> };
  '/api/v1/organizations/{organizationId}/members/{memberId}/roles': {
    put: Act<Org & { memberId: string }, { roles: T.Role[] }, T.Member>;
  };
  '/api/v1/organizations/{organizationId}/members/{memberId}': { delete: Act<Org & { memberId: string }, undefined, undefined> };
  '/api/v1/organizations/{organizationId}/patients': { post: Act<Org, T.PatientInput, T.Patient> };
  '/api/v1/organizations/{organizationId}/patients/search': {
    post: Act<Org, { text?: string; limit?: number; cursor?: string }, T.Page<T.Patient>>;
  };
  '/api/v1/organizations/{organizationId}/patients/{id}': {
    get: Get<One, T.Patient>;
    put: Act<One, T.PatientInput & { messaging: T.Messaging; marketing: T.Messaging }, T.Patient>;
  };
  '/api/v1/organizations/{organizationId}/patients/{id}/appointments': { get: Get<One, T.Page<T.Appointment>, Paging> };
  '/api/v1/organizations/{organizationId}/patients/{id}/writing-lines': { get: Get<One, T.Items<T.WritingLine>> };
  '/api/v1/organizations/{organizationId}/contacts/{id}/writing-lines': { get: Get<One, T.Items<T.WritingLine>> };
  '/api/v1/organizations/{organizationId}/practitioners': {
    get: Get<Org, T.Items<T.Practitioner>>;
    post: Act<Org, { displayName: string; specialty?: string | null }, T.Practitioner>;
  };
  '/api/v1/organizations/{organizationId}/practitioners/{id}': { put: Act<One, T.PractitionerChange, T.Practitioner> };
  '/api/v1/organizations/{organizationId}/healthcare-services/{id}': { put: Act<One, T.ServiceChange, T.HealthcareService> };
  '/api/v1/organizations/{organizationId}/schedules': {
    get: Get<Org, T.Items<T.Schedule>>;
    post: Act<Org, T.ScheduleInput, T.Schedule>;
  };
  '/api/v1/organizations/{organizationId}/schedules/{id}': {
    put: Act<One, T.ScheduleInput, T.Schedule>;
    delete: Act<One, undefined, undefined>;
  };
  '/api/v1/organizations/{organizationId}/schedule-exceptions': {
    get: Get<Org, T.Items<T.ScheduleException>, { from: string; to: string }>;
    post: Act<Org, T.ScheduleExceptionInput, T.ScheduleException>;
  };
  '/api/v1/organizations/{organizationId}/schedule-exceptions/{id}': {
    put: Act<One, T.ScheduleExceptionInput, T.ScheduleException>;
    delete: Act<One, undefined, undefined>;
  };
  '/api/v1/organizations/{organizationId}/slots': {
    get: Get<
      Org,
      T.Slots,
      {
        healthcareServiceId: string;
        practitionerId?: string;
        from: string;
        to: string;
        durationMinutes?: number;
        movingAppointmentId?: string;
        limit?: number;
      }
    >;
  };
  '/api/v1/organizations/{organizationId}/opening-hours': {
    get: Get<Org, T.Items<T.OpeningHoursOfDay>, { from: string; to: string }>;
  };
  '/api/v1/organizations/{organizationId}/healthcare-services': {
    get: Get<Org, T.Items<T.HealthcareService>>;
    post: Act<Org, T.NewService, T.HealthcareService>;
  };
  '/api/v1/organizations/{organizationId}/appointments': {
    get: Get<Org, T.Page<T.Appointment>, Paging & { from: string; to: string; practitionerId?: string }>;
    post: Act<Org, T.NewAppointment, T.Appointment>;
  };
  '/api/v1/organizations/{organizationId}/appointments/{id}': { get: Get<One, T.Appointment> };
  '/api/v1/organizations/{organizationId}/appointments/{id}/timeline': { get: Get<One, T.Items<T.TimelineItem>> };
  '/api/v1/organizations/{organizationId}/appointments/{id}/reschedule': { post: Act<One, T.Reschedule, T.Appointment> };
  '/api/v1/organizations/{organizationId}/appointments/{id}/cancel': { post: Act<One, { reason?: string }, T.Appointment> };
  '/api/v1/organizations/{organizationId}/appointments/{id}/participation': {
    post: Act<One, { participation: T.Participation }, T.Appointment>;
  };
  '/api/v1/organizations/{organizationId}/appointments/{id}/arrive': { post: Act<One, undefined, T.Appointment> };
  '/api/v1/organizations/{organizationId}/appointments/{id}/check-in': { post: Act<One, undefined, T.Appointment> };
  '/api/v1/organizations/{organizationId}/appointments/{id}/fulfill': { post: Act<One, undefined, T.Appointment> };
  '/api/v1/organizations/{organizationId}/appointments/{id}/mark-no-show': { post: Act<One, undefined, T.Appointment> };
  '/api/v1/organizations/{organizationId}/whatsapp-lines': {
    get: Get<Org, T.Items<T.WhatsAppLine>>;
    post: Act<Org, { name: string; engine?: T.LineEngine }, T.WhatsAppLine>;
  };
  '/api/v1/organizations/{organizationId}/whatsapp-lines/{id}': {
    get: Get<One, T.WhatsAppLine>;
    put: Act<One, { name: string; typing: boolean }, T.WhatsAppLine>;
  };
  '/api/v1/organizations/{organizationId}/whatsapp-lines/{id}/make-default': { post: Act<One, undefined, T.WhatsAppLine> };
  '/api/v1/organizations/{organizationId}/whatsapp-lines/{id}/start': { post: Act<One, { replacePhone?: boolean }, T.WhatsAppLine> };
  '/api/v1/organizations/{organizationId}/whatsapp-lines/{id}/pairing-code': { post: Act<One, { phone: string }, T.WhatsAppLine> };
  '/api/v1/organizations/{organizationId}/whatsapp-lines/{id}/test-messages': { post: Act<One, { to: string }, T.TestMessage> };
  '/api/v1/organizations/{organizationId}/whatsapp-lines/{id}/test-messages/{testId}': {
    get: Get<One & { testId: string }, T.TestMessage>;
  };
  '/api/v1/organizations/{organizationId}/whatsapp-lines/{id}/credentials': {
    get: Get<One, T.LineCredentials>;
    put: Act<One, T.CredentialsInput, T.LineCredentials>;
  };
  '/api/v1/organizations/{organizationId}/whatsapp-lines/{id}/templates': { get: Get<One, T.Items<T.LineTemplate>> };
  '/api/v1/organizations/{organizationId}/whatsapp-lines/{id}/templates/{kind}/{language}': {
    put: Act<One & { kind: T.TemplateKind; language: T.Language }, T.TemplateMapping, T.LineTemplate>;
    delete: Act<One & { kind: T.TemplateKind; language: T.Language }, undefined, undefined>;
  };
  '/api/v1/organizations/{organizationId}/whatsapp-lines/{id}/self-test': { post: Act<One, undefined, T.SelfTest> };
  '/api/v1/organizations/{organizationId}/whatsapp-lines/{id}/stop': { post: Act<One, undefined, T.WhatsAppLine> };
  '/api/v1/organizations/{organizationId}/whatsapp-lines/{id}/log-out': { post: Act<One, undefined, T.WhatsAppLine> };
  '/api/v1/organizations/{organizationId}/whatsapp-lines/{id}/history': { get: Get<One, T.Items<T.LineHistoryItem>> };
  '/api/v1/organizations/{organizationId}/message-templates': {
    get: Get<Org, T.Items<T.MessageTemplate>>;
    post: Act<Org, { kind: T.TemplateKind; language: T.Language; body: string }, T.MessageTemplate>;
  };
  '/api/v1/organizations/{organizationId}/message-templates/preview': {
    post: Act<Org, { kind: T.TemplateKind; language: T.Language; body: string }, { text: string }>;
  };
  '/api/v1/organizations/{organizationId}/message-templates/{id}': {
    get: Get<One, T.MessageTemplate>;
    put: Act<One, { body: string }, T.MessageTemplate>;
  };
  '/api/v1/organizations/{organizationId}/messages': {
    get: Get<Org, T.Page<T.Message>, Paging & { state?: string; from?: string; to?: string }>;
    post: Act<Org, T.NewMessage, T.Message>;
  };
  '/api/v1/organizations/{organizationId}/messages/{id}': { get: Get<One, T.Message> };
  '/api/v1/organizations/{organizationId}/messages/{id}/settle': { post: Act<One, { outcome: 'delivered' | 'failed' }, T.Message> };
  '/api/v1/organizations/{organizationId}/messages/{id}/send-again': { post: Act<One, undefined, T.Message> };
  '/api/v1/organizations/{organizationId}/inbound-messages': { get: Get<Org, T.Page<T.InboundMessage>, Paging & { open?: boolean }> };
  '/api/v1/organizations/{organizationId}/inbound-messages/{id}/attachment': { get: Get<One, Blob> };
  '/api/v1/organizations/{organizationId}/media': { post: Act<Org, Blob, T.Upload> };
  '/api/v1/organizations/{organizationId}/inbound-messages/{id}/visits': { get: Get<One, T.CandidateVisits> };
  '/api/v1/organizations/{organizationId}/inbound-messages/{id}/assign': {
    post: Act<One, { appointmentId: string; accepts: boolean }, T.InboundMessage>;
  };
  '/api/v1/organizations/{organizationId}/inbound-messages/{id}/handle': { post: Act<One, undefined, T.InboundMessage> };
  '/api/v1/organizations/{organizationId}/inbound-messages/{id}/accept-identity': { post: Act<One, undefined, T.InboundMessage> };
}
