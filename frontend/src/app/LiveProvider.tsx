import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { currentSession } from '../api/client';
import { doubtfulAfter, keys } from '../api/keys';
import type { WhatsAppLine } from '../api/lineTypes';
import { LiveHints, type LiveState } from '../api/live';
import type { Membership } from '../api/types';

const Live = createContext<LiveState>('connecting');
export const useLive = (): LiveState => useContext(Live);

/** A hint storm (a campaign, an import) refetches at most this often. */
const GATHER = 250;

function someLineIsDown(client: QueryClient, organization: string): boolean {
  const lists = client.getQueriesData<WhatsAppLine[]>({ queryKey: keys.of(organization, 'line'), exact: true });
  return lists.some(([, lines]) => lines?.some((line) => line.state !== 'linked'));
}

/** Holds the clinic's one stream of hints and marks what they make doubtful; React Query refetches what is on screen. */
export function LiveProvider({ clinic, children }: { clinic: Membership; children: ReactNode }) {
  const client = useQueryClient();
  const [state, setState] = useState<LiveState>(navigator.onLine ? 'connecting' : 'offline');

  useEffect(() => {
    const doubtful = new Set<string>();
    let timer = 0;
    const flush = () => {
      timer = 0;
      for (const kind of doubtful) void client.invalidateQueries({ queryKey: [...keys.clinic(clinic.id), kind] });
      doubtful.clear();
    };
    const everything = () => void client.invalidateQueries({ queryKey: keys.clinic(clinic.id) });
    const live = new LiveHints({
      url: `/api/v1/organizations/${clinic.id}/events`,
      token: () => currentSession().token(),
      renew: () => currentSession().renew(),
      onHint: (hint) => {
        for (const kind of doubtfulAfter[hint.kind] ?? []) doubtful.add(kind);
        // Messages only wait, and are only counted, while a line is down.
        if (hint.kind === 'message' && someLineIsDown(client, clinic.id)) doubtful.add('line');
        // The clinic's name and its word for a visit are part of who one is.
        if (hint.kind === 'organization') void client.invalidateQueries({ queryKey: keys.me });
        if (!timer) timer = window.setTimeout(flush, GATHER);
      },
      onReset: everything,
      onState: setState,
    });
    live.open();

    let hiddenAt = 0;
    const visibility = () => {
      if (document.visibilityState === 'hidden') {
        hiddenAt = Date.now();
      } else if (hiddenAt && Date.now() - hiddenAt > 30_000) {
        // A sleeping tab may have lost its stream without noticing.
        live.resume();
        everything();
      }
    };
    const online = () => {
      live.resume();
      everything();
    };
    const offline = () => live.lost();
    document.addEventListener('visibilitychange', visibility);
    window.addEventListener('online', online);
    window.addEventListener('offline', offline);
    return () => {
      live.close();
      window.clearTimeout(timer);
      document.removeEventListener('visibilitychange', visibility);
      window.removeEventListener('online', online);
      window.removeEventListener('offline', offline);
    };
  }, [client, clinic.id]);

  return <Live.Provider value={state}>{children}</Live.Provider>;
}
