import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo, useRef } from 'react';
import { Intention } from '../../api/intention';
import { keys } from '../../api/keys';
import { logOutLine, makeLineDefault, startLine, stopLine } from '../../api/lineActions';
import { sentenceFor } from '../../api/problems';
import { linesQuery } from '../../api/queries';
import type { WhatsAppLine } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { done, failed } from '../../ui/notices';

export type LineAction = 'start' | 'stop' | 'log-out' | 'make-default';

/** The cached list of lines. Codes for pairing are never put into it. */
export function useLineCache() {
  const clinic = useClinic();
  const client = useQueryClient();
  return useMemo(
    () => ({
      put: (line: WhatsAppLine) =>
        client.setQueryData<WhatsAppLine[]>(linesQuery(clinic.id).queryKey, (list) => {
          const shown = { ...line, qr: null, pairingCode: null };
          return list?.some((one) => one.id === line.id) ? list.map((one) => (one.id === line.id ? shown : one)) : [...(list ?? []), shown];
        }),
      /** Done when what is on screen is fresh again, so that a button stays busy until its effect shows. */
      refresh: () =>
        Promise.all([
          client.invalidateQueries({ queryKey: keys.of(clinic.id, 'line') }),
          client.invalidateQueries({ queryKey: keys.of(clinic.id, 'line-history') }),
        ]),
    }),
    [client, clinic.id],
  );
}

/** What a button does to a line at once. */
export function useLineActions() {
  const { t } = useWords();
  const clinic = useClinic();
  const cache = useLineCache();
  const intention = useRef(new Intention());
  return useMutation({
    mutationFn: ({ line, action }: { line: WhatsAppLine; action: LineAction }): Promise<WhatsAppLine> => {
      if (action === 'make-default') return makeLineDefault(clinic.id, line);
      const call = { start: startLine, stop: stopLine, 'log-out': logOutLine }[action];
      return intention.current.carryOut({ action, line: line.id }, (key) => call(clinic.id, line.id, key));
    },
    onSuccess: (now, { action }) => {
      cache.put(now);
      if (action === 'make-default') done(t('line.madeDefault', { name: now.name }), t('action.close'));
    },
    onError: (error) => failed(sentenceFor(error, t), t('action.close')),
    onSettled: cache.refresh,
  });
}
