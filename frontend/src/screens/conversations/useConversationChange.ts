import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type Conversation, conversationQuery } from '../../api/conversations';
import { keys } from '../../api/keys';
import { isStale, sentenceFor } from '../../api/problems';
import { useClinic, useWords } from '../../app/clinic';
import { failed } from '../../ui/notices';

/** Changes a conversation. Somebody who was faster is shown; what only a new message got in the way of is tried again. */
export function useConversationChange(one: Conversation) {
  const { t } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: (seen: Conversation) => Promise<Conversation>) => change(one),
    onSuccess: (changed) => client.setQueryData(conversationQuery(clinic.id, one.id).queryKey, changed),
    onError: async (error) => {
      if (!isStale(error)) {
        failed(sentenceFor(error, t), t('action.close'));
        return;
      }
      const now = await client.fetchQuery({ ...conversationQuery(clinic.id, one.id), staleTime: 0 });
      const who = now.assignee && now.assignee.memberId !== one.assignee?.memberId ? now.assignee.name : null;
      failed(who ? t('inbox.takenBy', { name: who }) : t('inbox.movedOn'), t('action.close'));
    },
    onSettled: () => {
      for (const kind of ['conversations', 'conversation-entries', 'inbound'] as const) {
        void client.invalidateQueries({ queryKey: keys.of(clinic.id, kind) });
      }
    },
  });
}
