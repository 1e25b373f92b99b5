import { IconThumbDown, IconThumbDownFilled, IconThumbUp, IconThumbUpFilled } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type AssistantTurn, type AssistantVerdict, judgeAssistantTurn } from '../../api/assistant';
import { keys } from '../../api/keys';
import { sentenceFor } from '../../api/problems';
import { useClinic, useWords } from '../../app/clinic';
import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import { failed } from '../../ui/notices';

/** Whether the assistant did well with a message; pressed again it is taken back. */
export function AssistantThumbs({ turn }: { turn: AssistantTurn }) {
  const { t } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const judge = useMutation({
    mutationFn: (verdict: AssistantVerdict | null) => judgeAssistantTurn(clinic.id, turn.id, verdict),
    onError: (error) => failed(sentenceFor(error, t), t('action.close')),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: keys.of(clinic.id, 'assistant') });
      void client.invalidateQueries({ queryKey: keys.of(clinic.id, 'conversation-entries', 'assistant') });
    },
  });
  const thumb = (verdict: AssistantVerdict, icon: typeof IconThumbUp, given: typeof IconThumbUp) => (
    <Button
      kind="quiet"
      small
      aria-pressed={turn.verdict === verdict}
      aria-label={t(`assistant.verdict.${verdict}`)}
      onClick={() => judge.mutate(turn.verdict === verdict ? null : verdict)}
    >
      <Icon of={turn.verdict === verdict ? given : icon} />
    </Button>
  );
  return (
    <>
      {thumb('up', IconThumbUp, IconThumbUpFilled)}
      {thumb('down', IconThumbDown, IconThumbDownFilled)}
    </>
  );
}
