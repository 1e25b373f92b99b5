import { ErrorResponse, User, type UserManager } from 'oidc-client-ts';
import { type Session, setApiSession } from '../api/client';
import { here } from './manager';

/**
 * `expired` keeps the page and its unsaved forms, and asks to sign in again on top of it. `someone-else`: another person
 * signed in meanwhile, whose tokens this page must not take.
 */
export type SessionEvent = 'expired' | 'renewed' | 'signed-out-elsewhere' | 'someone-else';
type Listener = (event: SessionEvent) => void;

/** What the tabs of this browser tell each other. It travels in memory and is stored nowhere. */
type Word = { kind: 'signed-out' } | { kind: 'tokens'; user: string } | { kind: 'newer?'; expiresAt: number };

/** Where a window that was opened to sign in again starts; the window ends by itself. */
export const SIGN_IN_AGAIN = '/sign-in-again';
const REAUTHORIZED = 'recado.reauthorized';
/** A clinic just joined is not in the token: ask once, then believe the refusal for this long. */
const REAUTHORIZE_PAUSE = 60_000;
const LOCK = 'recado.session.renewal';
/** How long the other tabs have to say that one of them renewed already. */
const ANSWER_TIME = 250;
const FIRST_PAUSE = 2_000;
const LONGEST_PAUSE = 60_000;
/** So many tries without reaching the identity server, about half a minute, before the person is asked to sign in. */
const PATIENCE = 4;

/**
 * Keeps the current token for the API client. One tab of the browser renews it and hands it to the others; a renewal that
 * was refused is never tried again, one that could not be asked for is tried ever more slowly. See ADR 0125.
 */
export class ConsoleSession implements Session {
  private readonly manager: UserManager;
  private readonly listeners = new Set<Listener>();
  private readonly channel: BroadcastChannel | null;
  private user: User | null = null;
  private renewing: Promise<boolean> | null = null;
  /** The identity server said no: only a person can go on from here. */
  private over = false;
  private failures = 0;
  private notBefore = 0;
  private retry = 0;
  private answered: (() => void) | null = null;

  constructor(manager: UserManager) {
    this.manager = manager;
    this.channel = 'BroadcastChannel' in window ? new BroadcastChannel('recado.session') : null;
    this.channel?.addEventListener('message', (message: MessageEvent<Word>) => void this.hear(message.data));
    manager.events.addUserLoaded((user) => this.hold(user));
    manager.events.addUserUnloaded(() => {
      this.user = null;
    });
    manager.events.addAccessTokenExpiring(() => void this.renew());
    manager.events.addAccessTokenExpired(() => void this.renew().then((renewed) => renewed || this.expired()));
    setApiSession(this);
  }

  hold(user: User): void {
    this.user = user;
    this.over = false;
    this.failures = 0;
    this.notBefore = 0;
    window.clearTimeout(this.retry);
    this.tell('renewed');
  }

  token(): string | null {
    return this.user?.access_token ?? null;
  }

  renew(): Promise<boolean> {
    this.renewing ??= this.renewOnce().finally(() => {
      this.renewing = null;
    });
    return this.renewing;
  }

  private async renewOnce(): Promise<boolean> {
    if (this.over || Date.now() < this.notBefore) return false;
    const held = this.user;
    return oneAtATime(async () => {
      // Whoever had the lock before may have handed on its tokens, or done so without this tab hearing of it.
      if (this.user !== held || (await this.newerElsewhere())) return this.user !== null;
      try {
        const stored = await this.manager.getUser();
        if (!stored?.refresh_token) {
          this.over = true;
          return false;
        }
        const user = await this.manager.signinSilent();
        if (!user) return false;
        this.hold(user);
        this.handOn();
        return true;
      } catch (error) {
        this.failed(error);
        return false;
      }
    });
  }

  private failed(error: unknown): void {
    if (error instanceof ErrorResponse) {
      this.over = true;
      return;
    }
    this.failures += 1;
    const pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** this.failures) * (0.5 + Math.random() / 2);
    this.notBefore = Date.now() + pause;
    window.clearTimeout(this.retry);
    this.retry = window.setTimeout(() => void this.renew().then((renewed) => renewed || this.expired()), pause + 50);
  }

  /** Asks to sign in, unless it only is the identity server that cannot be reached for a moment. */
  expired(): void {
    if (this.over || this.failures >= PATIENCE) this.tell('expired');
  }

  membershipMissing(): void {
    const last = Number(sessionStorage.getItem(REAUTHORIZED) ?? 0);
    if (Date.now() - last < REAUTHORIZE_PAUSE) return;
    sessionStorage.setItem(REAUTHORIZED, String(Date.now()));
    // A refresh token would only repeat the old memberships; a new authorization reads them again.
    void this.manager.signinRedirect({ prompt: 'none', state: here() });
  }

  /** Signs in again without asking anything, after a clinic was joined, and goes on there. */
  joined(returnTo: string): Promise<void> {
    return this.manager.signinRedirect({ prompt: 'none', state: { returnTo } });
  }

  /** Gives this tab's tokens to the tabs whose session is over or ends sooner. */
  handOn(): void {
    if (this.user) this.say({ kind: 'tokens', user: this.user.toStorageString() });
  }

  async signOut(): Promise<void> {
    this.say({ kind: 'signed-out' });
    const idToken = this.user?.id_token;
    await this.manager.removeUser();
    await this.manager.signoutRedirect(idToken ? { id_token_hint: idToken } : {});
  }

  listen(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private async hear(word: Word): Promise<void> {
    if (word.kind === 'signed-out') {
      this.user = null;
      await this.manager.removeUser();
      this.tell('signed-out-elsewhere');
    } else if (word.kind === 'newer?') {
      if (this.user && !this.user.expired && (this.user.expires_at ?? 0) > word.expiresAt) this.handOn();
    } else {
      await this.adopt(User.fromStorageString(word.user));
    }
  }

  /** Takes another tab's tokens when they are this person's and outlive the ones held. */
  private async adopt(offered: User): Promise<void> {
    if (!this.user) return;
    if (offered.profile.sub !== this.user.profile.sub) {
      if (this.over) this.tell('someone-else');
      return;
    }
    if (!this.over && (offered.expires_at ?? 0) <= (this.user.expires_at ?? 0)) return;
    this.hold(offered);
    await this.manager.storeUser(offered);
    await this.manager.events.load(offered, false);
    this.answered?.();
  }

  private async newerElsewhere(): Promise<boolean> {
    if (!this.channel || !this.user) return false;
    const held = this.user;
    const heard = new Promise<void>((resolve) => {
      this.answered = resolve;
      setTimeout(resolve, ANSWER_TIME);
    });
    this.say({ kind: 'newer?', expiresAt: held.expires_at ?? 0 });
    await heard;
    this.answered = null;
    return this.user !== held;
  }

  private say(word: Word): void {
    this.channel?.postMessage(word);
  }

  private tell(event: SessionEvent): void {
    for (const listener of this.listeners) listener(event);
  }
}

/** Among all tabs of this browser; where locks are missing, among nobody. */
function oneAtATime<Result>(work: () => Promise<Result>): Promise<Result> {
  if (!('locks' in navigator)) return work();
  return navigator.locks.request(LOCK, work) as Promise<Result>;
}
