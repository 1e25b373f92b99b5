import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, idempotent, ifMatch, settle } from './client';
import type { components } from './generated';
import { keys } from './keys';
import type { ManualContent } from './types';

type Schemas = components['schemas'];
export type Conversation = Schemas['Conversation'];
export type ConversationEntry = Schemas['ConversationEntry'];
export type LineConversations = Schemas['LineConversations'];
export type PersonConversations = Schemas['PersonConversations'];
export type ConversationState = Conversation['state'];
export type ConversationTurn = NonNullable<Conversation['turn']>;
export type CannedReply = Schemas['CannedReply'];
export type HandOverSettings = Schemas['HandOverSettings'];
export type InboxMember = Schemas['InboxMember'];
export type InboxTeam = Schemas['InboxTeam'];
export type InboxTeamInput = Schemas['InboxTeamInput'];
export type InboxSettings = Schemas['InboxSettings'];
export type InboxSettingsChange = Schemas['InboxSettingsChange'];
export type FoundInConversation = Schemas['FoundInConversation'];

/** What of the inbox is shown. A turn alone has an order of its own; see the API. */
export interface ConversationFilter {
  turn?: ConversationTurn;
  state?: ConversationState;
  assignee?: string;
  label?: string;
  teamId?: string;
  lineId?: string;
  from?: string;
  to?: string;
}

const T = '/api/v1/organizations/{organizationId}';
const FRESH = 30_000;
const PAGE = 50;
type Seen = { id: string; version: number };
const seen = (organizationId: string, one: Seen) => ({ path: { organizationId, id: one.id }, header: ifMatch(one.version) });

export const conversationsQuery = (organizationId: string, filter: ConversationFilter) =>
  infiniteQueryOptions({
    queryKey: keys.of(organizationId, 'conversations', 'list', filter),
    queryFn: ({ pageParam, signal }) =>
      settle(
        api.GET(`${T}/conversations`, {
          params: { path: { organizationId }, query: { ...filter, limit: PAGE, cursor: pageParam } },
          signal,
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    staleTime: FRESH,
  });

export const conversationQuery = (organizationId: string, id: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'conversations', 'one', id),
    queryFn: ({ signal }) => settle(api.GET(`${T}/conversations/{id}`, { params: { path: { organizationId, id } }, signal })),
    staleTime: FRESH,
  });

export const conversationsOfPatientQuery = (organizationId: string, patientId: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'conversations', 'of-patient', patientId),
    queryFn: async ({ signal }) =>
      (await settle(api.GET(`${T}/conversations`, { params: { path: { organizationId }, query: { patientId, limit: 10 } }, signal })))
        .items,
    staleTime: FRESH,
  });

export const conversationCountsQuery = (organizationId: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'conversations', 'counts'),
    queryFn: ({ signal }) => settle(api.GET(`${T}/conversation-counts`, { params: { path: { organizationId } }, signal })),
    staleTime: FRESH,
  });

/** Pages from the newest backwards; a hint reads them anew. */
export const entriesQuery = (organizationId: string, id: string) =>
  infiniteQueryOptions({
    queryKey: keys.of(organizationId, 'conversation-entries', id),
    queryFn: ({ pageParam, signal }) =>
      settle(
        api.GET(`${T}/conversations/{id}/entries`, {
          params: { path: { organizationId, id }, query: { limit: PAGE, cursor: pageParam } },
          signal,
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    staleTime: FRESH,
  });

export const typingQuery = (organizationId: string, id: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'conversation-typing', id),
    queryFn: async ({ signal }) =>
      (await settle(api.GET(`${T}/conversations/{id}/typing`, { params: { path: { organizationId, id } }, signal }))).items,
    staleTime: 5_000,
  });

export const inboxMembersQuery = (organizationId: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'inbox-members'),
    queryFn: async ({ signal }) => (await settle(api.GET(`${T}/inbox-members`, { params: { path: { organizationId } }, signal }))).items,
    staleTime: 300_000,
  });

export const inboxTeamsQuery = (organizationId: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'inbox-teams'),
    queryFn: async ({ signal }) => (await settle(api.GET(`${T}/inbox-teams`, { params: { path: { organizationId } }, signal }))).items,
    staleTime: 300_000,
  });

export const inboxSettingsQuery = (organizationId: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'inbox-settings'),
    queryFn: ({ signal }) => settle(api.GET(`${T}/inbox-settings`, { params: { path: { organizationId } }, signal })),
    staleTime: 300_000,
  });

export const changeInboxSettings = (organizationId: string, version: number, body: InboxSettingsChange): Promise<InboxSettings> =>
  settle(api.PUT(`${T}/inbox-settings`, { params: { path: { organizationId }, header: ifMatch(version) }, body }));

export const createInboxTeam = (organizationId: string, body: InboxTeamInput, key: string): Promise<InboxTeam> =>
  settle(api.POST(`${T}/inbox-teams`, { params: { path: { organizationId }, header: idempotent(key) }, body }));

export const changeInboxTeam = (organizationId: string, one: Seen, body: InboxTeamInput): Promise<InboxTeam> =>
  settle(api.PUT(`${T}/inbox-teams/{id}`, { params: seen(organizationId, one), body }));

export const deleteInboxTeam = (organizationId: string, one: Seen): Promise<unknown> =>
  settle(api.DELETE(`${T}/inbox-teams/{id}`, { params: seen(organizationId, one) }));

/** Whether this person takes conversations; forgotten after three minutes. */
export const sayPresence = (organizationId: string, available: boolean): Promise<unknown> =>
  settle(api.POST(`${T}/inbox-presence`, { params: { path: { organizationId } }, body: { available } }));

export const giveToTeam = (organizationId: string, one: Seen, teamId: string | null): Promise<Conversation> =>
  settle(api.POST(`${T}/conversations/{id}/team`, { params: seen(organizationId, one), body: { teamId } }));

export const labelsQuery = (organizationId: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'conversations', 'labels'),
    queryFn: async ({ signal }) =>
      (await settle(api.GET(`${T}/conversation-labels`, { params: { path: { organizationId } }, signal }))).items,
    staleTime: FRESH,
  });

export const cannedRepliesQuery = (organizationId: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'canned-replies'),
    queryFn: async ({ signal }) => (await settle(api.GET(`${T}/canned-replies`, { params: { path: { organizationId } }, signal }))).items,
    staleTime: 300_000,
  });

export const handOverSettingsQuery = (organizationId: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'hand-over-settings'),
    queryFn: ({ signal }) => settle(api.GET(`${T}/hand-over-settings`, { params: { path: { organizationId } }, signal })),
    staleTime: 300_000,
  });

export const changeHandOverSettings = (
  organizationId: string,
  version: number,
  body: { minutes: number; emails: string[]; phones: string[]; timeoutText: string | null },
): Promise<HandOverSettings> =>
  settle(api.PUT(`${T}/hand-over-settings`, { params: { path: { organizationId }, header: ifMatch(version) }, body }));

/** How much was said on each line, and how fast people answered. */
export const conversationStatisticsQuery = (organizationId: string, days: { from: string; to: string }) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'conversations', 'statistics', days),
    queryFn: ({ signal }) => settle(api.GET(`${T}/conversation-statistics`, { params: { path: { organizationId }, query: days }, signal })),
    staleTime: 30_000,
  });

/** Never part of an address: what is looked for is about patients. */
export const searchConversations = (organizationId: string, text: string, signal?: AbortSignal) =>
  settle(api.POST(`${T}/conversations/search`, { params: { path: { organizationId } }, body: { text }, signal }));

export const takeConversation = (organizationId: string, one: Seen): Promise<Conversation> =>
  settle(api.POST(`${T}/conversations/{id}/take`, { params: seen(organizationId, one) }));

export const assignConversation = (organizationId: string, one: Seen, memberId: string | null): Promise<Conversation> =>
  settle(api.POST(`${T}/conversations/{id}/assign`, { params: seen(organizationId, one), body: { memberId } }));

export const resolveConversation = (organizationId: string, one: Seen): Promise<Conversation> =>
  settle(api.POST(`${T}/conversations/{id}/resolve`, { params: seen(organizationId, one) }));

export const reopenConversation = (organizationId: string, one: Seen): Promise<Conversation> =>
  settle(api.POST(`${T}/conversations/{id}/reopen`, { params: seen(organizationId, one) }));

export const handOverConversation = (organizationId: string, one: Seen): Promise<Conversation> =>
  settle(api.POST(`${T}/conversations/{id}/hand-over`, { params: seen(organizationId, one) }));

export const leaveToRecado = (organizationId: string, one: Seen): Promise<Conversation> =>
  settle(api.POST(`${T}/conversations/{id}/leave-to-recado`, { params: seen(organizationId, one) }));

export const snoozeConversation = (organizationId: string, one: Seen, until: string): Promise<Conversation> =>
  settle(api.POST(`${T}/conversations/{id}/snooze`, { params: seen(organizationId, one), body: { until } }));

export const sortConversation = (
  organizationId: string,
  one: Seen,
  body: { priority: Conversation['priority']; labels: string[] },
): Promise<Conversation> => settle(api.PUT(`${T}/conversations/{id}`, { params: seen(organizationId, one), body }));

export const linkConversation = (organizationId: string, one: Seen, patientId: string): Promise<Conversation> =>
  settle(api.POST(`${T}/conversations/{id}/link`, { params: seen(organizationId, one), body: { patientId } }));

export const unlinkConversation = (organizationId: string, one: Seen): Promise<Conversation> =>
  settle(api.POST(`${T}/conversations/{id}/unlink`, { params: seen(organizationId, one) }));

export const readConversation = (organizationId: string, id: string): Promise<unknown> =>
  settle(api.POST(`${T}/conversations/{id}/read`, { params: { path: { organizationId, id } } }));

export const sayTyping = (organizationId: string, id: string, typing: boolean): Promise<unknown> =>
  settle(api.POST(`${T}/conversations/{id}/typing`, { params: { path: { organizationId, id } }, body: { typing } }));

/** `lastAnswerId`: the clinic's last answer that the writer has seen; refused when a colleague answered since. */
export const reply = (
  organizationId: string,
  id: string,
  body: { content: ManualContent; quotedId: string | null; lastAnswerId: string | null },
  key: string,
): Promise<ConversationEntry> =>
  settle(api.POST(`${T}/conversations/{id}/messages`, { params: { path: { organizationId, id }, header: idempotent(key) }, body }));

/** An empty emoji takes back the clinic's. */
export const react = (organizationId: string, id: string, entryId: string, emoji: string, key: string): Promise<ConversationEntry> =>
  settle(
    api.POST(`${T}/conversations/{id}/entries/{entryId}/reaction`, {
      params: { path: { organizationId, id, entryId }, header: idempotent(key) },
      body: { emoji },
    }),
  );

export const writeNote = (organizationId: string, id: string, body: { text: string; mentions: string[] }, key: string) =>
  settle(api.POST(`${T}/conversations/{id}/notes`, { params: { path: { organizationId, id }, header: idempotent(key) }, body }));

export const saveCannedReply = (organizationId: string, body: { shortcut: string; text: string }, key: string): Promise<CannedReply> =>
  settle(api.POST(`${T}/canned-replies`, { params: { path: { organizationId }, header: idempotent(key) }, body }));

export const changeCannedReply = (organizationId: string, one: Seen, body: { shortcut: string; text: string }): Promise<CannedReply> =>
  settle(api.PUT(`${T}/canned-replies/{id}`, { params: seen(organizationId, one), body }));

export const deleteCannedReply = (organizationId: string, one: Seen): Promise<unknown> =>
  settle(api.DELETE(`${T}/canned-replies/{id}`, { params: seen(organizationId, one) }));
