import { IconUserCheck } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { acceptIdentity } from '../../api/actions';
import { keys } from '../../api/keys';
import { may } from '../../api/may';
import { sentenceFor } from '../../api/problems';
import type { InboundMessage } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import { done, failed } from '../../ui/notices';

/** Takes over the number that WhatsApp says somebody has now; leaving it as it is is the other button's work. */
export function AcceptNumber({ answer }: { answer: InboundMessage }) {
  const { t } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const accept = useMutation({
    mutationFn: () => acceptIdentity(clinic.id, answer),
    onError: (error) => failed(sentenceFor(error, t), t('action.close')),
    onSuccess: () => done(t('conversations.accepted'), t('action.close')),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: keys.of(clinic.id, 'inbound') });
      void client.invalidateQueries({ queryKey: keys.of(clinic.id, 'patients') });
    },
  });
  const offered = answer.kind === 'identity-changed' && answer.contactId && !answer.handledAt;
  if (!offered || !may(clinic, 'handle-answers')) return null;
  return (
    <Button small disabled={accept.isPending} onClick={() => accept.mutate()} data-testid="accept-number">
      <Icon of={IconUserCheck} />
      {t(answer.newPhone ? 'conversations.acceptNumber' : 'conversations.acceptIdentity')}
    </Button>
  );
}
