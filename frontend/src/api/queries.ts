import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { everyPage, FRESH, T } from './asking';
import { api, settle } from './client';
import { keys } from './keys';
import type { Addressee, Appointment, Message, PatientInput, WhatsAppLine } from './types';

export const meQuery = queryOptions({
  queryKey: keys.me,
  queryFn: ({ signal }) => settle(api.GET('/api/v1/me', { signal })),
  staleTime: FRESH,
});

/** Where the person is signed in: told by the identity server, so read each time it is looked at. */
export const mySessionsQuery = queryOptions({
  queryKey: keys.sessions,
  queryFn: async ({ signal }) => (await settle(api.GET('/api/v1/me/sessions', { signal }))).items,
});

export const organizationQuery = (organizationId: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'organization'),
    queryFn: ({ signal }) => settle(api.GET(T, { params: { path: { organizationId } }, signal })),
    staleTime: FRESH,
  });

export const legalHoldQuery = (organizationId: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'legal-hold'),
    queryFn: ({ signal }) => settle(api.GET(`${T}/legal-hold`, { params: { path: { organizationId } }, signal })),
    staleTime: FRESH,
  });

export const bookingPageQuery = (organizationId: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'organization', 'booking-page'),
    queryFn: ({ signal }) => settle(api.GET(`${T}/booking-page`, { params: { path: { organizationId } }, signal })),
    staleTime: FRESH,
  });

export const membersQuery = (organizationId: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'members'),
    queryFn: async ({ signal }) => (await settle(api.GET(`${T}/members`, { params: { path: { organizationId } }, signal }))).items,
    staleTime: FRESH,
  });

export const memberPermissionsQuery = (organizationId: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'member-permissions'),
    queryFn: ({ signal }) => settle(api.GET(`${T}/member-permissions`, { params: { path: { organizationId } }, signal })),
  });

export const calendarFeedsQuery = (organizationId: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'calendar-feeds'),
    queryFn: async ({ signal }) => (await settle(api.GET(`${T}/calendar-feeds`, { params: { path: { organizationId } }, signal }))).items,
    staleTime: FRESH,
  });

export const webhookEndpointsQuery = (organizationId: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'webhook-endpoints'),
    queryFn: async ({ signal }) =>
      (await settle(api.GET(`${T}/webhook-endpoints`, { params: { path: { organizationId } }, signal }))).items,
    staleTime: FRESH,
  });

/** What programs asked of the API, the latest ones; read each time it is looked at. */
export const apiRequestsQuery = (organizationId: string, clientId: string | undefined, refused: boolean) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'api-requests', clientId ?? 'all', refused),
    queryFn: async ({ signal }) =>
      (await settle(api.GET(`${T}/api-requests`, { params: { path: { organizationId }, query: { clientId, refused } }, signal }))).items,
  });

/** How much programs ask, and how much they may. */
export const apiUseQuery = (organizationId: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'api-requests', 'use'),
    queryFn: ({ signal }) => settle(api.GET(`${T}/api-use`, { params: { path: { organizationId } }, signal })),
  });

/** Programs that call the API for the clinic. */
export const apiClientsQuery = (organizationId: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'api-clients'),
    queryFn: async ({ signal }) => (await settle(api.GET(`${T}/api-clients`, { params: { path: { organizationId } }, signal }))).items,
    staleTime: FRESH,
  });

/** What an endpoint was told last. */
export const webhookDeliveriesQuery = (organizationId: string, id: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'webhook-endpoints', id, 'deliveries'),
    queryFn: async ({ signal }) =>
      (await settle(api.GET(`${T}/webhook-endpoints/{id}/deliveries`, { params: { path: { organizationId, id } }, signal }))).items,
  });

export const invitationsQuery = (organizationId: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'invitations'),
    queryFn: async ({ signal }) => (await settle(api.GET(`${T}/invitations`, { params: { path: { organizationId } }, signal }))).items,
    staleTime: FRESH,
  });

export const myInvitationQuery = (path: { organizationId: string; invitationId: string }) =>
  queryOptions({
    queryKey: keys.invitation(path.invitationId),
    queryFn: ({ signal }) => settle(api.GET('/api/v1/me/invitations/{organizationId}/{invitationId}', { params: { path }, signal })),
    // Accepted in another tab, it is not there any more; asking again would only take away what is read.
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });

/** Asked for whenever somebody begins to write: the 24 hours of an official line run on. */
export const writingLinesQuery = (organizationId: string, { kind, id }: Addressee) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'line', 'writing', id),
    queryFn: async ({ signal }) => {
      const asked = { params: { path: { organizationId, id } }, signal };
      const found =
        kind === 'patient' ? api.GET(`${T}/patients/{id}/writing-lines`, asked) : api.GET(`${T}/contacts/{id}/writing-lines`, asked);
      return (await settle(found)).items;
    },
    staleTime: 0,
    gcTime: 0,
  });

export const patientQuery = (organizationId: string, id: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'patients', 'one', id),
    queryFn: ({ signal }) => settle(api.GET(`${T}/patients/{id}`, { params: { path: { organizationId, id } }, signal })),
    staleTime: FRESH,
  });

export const patientVisitsQuery = (organizationId: string, id: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'appointments', 'of-patient', id),
    queryFn: async ({ signal }) =>
      (
        await settle(
          api.GET(`${T}/patients/{patientId}/appointments`, {
            params: { path: { organizationId, patientId: id }, query: { limit: 50 } },
            signal,
          }),
        )
      ).items,
    staleTime: FRESH,
  });

/** The search text travels in the body and lives only in memory. */
export const patientSearchQuery = (organizationId: string, text: string, limit = 50) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'patients', 'search', text, limit),
    queryFn: ({ signal }) =>
      settle(api.POST(`${T}/patients/search`, { params: { path: { organizationId } }, body: text ? { text, limit } : { limit }, signal })),
    staleTime: FRESH,
    gcTime: 60_000,
  });

/** Who may be the one that is being written down; what was typed travels in the body and is forgotten with the form. */
export const patientDuplicatesQuery = (organizationId: string, typed: PatientInput) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'patients', 'duplicates', typed),
    queryFn: async ({ signal }) =>
      (await settle(api.POST(`${T}/patients/duplicates`, { params: { path: { organizationId } }, body: typed, signal }))).items,
    staleTime: FRESH,
    gcTime: 0,
  });

/** Tags that patients who are not archived have. */
export const patientTagsQuery = (organizationId: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'patients', 'tags'),
    queryFn: async ({ signal }) => (await settle(api.GET(`${T}/patients/tags`, { params: { path: { organizationId } }, signal }))).items,
    staleTime: FRESH,
  });

export const linesQuery = (organizationId: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'line'),
    queryFn: async ({ signal }): Promise<WhatsAppLine[]> =>
      (await settle(api.GET(`${T}/whatsapp-lines`, { params: { path: { organizationId } }, signal }))).items,
    staleTime: FRESH,
  });

const defaultOf = (lines: WhatsAppLine[]): WhatsAppLine | null => lines.find((line) => line.defaultLine) ?? lines[0] ?? null;
/** The line messages leave on; null for a clinic that has none. */
export const defaultLineQuery = (organizationId: string) => queryOptions({ ...linesQuery(organizationId), select: defaultOf });

/** A line with its codes, which are credentials: asked for only while the pairing dialog is open, and forgotten with it. */
export const pairingQuery = (organizationId: string, id: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'line', 'pairing', id),
    queryFn: ({ signal }) => settle(api.GET(`${T}/whatsapp-lines/{id}`, { params: { path: { organizationId, id } }, signal })),
    staleTime: 0,
    gcTime: 0,
  });

export const credentialsQuery = (organizationId: string, id: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'line', 'credentials', id),
    queryFn: ({ signal }) => settle(api.GET(`${T}/whatsapp-lines/{id}/credentials`, { params: { path: { organizationId, id } }, signal })),
    staleTime: FRESH,
  });

export const lineTemplatesQuery = (organizationId: string, id: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'line', 'templates', id),
    queryFn: async ({ signal }) =>
      (await settle(api.GET(`${T}/whatsapp-lines/{id}/templates`, { params: { path: { organizationId, id } }, signal }))).items,
    staleTime: FRESH,
  });

/** How far a test message came; forgotten with the dialog, because it names a phone. */
export const testMessageQuery = (organizationId: string, id: string, testId: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'line', 'test', id, testId),
    queryFn: ({ signal }) =>
      settle(api.GET(`${T}/whatsapp-lines/{id}/test-messages/{testId}`, { params: { path: { organizationId, id, testId } }, signal })),
    staleTime: 0,
    gcTime: 0,
  });

export const lineHistoryQuery = (organizationId: string, id: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'line-history', id),
    queryFn: async ({ signal }) =>
      (await settle(api.GET(`${T}/whatsapp-lines/{id}/history`, { params: { path: { organizationId, id } }, signal }))).items,
    staleTime: FRESH,
  });

/** Whether things work, and what was late. Nothing tells when a minute has passed, so it is asked again. */
export const serviceStatusQuery = (organizationId: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'line', 'service-status'),
    queryFn: ({ signal }) => settle(api.GET(`${T}/service-status`, { params: { path: { organizationId } }, signal })),
    refetchInterval: 60_000,
  });

export interface MessageFilter {
  state?: string;
  from?: string;
  to?: string;
  lineId?: string;
  channel?: WhatsAppLine['engine'];
}
export const messagesPage = (organizationId: string, filter: MessageFilter, cursor: string | undefined, signal: AbortSignal) =>
  settle(api.GET(`${T}/messages`, { params: { path: { organizationId }, query: { ...filter, limit: 50, cursor } }, signal }));

/** Messages nobody knows the fate of; the first page is plenty for the desk. */
export const unknownMessagesQuery = (organizationId: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'messages', 'unknown'),
    queryFn: async ({ signal }): Promise<Message[]> => (await messagesPage(organizationId, { state: 'unknown' }, undefined, signal)).items,
    staleTime: FRESH,
  });

/** The visits that an answer may be about, where it could not be told. */
export const candidatesQuery = (organizationId: string, id: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'inbound', 'visits', id),
    queryFn: ({ signal }) => settle(api.GET(`${T}/inbound-messages/{id}/visits`, { params: { path: { organizationId, id } }, signal })),
    staleTime: 0,
  });

export const messageQuery = (organizationId: string, id: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'messages', 'one', id),
    queryFn: ({ signal }) => settle(api.GET(`${T}/messages/{id}`, { params: { path: { organizationId, id } }, signal })),
    staleTime: FRESH,
  });

export const inboundQuery = (organizationId: string, open: boolean) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'inbound', open),
    queryFn: async ({ signal }) =>
      (await settle(api.GET(`${T}/inbound-messages`, { params: { path: { organizationId }, query: { open, limit: 50 } }, signal }))).items,
    staleTime: FRESH,
  });

/** The file of a message. Kept in memory only, and only while it is looked at. */
export const attachmentQuery = (organizationId: string, id: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'attachment', id),
    queryFn: ({ signal }) =>
      settle(api.GET(`${T}/inbound-messages/{id}/attachment`, { params: { path: { organizationId, id } }, parseAs: 'blob', signal })),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  });

/** The file that goes with a message of the clinic's; as the one of a message to it. */
export const sentAttachmentQuery = (organizationId: string, id: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'attachment', 'sent', id),
    queryFn: ({ signal }) =>
      settle(api.GET(`${T}/messages/{id}/attachment`, { params: { path: { organizationId, id } }, parseAs: 'blob', signal })),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  });

export const platformQuery = queryOptions({
  queryKey: keys.platform,
  queryFn: ({ signal }) =>
    everyPage((cursor) => settle(api.GET('/api/v1/organizations', { params: { query: { limit: 100, cursor } }, signal }))),
  staleTime: FRESH,
});

/** No hints tell the platform's people what moved, so what they look at is asked for again while they look. */
const LOOKED_AT = 30_000;

export const platformLinesQuery = queryOptions({
  queryKey: keys.platformLines,
  queryFn: async ({ signal }) => (await settle(api.GET('/api/v1/platform/whatsapp-lines', { signal }))).items,
  refetchInterval: LOOKED_AT,
});

export const platformHealthQuery = queryOptions({
  queryKey: keys.platformHealth,
  queryFn: ({ signal }) => settle(api.GET('/api/v1/platform/health', { signal })),
  refetchInterval: LOOKED_AT,
});

export const setAsideEventsQuery = queryOptions({
  queryKey: keys.platformSetAside,
  queryFn: async ({ signal }) => (await settle(api.GET('/api/v1/platform/set-aside-events', { signal }))).items,
  refetchInterval: LOOKED_AT,
});

export const deadJobsQuery = queryOptions({
  queryKey: keys.platformDeadJobs,
  queryFn: async ({ signal }) => (await settle(api.GET('/api/v1/platform/dead-jobs', { signal }))).items,
  refetchInterval: LOOKED_AT,
});

/** Puts a changed visit into every cached list that shows it. Returns how to put the old ones back. */
export function patchVisit(client: QueryClient, organizationId: string, visit: Appointment): () => void {
  const before = client.getQueriesData<unknown>({ queryKey: keys.of(organizationId, 'appointments') });
  for (const [key, data] of before) {
    if (Array.isArray(data)) {
      client.setQueryData(
        key,
        data.map((item: Appointment) => (item.id === visit.id ? visit : item)),
      );
    } else if (typeof data === 'object' && data !== null && 'id' in data && data.id === visit.id) {
      client.setQueryData(key, visit);
    }
  }
  return () => {
    for (const [key, data] of before) client.setQueryData(key, data);
  };
}
