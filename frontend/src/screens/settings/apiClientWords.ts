import type { ApiClientScope } from '../../api/types';

/** What an API client may do, in the order in which owners think of it. */
export const scopes: readonly ApiClientScope[] = [
  'appointments:read',
  'appointments:write',
  'patients:read',
  'patients:read-contact',
  'patients:write',
  'messages:read',
  'messages:send',
  'waitlist:read',
  'waitlist:write',
  'directory:read',
  'directory:write',
  'reports:read',
];

export const scopeWord = (scope: ApiClientScope) => `apiClients.scope.${scope.replace(':', '-')}`;
