import { useMutation, useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { Intention } from '../../api/intention';
import { createLine } from '../../api/lineActions';
import { hasCode, sentenceFor } from '../../api/problems';
import { linesQuery } from '../../api/queries';
import type { WhatsAppLine } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { failed } from '../../ui/notices';
import { useLineCache } from './useLines';

/** The clinic's first line takes the clinic's name and goes straight to being linked. */
export function useFirstLine(pair: (line: WhatsAppLine) => void) {
  const { t } = useWords();
  const clinic = useClinic();
  const cache = useLineCache();
  const lines = useQuery({ ...linesQuery(clinic.id), enabled: false });
  const intention = useRef(new Intention());
  return useMutation({
    mutationFn: async (): Promise<WhatsAppLine> => {
      const body = { name: clinic.name, engine: 'linked-device' } as const;
      try {
        return await intention.current.carryOut(body, (key) => createLine(clinic.id, body, key));
      } catch (error) {
        // Two people may press at once; the line that exists is then the line.
        if (!hasCode(error, 'line-name-taken')) throw error;
        const existing = (await lines.refetch()).data?.[0];
        if (!existing) throw error;
        return existing;
      }
    },
    onSuccess: (line) => {
      cache.put(line);
      pair(line);
    },
    onError: (error) => failed(sentenceFor(error, t), t('action.close')),
  });
}
