import { useQuery } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useEffect } from 'react';
import { meQuery } from '../api/queries';
import type { ConsoleSession } from '../auth/session';
import { Button } from '../ui/Button';
import { Logo } from '../ui/Logo';
import layout from '../ui/layout.module.css';
import { Empty, LoadError, Skeleton } from '../ui/Page';
import sheets from '../ui/sheets.module.css';
import aloneStyles from './Alone.module.css';
import { PersonProvider, useWords } from './clinic';
import { InvitationPage, invitationIn } from './InvitationPage';
import { type ConsoleRouter, homeOf } from './router';
import { SessionGate } from './SessionGate';
import { SessionContext } from './sessionContext';

/** The signed-in console. */
export function App({ session, router }: { session: ConsoleSession; router: ConsoleRouter }) {
  const { t } = useWords();
  const me = useQuery(meQuery);
  const person = me.data;

  const home = person ? homeOf(person, window.location.pathname) : null;
  useEffect(() => {
    if (home) void router.navigate({ href: home + window.location.search, replace: true });
  }, [home, router]);

  if (me.isPending)
    return (
      <Alone>
        <Skeleton rows={10} />
      </Alone>
    );
  if (me.isLoadingError) {
    return (
      <SessionContext.Provider value={session}>
        <Alone>
          <LoadError error={me.error} title={t('error.heading')} retry={() => void me.refetch()} />
        </Alone>
      </SessionContext.Provider>
    );
  }
  const invitation = invitationIn(window.location.pathname);
  if (invitation) {
    return (
      <SessionContext.Provider value={session}>
        <Alone>
          <InvitationPage invitation={invitation} me={me.data} />
        </Alone>
        <SessionGate />
      </SessionContext.Provider>
    );
  }
  if (me.data.organizations.length === 0 && !me.data.platformAdmin) {
    return (
      <Alone>
        <Empty title={t('noClinic.title')} text={t('noClinic.text')}>
          <Button onClick={() => void session.signOut()}>{t('nav.signOut')}</Button>
        </Empty>
      </Alone>
    );
  }
  return (
    <SessionContext.Provider value={session}>
      <PersonProvider me={me.data}>
        <RouterProvider router={router} />
        <SessionGate />
      </PersonProvider>
    </SessionContext.Provider>
  );
}

/** A sheet without a desk around it, before anybody is known. */
export const Alone = ({ children }: { children: React.ReactNode }) => (
  <div className={aloneStyles.alone}>
    <header className={aloneStyles.logo}>
      <Logo />
      <span className={layout.visuallyHidden}>Recado</span>
    </header>
    <main className={sheets.sheet} id="main">
      {children}
    </main>
  </div>
);
