import { IconCheck } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { handleAnswer } from '../../api/actions';
import { keys } from '../../api/keys';
import { may } from '../../api/may';
import { isStale, sentenceFor } from '../../api/problems';
import { inboundQuery } from '../../api/queries';
import type { InboundMessage } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import { done, failed } from '../../ui/notices';

/** Takes an answer off the list: gone at once, back again if the server refuses. */
export function useHandling(answer: InboundMessage) {
  const { t } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const open = inboundQuery(clinic.id, true).queryKey;
  return useMutation({
    mutationFn: () => handleAnswer(clinic.id, answer),
    onMutate: async () => {
      await client.cancelQueries({ queryKey: open });
      const before = client.getQueryData<InboundMessage[]>(open);
      client.setQueryData<InboundMessage[]>(open, (list) => list?.filter((one) => one.id !== answer.id));
      return { before };
    },
    onError: (error, _, saved) => {
      client.setQueryData(open, saved?.before);
      // Somebody else was faster: what they did is what was wanted.
      if (!isStale(error)) failed(sentenceFor(error, t), t('action.close'));
    },
    onSuccess: () => done(t('conversations.handled'), t('action.close')),
    onSettled: () => void client.invalidateQueries({ queryKey: keys.of(clinic.id, 'inbound') }),
  });
}

export function HandleButton({ answer }: { answer: InboundMessage }) {
  const { t } = useWords();
  const clinic = useClinic();
  const handle = useHandling(answer);
  if (!may(clinic, 'handle-answers') || answer.handledAt) return null;
  return (
    <Button small disabled={handle.isPending} onClick={() => handle.mutate()}>
      <Icon of={IconCheck} />
      {t(answer.kind === 'identity-changed' ? 'conversations.keepNumber' : 'conversations.handle')}
    </Button>
  );
}
