import { apiClients } from './apiClients.ts';
import { apiRequests, apiUse } from './apiRequests.ts';
import { assistantFactImports, assistantFacts, assistantFigures, assistantSettings, assistantTurns } from './assistant.ts';
import { auditEntries } from './audit.ts';
import { bookingPage } from './booking.ts';
import { calendarFeeds } from './calendars.ts';
import { type Answer, type Area, type Call, ok, once, page, Refusal } from './call.ts';
import { campaignsArea } from './campaigns.ts';
import { chatwootBridges } from './chatwoot.ts';
import {
  canned,
  conversationCounts,
  conversationLabels,
  conversationStatistics,
  conversations,
  handOverSettings,
  inboxMembers,
  inboxPresence,
  inboxSettings,
  inboxTeams,
} from './conversations.ts';
import { messageBudget, messageConsumption, messagePrices } from './costs.ts';
import { customFields } from './customFields.ts';
import { deletion, platformDeletion } from './deletion.ts';
import { flowBundles, flowChecks, flowImports, flowsArea, flowTrials, starterFlows } from './flows.ts';
import { slotHolds } from './holds.ts';
import { holidayCalendar, holidaysArea, openingHours, scheduleExceptions, schedules, slots } from './hours.ts';
import { households } from './households.ts';
import { appointmentImports, patientImports } from './imports.ts';
import { lines } from './lines.ts';
import { newId } from './made.ts';
import { announcedMaintenance, maintenanceNotices } from './maintenance.ts';
import { memberPermissions, mySessions } from './memberAccess.ts';
import { CLINIC, NOW } from './names.ts';
import { clinicalNotes } from './notes.ts';
import { unansweredVisits } from './notices.ts';
import { overviews } from './overview.ts';
import { clinic, invitations, legalHold, members, myInvitation, patients, retirable } from './people.ts';
import { healthOf, repairs, standing } from './platform.ts';
import { preregistrations } from './preregistrations.ts';
import { patientReads, privacyRequests } from './privacy.ts';
import { reports } from './reports.ts';
import { notificationForecast, notificationRules, releasePolicy, unconfirmedVisits } from './rules.ts';
import { appointmentSeries, clockChanges } from './series.ts';
import { serviceStatus } from './service.ts';
import { setup } from './setup.ts';
import { templateSubmissions } from './submissions.ts';
import { supportAccess } from './support.ts';
import { customTemplatesArea, messageTemplates, templateTextsArea } from './templates.ts';
import { contacts, inbound, messages } from './texts.ts';
import { ticketSettings, ticketStatistics, tickets } from './tickets.ts';
import { planning, usage } from './usage.ts';
import { appointmentCounts, appointments } from './visits.ts';
import { waitlistEntries, waitlistMatches } from './waitlist.ts';
import { webhookEndpoints } from './webhooks.ts';
import type { World } from './world.ts';

export function handle(call: Call, world: World): Answer {
  if (call.path === '/api/v1/me') return ok(world.me);
  const invited = /^\/api\/v1\/me\/invitations\/(.*)$/.exec(call.path);
  if (invited) return myInvitation(call, world, (invited[1] ?? '').split('/'));
  const session = /^\/api\/v1\/me\/sessions(?:\/(.+))?$/.exec(call.path);
  if (session) return mySessions(call, world, session[1]);
  if (call.path === '/api/v1/organizations') {
    if (call.method === 'GET') return page(world.platform);
    return once(call, world, () => {
      const made = { ...call.body, id: newId(), state: 'active', suspension: null, createdAt: NOW } as unknown as World['platform'][number];
      world.platform.unshift(made);
      return { status: 201, body: made };
    });
  }
  if (call.path === '/api/v1/platform/organizations') return overviews(call, world);
  if (call.path === '/api/v1/platform/whatsapp-lines') return ok({ items: world.platformLines });
  if (call.path === '/api/v1/platform/health') return ok(healthOf(world));
  if (call.path === '/api/v1/platform/message-prices') return messagePrices(call, world);
  if (call.path.startsWith('/api/v1/platform/maintenance-notices')) return announcedMaintenance(call, world);
  if (/^\/api\/v1\/platform\/(set-aside-events|dead-jobs)/.test(call.path)) return repairs(call, world);
  if (/^\/api\/v1\/platform\/organizations\/[^/]+\/(usage|plan)$/.test(call.path)) return planning(call, world);
  if (/^\/api\/v1\/platform\/organizations\/[^/]+\/(suspend|reactivate)$/.test(call.path)) return standing(call, world);
  if (/^\/api\/v1\/platform\/organizations\/[^/]+\/deletion/.test(call.path)) return platformDeletion(call, world);
  const match = /^\/api\/v1\/organizations\/([^/]+)(\/.*)?$/.exec(call.path);
  if (!match) throw new Refusal(404, 'not-found');
  if (!world.me.organizations.some((one) => one.id === match[1])) throw new Refusal(403, 'not-member');
  const parts = (match[2] ?? '').split('/').filter(Boolean);
  if (parts[0] === 'deletion') return deletion(call, world);
  if (world.me.organizations.some((one) => one.id === match[1] && one.suspension)) throw new Refusal(403, 'organization-suspended');
  const other = match[1] !== CLINIC.id;
  const area = areas[parts[0] ?? ''];
  if (!area) throw new Refusal(404, 'not-found');
  if (other && call.method === 'GET' && parts[0] !== undefined) return ok({ items: [], nextCursor: null });
  return area(call, world, parts.slice(1));
}

const areas: Record<string, Area> = {
  '': clinic,
  'legal-hold': legalHold,
  setup,
  export: () => ok({ format: 'recado-clinic-1' }),
  'support-access': supportAccess,
  usage,
  members,
  'member-permissions': memberPermissions,
  invitations,
  patients,
  'patient-imports': patientImports,
  'appointment-imports': appointmentImports,
  households,
  'patient-reads': patientReads,
  'privacy-requests': privacyRequests,
  'clinical-notes': clinicalNotes,
  preregistrations,
  'custom-fields': customFields,
  practitioners: retirable('practitioners', 'practitioner'),
  'healthcare-services': retirable('services', 'healthcare-service'),
  'calendar-feeds': calendarFeeds,
  'webhook-endpoints': webhookEndpoints,
  'chatwoot-bridges': chatwootBridges,
  'api-clients': apiClients,
  'api-requests': apiRequests,
  'api-use': apiUse,
  'audit-entries': auditEntries,
  insurances: retirable('insurances', 'insurance'),
  locations: retirable('locations', 'location'),
  rooms: retirable('rooms', 'room'),
  schedules,
  'schedule-exceptions': scheduleExceptions,
  holidays: holidaysArea,
  'holiday-calendar': holidayCalendar,
  slots,
  'slot-holds': slotHolds,
  'opening-hours': openingHours,
  'booking-page': bookingPage,
  appointments,
  'appointment-counts': appointmentCounts,
  'appointment-series': appointmentSeries,
  'clock-changes': clockChanges,
  'waitlist-entries': waitlistEntries,
  'waitlist-matches': waitlistMatches,
  reports,
  'message-consumption': messageConsumption,
  'message-budget': messageBudget,
  'whatsapp-lines': lines,
  'service-status': serviceStatus,
  'maintenance-notices': maintenanceNotices,
  'notification-rules': notificationRules,
  'notification-forecast': notificationForecast,
  'message-templates': messageTemplates,
  'template-texts': templateTextsArea,
  'custom-templates': customTemplatesArea,
  'template-submissions': templateSubmissions,
  campaigns: campaignsArea,
  flows: flowsArea,
  'assistant-settings': assistantSettings,
  'assistant-facts': assistantFacts,
  'assistant-fact-imports': assistantFactImports,
  'assistant-turns': assistantTurns,
  'assistant-figures': assistantFigures,
  'flow-checks': flowChecks,
  'flow-imports': flowImports,
  'flow-trials': flowTrials,
  'starter-flows': starterFlows,
  'flow-bundles': flowBundles,
  'release-policy': releasePolicy,
  'unconfirmed-visits': unconfirmedVisits,
  messages,
  'unanswered-visits': unansweredVisits,
  'inbound-messages': inbound,
  conversations,
  'conversation-counts': conversationCounts,
  'conversation-labels': conversationLabels,
  'inbox-members': inboxMembers,
  tickets,
  'ticket-settings': ticketSettings,
  'ticket-statistics': ticketStatistics,
  'conversation-statistics': conversationStatistics,
  'inbox-presence': inboxPresence,
  'inbox-settings': inboxSettings,
  'inbox-teams': inboxTeams,
  'canned-replies': canned,
  'hand-over-settings': handOverSettings,
  contacts,
};
