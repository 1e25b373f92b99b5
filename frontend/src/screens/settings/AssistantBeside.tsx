import { useQuery } from '@tanstack/react-query';
import clsx from 'clsx';
import { conversationTurnsQuery } from '../../api/assistant';
import { may } from '../../api/may';
import { useClinic, useNow, useWords } from '../../app/clinic';
import { relative } from '../../time/format';
import layout from '../../ui/layout.module.css';
import lists from '../../ui/lists.module.css';
import { Section } from '../../ui/Page';
import typography from '../../ui/typography.module.css';
import { AssistantThumbs } from './AssistantThumbs';
import { causeWord } from './assistantWords';

/** What the assistant did in a conversation, to be judged where it is read; nothing where it did nothing. */
export function AssistantBeside({ conversationId }: { conversationId: string }) {
  const { t, language } = useWords();
  const clinic = useClinic();
  const now = useNow();
  const turns = useQuery({ ...conversationTurnsQuery(clinic.id, conversationId), enabled: may(clinic, 'handle-answers') }).data ?? [];
  if (turns.length === 0) return null;
  return (
    <section data-testid="assistant-beside">
      <Section title={t('assistant.inConversation')} />
      <ul className={lists.ruled}>
        {turns.map((turn) => (
          <li key={turn.id} className={clsx(layout.row, typography.small)}>
            <span className={layout.fill}>
              {t(turn.outcome ? `assistant.outcome.${turn.outcome}` : 'assistant.outcome.waiting')}{' '}
              <span className={typography.muted}>
                {[causeWord(turn, t), relative(turn.takenAt, now, language)].filter(Boolean).join(' · ')}
              </span>
            </span>
            <AssistantThumbs turn={turn} />
          </li>
        ))}
      </ul>
    </section>
  );
}
