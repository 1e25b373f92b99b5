import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { sendMessage } from '../../api/actions';
import { Intention } from '../../api/intention';
import { keys } from '../../api/keys';
import type { Addressee, ManualContent } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { done } from '../../ui/notices';

/** What each way of writing is given. */
export interface Writing {
  addressee: Addressee;
  /** Null for the clinic's default line. */
  lineId: string | null;
  /** The chosen line takes nothing but approved texts now. */
  closed: boolean;
  onDone: () => void;
  onSent?: () => void;
}

/** Sends one message as one intention: pressed again after a failure it is the same one. */
export function useSending({ addressee, lineId, onDone, onSent }: Writing) {
  const { t } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const intention = useRef(new Intention());
  return useMutation({
    mutationFn: async (contentOf: () => ManualContent | Promise<ManualContent>) => {
      const content = await contentOf();
      const whom = addressee.kind === 'patient' ? { patientId: addressee.id } : { contactId: addressee.id };
      const body = { ...whom, ...(lineId ? { lineId } : {}), content };
      return intention.current.carryOut(body, (key) => sendMessage(clinic.id, body, key));
    },
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: keys.of(clinic.id, 'messages') });
      done(t('write.sent'), t('action.close'));
      onDone();
      onSent?.();
    },
  });
}
