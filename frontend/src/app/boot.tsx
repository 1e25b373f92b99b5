import type { UserManager } from 'oidc-client-ts';
import type { ReactNode } from 'react';
import { api, settle } from '../api/client';
import { meQuery } from '../api/queries';
import type { ConsoleConfig } from '../api/types';
import { createUserManager, here, isAgain, returnPath } from '../auth/manager';
import { ConsoleSession, SIGN_IN_AGAIN } from '../auth/session';
import typography from '../ui/typography.module.css';
import { Alone, App } from './App';
import { BootProblem } from './BootProblem';
import { queryClient } from './queryClient';
import { createConsoleRouter, homeOf } from './router';
import { SignedInAgain } from './SignedInAgain';
import { Welcome } from './Welcome';

/** Decides what the browser shows first: the door, the desk, or why there is neither. */
export async function boot(): Promise<ReactNode> {
  let config: ConsoleConfig;
  try {
    config = await settle(api.GET('/api/console-config'));
  } catch (error) {
    return (
      <Alone>
        <BootProblem error={error} />
      </Alone>
    );
  }
  const manager = createUserManager(config);
  const session = new ConsoleSession(manager);
  if (window.location.pathname === SIGN_IN_AGAIN) {
    await manager.signinRedirect({ state: { returnTo: '/', again: true } });
    return null;
  }
  if (window.location.pathname === '/signed-in') {
    const view = await backFromIdentity(manager, session);
    if (view) return view;
  }
  const user = await manager.getUser().catch(() => null);
  if (user && !user.expired) session.hold(user);
  else if (!(user?.refresh_token && (await session.renew()))) {
    const signIn = () => manager.signinRedirect({ state: here() });
    if (window.location.pathname === '/') return <Welcome signIn={signIn} />;
    await signIn();
    return null;
  }
  const router = createConsoleRouter();
  // Who one is and the screen's own code come at the same time; what is painted then is complete.
  await queryClient.prefetchQuery(meQuery);
  const me = queryClient.getQueryData(meQuery.queryKey);
  const first = (me && homeOf(me, window.location.pathname)) ?? window.location.pathname;
  await router.preloadRoute({ to: first } as never).catch(() => {});
  return <App session={session} router={router} />;
}

/** Finishes a sign-in. Null when the console may go on; a view when it may not. */
async function backFromIdentity(manager: UserManager, session: ConsoleSession): Promise<ReactNode> {
  try {
    const user = await manager.signinCallback();
    if (!user)
      return (
        <Alone>
          <p className={typography.muted} />
        </Alone>
      );
    session.hold(user);
    session.handOn();
    if (isAgain(user.state)) {
      window.close();
      return (
        <Alone>
          <SignedInAgain />
        </Alone>
      );
    }
    window.history.replaceState(null, '', returnPath(user.state));
    return null;
  } catch (error) {
    const code = error instanceof Error && 'error' in error ? String(error.error) : '';
    if (code === 'login_required' || code === 'interaction_required') {
      await manager.signinRedirect({ state: { returnTo: '/' } });
      return (
        <Alone>
          <p className={typography.muted} />
        </Alone>
      );
    }
    window.history.replaceState(null, '', '/');
    return <Welcome signIn={() => manager.signinRedirect({ state: { returnTo: '/' } })} trouble />;
  }
}
