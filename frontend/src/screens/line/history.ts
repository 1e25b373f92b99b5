import type { LineCause, LineState } from '../../api/types';

interface Entry {
  state: LineState;
  cause: LineCause;
}

/**
 * How an entry of the history reads, which is told newest first. Between scanning and being linked the network always asks
 * for a new connection: that is on the way, and nothing that was lost.
 */
export const asRead = <E extends Entry>(entry: E, before: Entry | undefined): E =>
  entry.state === 'reconnecting' && entry.cause === 'server-restart' && before?.state === 'pairing'
    ? { ...entry, state: 'starting', cause: 'none' }
    : entry;
