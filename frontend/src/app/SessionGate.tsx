import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { keys } from '../api/keys';
import { fetchTheRest, later } from './later';
import type { Over } from './SignInAgain';
import { useConsoleSession } from './sessionContext';

const SignInAgain = later(
  async () => (await import('./SignInAgain')).SignInAgain,
  (props) => props.over !== false,
);

/** The session's end is said on top of everything, never instead of it: what was being written is still there afterwards. */
export function SessionGate() {
  const session = useConsoleSession();
  const client = useQueryClient();
  const [over, setOver] = useState<Over>(false);
  useEffect(fetchTheRest, []);
  useEffect(
    () =>
      session.listen((event) => {
        if (event === 'expired') setOver((now) => now || 'expired');
        if (event === 'someone-else') setOver('someone-else');
        if (event === 'signed-out-elsewhere') window.location.assign('/');
        if (event !== 'renewed') return;
        // A token is renewed with the roles of now, which may be others: what is offered follows.
        void client.invalidateQueries({ queryKey: keys.me });
        setOver((now) => {
          // What could not be asked for meanwhile is asked for now.
          if (now) void client.invalidateQueries();
          return false;
        });
      }),
    [session, client],
  );
  return <SignInAgain over={over} signOut={() => void session.signOut()} />;
}
