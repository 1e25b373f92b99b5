import { InMemoryWebStorage, UserManager, WebStorageStateStore } from 'oidc-client-ts';
import type { ConsoleConfig } from '../api/types';

/**
 * Tokens live in this tab's session storage: they end with the tab, are never shared between tabs, and survive a reload
 * (ADR 0120). Nothing about patients is ever stored.
 */
export function createUserManager(config: ConsoleConfig): UserManager {
  const origin = window.location.origin;
  return new UserManager({
    authority: config.issuer,
    client_id: config.clientId,
    redirect_uri: `${origin}/signed-in`,
    popup_redirect_uri: `${origin}/signed-in`,
    post_logout_redirect_uri: `${origin}/`,
    scope: 'openid organization:*',
    response_type: 'code',
    automaticSilentRenew: true,
    accessTokenExpiringNotificationTimeInSeconds: 45,
    loadUserInfo: false,
    monitorSession: false,
    userStore: new WebStorageStateStore({ store: safeSessionStorage(), prefix: 'recado.' }),
    stateStore: new WebStorageStateStore({ store: safeSessionStorage(), prefix: 'recado.' }),
  });
}

function safeSessionStorage(): Storage {
  try {
    return window.sessionStorage;
  } catch {
    return new InMemoryWebStorage();
  }
}

/** Where to go after signing in. Only ever a path of this console. */
export interface ReturnTo {
  returnTo: string;
}
export function returnPath(state: unknown): string {
  if (typeof state === 'object' && state !== null && 'returnTo' in state && typeof state.returnTo === 'string') {
    if (/^\/(?!\/)/.test(state.returnTo) && !state.returnTo.startsWith('/signed-in')) return state.returnTo;
  }
  return '/';
}
export const here = (): ReturnTo => ({ returnTo: window.location.pathname + window.location.search });
