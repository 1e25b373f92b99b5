import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
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

/**
 * Sends one message as one intention: pressed again after a failure it is the same one. To whom nothing may be sent because of a
 * restriction it leaves once somebody said that they know.
 */
export function useSending({ addressee, lineId, onDone, onSent }: Writing) {
  const [despite, setDespite] = useState(false);
  const { t } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const intention = useRef(new Intention());
  const sending = useMutation({
    mutationFn: async (contentOf: () => ManualContent | Promise<ManualContent>) => {
      const content = await contentOf();
      const whom = addressee.kind === 'patient' ? { patientId: addressee.id } : { contactId: addressee.id };
      const body = { ...whom, ...(lineId ? { lineId } : {}), ...(despite ? { despiteRestriction: true } : {}), content };
      return intention.current.carryOut(body, (key) => sendMessage(clinic.id, body, key));
    },
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: keys.of(clinic.id, 'messages') });
      done(t('write.sent'), t('action.close'));
      onDone();
      onSent?.();
    },
  });
  return { ...sending, despite, setDespite };
}
