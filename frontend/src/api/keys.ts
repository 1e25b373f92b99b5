/** Names of cached answers. Everything of a clinic hangs under its id, so leaving the clinic can drop it all. */
export const keys = {
  config: ['console-config'] as const,
  me: ['me'] as const,
  sessions: ['sessions'] as const,
  invitation: (id: string) => ['invitation', id] as const,
  platform: ['platform', 'organizations'] as const,
  platformLines: ['platform', 'lines'] as const,
  platformOverview: (sort: string, search: string) => ['platform', 'overview', sort, search] as const,
  platformDeletion: (organization: string) => ['platform', 'deletion', organization] as const,
  platformUsage: (organization: string) => ['platform', 'usage', organization] as const,
  platformHealth: ['platform', 'health'] as const,
  platformPrices: ['platform', 'prices'] as const,
  platformSetAside: ['platform', 'set-aside-events'] as const,
  platformDeadJobs: ['platform', 'dead-jobs'] as const,
  platformMaintenance: ['platform', 'maintenance'] as const,
  clinic: (organization: string) => ['clinic', organization] as const,
  of: (organization: string, kind: Kind, ...rest: unknown[]) => ['clinic', organization, kind, ...rest] as const,
};

export type Kind =
  | 'organization'
  | 'legal-hold'
  | 'deletion'
  | 'setup'
  | 'support'
  | 'usage'
  | 'members'
  | 'member-permissions'
  | 'invitations'
  | 'patients'
  | 'patient-reads'
  | 'privacy-requests'
  | 'clinical-notes'
  | 'imports'
  | 'practitioners'
  | 'calendar-feeds'
  | 'webhook-endpoints'
  | 'chatwoot-bridges'
  | 'api-clients'
  | 'api-requests'
  | 'audit-entries'
  | 'services'
  | 'locations'
  | 'rooms'
  | 'insurances'
  | 'schedules'
  | 'slots'
  | 'slot-holds'
  | 'appointments'
  | 'appointment-series'
  | 'clock-changes'
  | 'timeline'
  | 'waitlist'
  | 'line'
  | 'line-history'
  | 'templates'
  | 'rules'
  | 'campaigns'
  | 'flows'
  | 'assistant'
  | 'messages'
  | 'inbound'
  | 'conversations'
  | 'conversation-entries'
  | 'conversation-typing'
  | 'inbox-members'
  | 'tickets'
  | 'maintenance'
  | 'inbox-teams'
  | 'inbox-settings'
  | 'canned-replies'
  | 'hand-over-settings'
  | 'attachment'
  | 'reports';

/** Which cached answers a live hint makes doubtful. */
export const doubtfulAfter: Record<string, readonly Kind[]> = {
  appointment: ['appointments', 'rules', 'appointment-series', 'clock-changes', 'timeline', 'slots', 'waitlist'],
  'waitlist-entry': ['waitlist'],
  'slot-hold': ['slot-holds', 'slots'],
  patient: ['patients', 'clinical-notes', 'appointments', 'waitlist', 'conversations'],
  'privacy-request': ['privacy-requests'],
  message: ['messages', 'appointments', 'timeline', 'conversation-entries', 'setup'],
  // What an answer does to a visit is told by the visit's own hint.
  'inbound-message': ['inbound', 'timeline', 'conversation-entries'],
  conversation: ['conversations', 'conversation-entries', 'inbox-members', 'inbox-teams'],
  'conversation-typing': ['conversation-typing'],
  'canned-reply': ['canned-replies'],
  ticket: ['tickets'],
  'whatsapp-line': ['line', 'line-history', 'setup', 'usage'],
  practitioner: ['practitioners', 'schedules', 'slots', 'setup'],
  'healthcare-service': ['services', 'slots', 'setup'],
  schedule: ['schedules', 'slots', 'setup'],
  insurance: ['insurances', 'appointments'],
  location: ['locations', 'schedules', 'slots', 'appointments', 'setup'],
  room: ['rooms', 'slots', 'appointments'],
  'message-template': ['templates'],
  // A rule changes what is planned of every visit.
  'notification-rule': ['rules', 'messages', 'appointments', 'timeline'],
  organization: ['organization', 'rules', 'members', 'invitations', 'setup', 'usage', 'support'],
  campaign: ['campaigns'],
  flow: ['flows'],
};
