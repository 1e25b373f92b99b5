import { InMemoryWebStorage, UserManager, WebStorageStateStore } from 'oidc-client-ts';
import type { ConsoleConfig } from '../api/types';

/**
 * Tokens live in this tab's session storage: they end with the tab and survive a reload (ADR 0120). Tabs hand them to each
 * other in memory only (ADR 0125). Nothing about patients is ever stored.
 */
export function createUserManager(config: ConsoleConfig): UserManager {
  const origin = window.location.origin;
  return new UserManager({
    authority: config.issuer,
    client_id: config.clientId,
    redirect_uri: `${origin}/signed-in`,
    post_logout_redirect_uri: `${origin}/`,
    scope: 'openid organization:*',
    response_type: 'code',
    // The session renews by itself: one tab for all, and not again when it was refused.
    automaticSilentRenew: false,
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

/** Where to go after signing in. Only ever a path of this console; `again` for a window that hands its tokens on and closes. */
export interface ReturnTo {
  returnTo: string;
  again?: true;
}
export const isAgain = (state: unknown): boolean => typeof state === 'object' && state !== null && 'again' in state && state.again === true;
export function returnPath(state: unknown): string {
  if (typeof state === 'object' && state !== null && 'returnTo' in state && typeof state.returnTo === 'string') {
    if (/^\/(?!\/)/.test(state.returnTo) && !state.returnTo.startsWith('/signed-in')) return state.returnTo;
  }
  return '/';
}
export const here = (): ReturnTo => ({ returnTo: window.location.pathname + window.location.search });
