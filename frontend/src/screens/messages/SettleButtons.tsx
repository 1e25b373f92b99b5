import { useMutation, useQueryClient } from '@tanstack/react-query';
import { settleMessage } from '../../api/actions';
import { keys } from '../../api/keys';
import { allows, may } from '../../api/may';
import { sentenceFor } from '../../api/problems';
import type { Message } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { Button } from '../../ui/Button';
import { done, failed } from '../../ui/notices';

/** A person says what became of a message the network never answered for. */
export function SettleButtons({ message }: { message: Message }) {
  const { t } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const settling = useMutation({
    mutationFn: (outcome: 'delivered' | 'failed') => settleMessage(clinic.id, message, outcome),
    onSuccess: (_, outcome) => done(t(`messages.settled.${outcome}`), t('action.close')),
    onError: (error) => failed(sentenceFor(error, t), t('action.close')),
    onSettled: () => {
      for (const kind of ['messages', 'appointments', 'timeline'] as const)
        void client.invalidateQueries({ queryKey: keys.of(clinic.id, kind) });
    },
  });
  if (!may(clinic, 'settle-messages') || !allows.settle(message)) return null;
  return (
    <>
      <Button small disabled={settling.isPending} onClick={() => settling.mutate('delivered')}>
        {t('messages.didArrive')}
      </Button>
      <Button kind="quiet" small disabled={settling.isPending} onClick={() => settling.mutate('failed')}>
        {t('messages.didNotArrive')}
      </Button>
    </>
  );
}
