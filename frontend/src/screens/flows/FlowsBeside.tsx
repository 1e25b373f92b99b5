import { useQuery } from '@tanstack/react-query';
import clsx from 'clsx';
import { flowSessionsQuery } from '../../api/flows';
import { useClinic, useNow, useWords } from '../../app/clinic';
import { relative } from '../../time/format';
import { Section } from '../../ui/Page';
import typography from '../../ui/typography.module.css';
import { Steps } from './TryPane';

/** What flows did in a conversation, step by step with causes; nothing where none did. */
export function FlowsBeside({ conversationId }: { conversationId: string }) {
  const { t, language } = useWords();
  const clinic = useClinic();
  const now = useNow();
  const sessions = useQuery(flowSessionsQuery(clinic.id, conversationId)).data ?? [];
  if (sessions.length === 0) return null;
  return (
    <section data-testid="flow-sessions">
      <Section title={t('flows.inConversation')} />
      {sessions.map((session) => (
        <details key={session.id}>
          <summary className={typography.small}>
            {t('flows.runs', { name: session.flowName, number: session.flowVersion })}{' '}
            <span className={typography.muted}>{relative(session.startedAt, now, language)}</span>
          </summary>
          <Steps steps={session.steps} />
          {session.ending && <p className={clsx(typography.small, typography.muted)}>{t(`flows.ending.${session.ending}`)}</p>}
        </details>
      ))}
    </section>
  );
}
