import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router';
import { clinicOrders } from '../api/overview';
import { lineStates, messageStates, outlooks, waitlistClosed } from '../api/states';
import type { Me } from '../api/types';
import { isDate } from '../time/clinicTime';
import { ClinicLayout } from './ClinicLayout';
import { homeClinic } from './lastClinic';
import { PlatformLayout } from './PlatformLayout';
import { NotFound, RouteProblem } from './Problems';
import type {
  AgendaSearch,
  AuditSearch,
  ClinicSearch,
  ConversationsSearch,
  LinesSearch,
  MessagesSearch,
  PatientImportSearch,
  PatientPairsSearch,
  PatientReadsSearch,
  PlatformLinesSearch,
  PlatformUsageSearch,
  PrivacyRequestsSearch,
  ReportsSearch,
  RulesSearch,
  SettingsSearch,
  SetupSearch,
  TemplatesSearch,
  TicketsSearch,
  WaitlistSearch,
} from './paths';
import { Shell } from './Shell';

const among = <Value extends string | number>(value: unknown, allowed: readonly Value[]): Value | undefined =>
  allowed.find((one) => one === value);
const date = (value: unknown): string | undefined => (isDate(value) ? value : undefined);
const text = (value: unknown): string | undefined => (typeof value === 'string' && value.length > 0 ? value : undefined);

const root = createRootRoute({
  component: Outlet,
  notFoundComponent: () => (
    <Shell clinic={null} openPalette={() => {}} openShortcuts={() => {}}>
      <NotFound />
    </Shell>
  ),
});

const clinic = createRoute({
  getParentRoute: () => root,
  path: '/c/$clinic',
  validateSearch: (search): ClinicSearch => ({ visit: text(search.visit) }),
  component: ClinicLayout,
  notFoundComponent: NotFound,
});
const screens = [
  createRoute({
    getParentRoute: () => clinic,
    path: '/today',
    component: lazyRouteComponent(() => import('../screens/today/Today'), 'Today'),
  }),
  createRoute({
    getParentRoute: () => clinic,
    path: '/agenda',
    validateSearch: (search): AgendaSearch => ({
      view: among(search.view, ['day', 'week', 'month']),
      date: date(search.date),
      practitioner: text(search.practitioner),
      only: among(search.only, ['waiting', 'declined']),
      zoom: among(search.zoom, ['roomy']),
      columns: among(search.columns, ['rooms']),
    }),
    component: lazyRouteComponent(() => import('../screens/agenda/Agenda'), 'Agenda'),
  }),
  createRoute({
    getParentRoute: () => clinic,
    path: '/waitlist',
    validateSearch: (search): WaitlistSearch => ({
      state: among(search.state, waitlistClosed),
      practitioner: text(search.practitioner),
      start: text(search.start),
      end: text(search.end),
      location: text(search.location),
    }),
    component: lazyRouteComponent(() => import('../screens/waitlist/Waitlist'), 'Waitlist'),
  }),
  createRoute({
    getParentRoute: () => clinic,
    path: '/conversations',
    validateSearch: (search): ConversationsSearch => ({
      id: text(search.id),
      show: among(search.show, ['mine', 'unassigned']),
      state: among(search.state, ['snoozed', 'pending', 'resolved']),
      label: text(search.label),
      team: text(search.team),
      line: text(search.line),
      from: date(search.from),
    }),
    component: lazyRouteComponent(() => import('../screens/conversations/Inbox'), 'Inbox'),
  }),
  createRoute({
    getParentRoute: () => clinic,
    path: '/conversations/tickets',
    validateSearch: (search): TicketsSearch => ({
      state: among(search.state, ['open', 'in-progress', 'closed']),
      category: among(search.category, ['appointment', 'complaint', 'documents', 'information', 'order', 'payment', 'urgency']),
      from: date(search.from),
      to: date(search.to),
    }),
    component: lazyRouteComponent(() => import('../screens/conversations/Tickets'), 'Tickets'),
  }),
  createRoute({
    getParentRoute: () => clinic,
    path: '/patients',
    component: lazyRouteComponent(() => import('../screens/patients/Patients'), 'Patients'),
  }),
  createRoute({
    getParentRoute: () => clinic,
    path: '/patients/import',
    validateSearch: (search): PatientImportSearch => ({
      id: text(search.id),
      kind: search.kind === 'appointments' ? 'appointments' : undefined,
    }),
    component: lazyRouteComponent(() => import('../screens/patients/importing/ImportPage'), 'ImportPage'),
  }),
  createRoute({
    getParentRoute: () => clinic,
    path: '/patients/duplicates',
    validateSearch: (search): PatientPairsSearch => ({ one: text(search.one), other: text(search.other) }),
    component: lazyRouteComponent(() => import('../screens/patients/merging/PairsPage'), 'PairsPage'),
  }),
  createRoute({
    getParentRoute: () => clinic,
    path: '/patients/reads',
    validateSearch: (search): PatientReadsSearch => ({
      patient: text(search.patient),
      reader: text(search.reader),
      from: date(search.from),
      to: date(search.to),
    }),
    component: lazyRouteComponent(() => import('../screens/patients/privacy/ReadsPage'), 'ReadsPage'),
  }),
  createRoute({
    getParentRoute: () => clinic,
    path: '/audit',
    validateSearch: (search): AuditSearch => ({
      actor: text(search.actor),
      action: text(search.action),
      record: text(search.record),
      from: date(search.from),
      to: date(search.to),
    }),
    component: lazyRouteComponent(() => import('../screens/audit/AuditPage'), 'AuditPage'),
  }),
  createRoute({
    getParentRoute: () => clinic,
    path: '/patients/requests',
    validateSearch: (search): PrivacyRequestsSearch => ({ show: among(search.show, ['closed']) }),
    component: lazyRouteComponent(() => import('../screens/patients/privacy/RequestsPage'), 'RequestsPage'),
  }),
  createRoute({
    getParentRoute: () => clinic,
    path: '/patients/$id',
    component: lazyRouteComponent(() => import('../screens/patients/PatientPage'), 'PatientPage'),
  }),
  createRoute({
    getParentRoute: () => clinic,
    path: '/messages',
    validateSearch: (search): MessagesSearch => ({
      state: among(search.state, messageStates),
      from: date(search.from),
      to: date(search.to),
      line: text(search.line),
      channel: among(search.channel, ['linked-device', 'cloud-api', 'twilio', 'evolution']),
    }),
    component: lazyRouteComponent(() => import('../screens/messages/Messages'), 'Messages'),
  }),
  createRoute({
    getParentRoute: () => clinic,
    path: '/messages/unanswered',
    component: lazyRouteComponent(() => import('../screens/messages/Unanswered'), 'Unanswered'),
  }),
  createRoute({
    getParentRoute: () => clinic,
    path: '/messages/$id',
    component: lazyRouteComponent(() => import('../screens/messages/MessagePage'), 'MessagePage'),
  }),
  createRoute({
    getParentRoute: () => clinic,
    path: '/campaigns',
    component: lazyRouteComponent(() => import('../screens/campaigns/Campaigns'), 'Campaigns'),
  }),
  createRoute({
    getParentRoute: () => clinic,
    path: '/campaigns/new',
    component: lazyRouteComponent(() => import('../screens/campaigns/CampaignWizard'), 'NewCampaign'),
  }),
  createRoute({
    getParentRoute: () => clinic,
    path: '/campaigns/$id',
    component: lazyRouteComponent(() => import('../screens/campaigns/CampaignPage'), 'CampaignPage'),
  }),
  createRoute({
    getParentRoute: () => clinic,
    path: '/flows',
    component: lazyRouteComponent(() => import('../screens/flows/Flows'), 'Flows'),
  }),
  createRoute({
    getParentRoute: () => clinic,
    path: '/flows/$id',
    component: lazyRouteComponent(() => import('../screens/flows/FlowPage'), 'FlowPage'),
  }),
  createRoute({
    getParentRoute: () => clinic,
    path: '/templates',
    validateSearch: (search): TemplatesSearch => ({
      kind: among(search.kind, [
        'confirmation',
        'reminder',
        'cancellation',
        'reschedule',
        'offer',
        'followup',
        'survey',
        'missed',
        'recall',
      ]),
      own: text(search.own),
      language: among(search.language, ['es', 'en', 'pt-BR']),
    }),
    component: lazyRouteComponent(() => import('../screens/templates/Templates'), 'Templates'),
  }),
  createRoute({
    getParentRoute: () => clinic,
    path: '/line',
    validateSearch: (search): LinesSearch => ({
      line: text(search.line),
      pair: search.pair === true ? true : undefined,
    }),
    component: lazyRouteComponent(() => import('../screens/line/Lines'), 'Lines'),
  }),
  createRoute({
    getParentRoute: () => clinic,
    path: '/line/status',
    component: lazyRouteComponent(() => import('../screens/line/ServiceStatus'), 'ServiceStatus'),
  }),
  createRoute({
    getParentRoute: () => clinic,
    path: '/reports',
    validateSearch: (search): ReportsSearch => ({
      weeks: among(search.weeks, [4, 13, 52]),
      practitioner: text(search.practitioner),
      service: text(search.service),
    }),
    component: lazyRouteComponent(() => import('../screens/reports/Reports'), 'Reports'),
  }),
  createRoute({
    getParentRoute: () => clinic,
    path: '/rules',
    validateSearch: (search): RulesSearch => ({
      outlook: among(search.outlook, outlooks),
      rule: text(search.rule),
      date: date(search.date),
    }),
    component: lazyRouteComponent(() => import('../screens/rules/Rules'), 'Rules'),
  }),
  createRoute({
    getParentRoute: () => clinic,
    path: '/settings',
    validateSearch: (search): SettingsSearch => ({
      tab: among(search.tab, [
        'locations',
        'rooms',
        'practitioners',
        'services',
        'insurances',
        'custom',
        'opening',
        'booking',
        'members',
        'webhooks',
        'chatwoot',
        'clients',
        'requests',
        'reference',
        'inbox',
        'assistant',
      ]),
    }),
    component: lazyRouteComponent(() => import('../screens/settings/Settings'), 'Settings'),
  }),
  createRoute({
    getParentRoute: () => clinic,
    path: '/setup',
    validateSearch: (search): SetupSearch => ({
      step: among(search.step, ['clinic', 'location', 'practitioners', 'services', 'hours', 'line', 'first-message']),
    }),
    component: lazyRouteComponent(() => import('../screens/setup/SetupPage'), 'SetupPage'),
  }),
] as const;

const clinicHome = createRoute({
  getParentRoute: () => clinic,
  path: '/',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/c/$clinic/today', params });
  },
});

const platform = createRoute({ getParentRoute: () => root, path: '/platform', component: PlatformLayout });
const platformScreens = [
  createRoute({
    getParentRoute: () => platform,
    path: '/',
    component: lazyRouteComponent(() => import('../screens/platform/Organizations'), 'Organizations'),
  }),
  createRoute({
    getParentRoute: () => platform,
    path: '/lines',
    validateSearch: (search): PlatformLinesSearch => ({ state: among(search.state, lineStates) }),
    component: lazyRouteComponent(() => import('../screens/platform/PlatformLines'), 'PlatformLines'),
  }),
  createRoute({
    getParentRoute: () => platform,
    path: '/usage',
    validateSearch: (search): PlatformUsageSearch => ({
      sort: among(search.sort, clinicOrders),
      find: typeof search.find === 'string' ? search.find.slice(0, 100) : undefined,
    }),
    component: lazyRouteComponent(() => import('../screens/platform/PlatformUsage'), 'PlatformUsage'),
  }),
  createRoute({
    getParentRoute: () => platform,
    path: '/health',
    component: lazyRouteComponent(() => import('../screens/platform/Health'), 'Health'),
  }),
  createRoute({
    getParentRoute: () => platform,
    path: '/prices',
    component: lazyRouteComponent(() => import('../screens/platform/MessagePrices'), 'MessagePrices'),
  }),
] as const;

/** Short addresses open the clinic used last: `/conversations` is `/c/<clinic>/conversations`. */
const shortNames = [
  'today',
  'agenda',
  'waitlist',
  'conversations',
  'patients',
  'messages',
  'campaigns',
  'flows',
  'templates',
  'rules',
  'line',
  'settings',
];
export function homeOf(me: Me, pathname: string): string | null {
  const [, first = '', ...rest] = pathname.split('/');
  const home = homeClinic(me);
  if (first === '' || first === 'signed-in') {
    if (home) return `/c/${home.alias}/today`;
    return me.platformAdmin ? '/platform' : null;
  }
  if (shortNames.includes(first) && home) return `/c/${home.alias}/${[first, ...rest].join('/')}`;
  return null;
}

const tree = root.addChildren([clinic.addChildren([clinicHome, ...screens]), platform.addChildren(platformScreens)]);

export const createConsoleRouter = () =>
  createRouter({
    routeTree: tree,
    defaultPreload: 'intent',
    defaultErrorComponent: RouteProblem,
    scrollRestoration: true,
    defaultPendingMs: 200,
  });

export type ConsoleRouter = ReturnType<typeof createConsoleRouter>;

declare module '@tanstack/react-router' {
  interface Register {
    router: ConsoleRouter;
  }
  interface HistoryState {
    /** The visit's panel was opened on the page before. */
    opened?: boolean;
  }
}
