import type { User, UserManager } from 'oidc-client-ts';
import { type Session, setApiSession } from '../api/client';
import { here } from './manager';

/** `expired` keeps the page and its unsaved forms, and asks to sign in again on top of it. */
export type SessionEvent = 'expired' | 'renewed' | 'signed-out-elsewhere';
type Listener = (event: SessionEvent) => void;

const REAUTHORIZED = 'recado.reauthorized';
/** A clinic just joined is not in the token: ask once, then believe the refusal for this long. */
const REAUTHORIZE_PAUSE = 60_000;

/** Keeps the current token for the API client, renews it, and tells other tabs about signing out. */
export class ConsoleSession implements Session {
  private readonly manager: UserManager;
  private readonly listeners = new Set<Listener>();
  private readonly channel: BroadcastChannel | null;
  private user: User | null = null;
  private renewing: Promise<boolean> | null = null;

  constructor(manager: UserManager) {
    this.manager = manager;
    this.channel = 'BroadcastChannel' in window ? new BroadcastChannel('recado.session') : null;
    this.channel?.addEventListener('message', (message) => {
      if (message.data === 'signed-out') void this.signedOutElsewhere();
    });
    manager.events.addUserLoaded((user) => this.hold(user));
    manager.events.addUserUnloaded(() => {
      this.user = null;
    });
    manager.events.addSilentRenewError(() => {
      if (!this.user || this.user.expired) this.expired();
    });
    manager.events.addAccessTokenExpired(() => void this.renew().then((renewed) => renewed || this.expired()));
    setApiSession(this);
  }

  hold(user: User): void {
    this.user = user;
    this.tell('renewed');
  }

  token(): string | null {
    return this.user?.access_token ?? null;
  }

  renew(): Promise<boolean> {
    this.renewing ??= this.manager
      .signinSilent()
      .then((user) => {
        if (user) this.hold(user);
        return user !== null;
      })
      .catch(() => false)
      .finally(() => {
        this.renewing = null;
      });
    return this.renewing;
  }

  expired(): void {
    this.tell('expired');
  }

  membershipMissing(): void {
    const last = Number(sessionStorage.getItem(REAUTHORIZED) ?? 0);
    if (Date.now() - last < REAUTHORIZE_PAUSE) return;
    sessionStorage.setItem(REAUTHORIZED, String(Date.now()));
    // A refresh token would only repeat the old memberships; a new authorization reads them again.
    void this.manager.signinRedirect({ prompt: 'none', state: here() });
  }

  /** Signs in again in a window of its own, so that what was being written stays; falls back to leaving the page. */
  async signInAgain(): Promise<void> {
    try {
      const user = await this.manager.signinPopup();
      this.hold(user);
    } catch {
      await this.manager.signinRedirect({ state: here() });
    }
  }

  async signOut(): Promise<void> {
    this.channel?.postMessage('signed-out');
    const idToken = this.user?.id_token;
    await this.manager.removeUser();
    await this.manager.signoutRedirect(idToken ? { id_token_hint: idToken } : {});
  }

  listen(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private async signedOutElsewhere(): Promise<void> {
    this.user = null;
    await this.manager.removeUser();
    this.tell('signed-out-elsewhere');
  }

  private tell(event: SessionEvent): void {
    for (const listener of this.listeners) listener(event);
  }
}
