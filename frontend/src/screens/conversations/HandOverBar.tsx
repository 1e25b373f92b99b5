import { useEffect, useState } from 'react';
import { type Conversation, takeConversation } from '../../api/conversations';
import { may } from '../../api/may';
import { useClinic, useWords } from '../../app/clinic';
import { Button } from '../../ui/Button';
import typography from '../../ui/typography.module.css';
import styles from './HandOverBar.module.css';
import { useConversationChange } from './useConversationChange';

/** A person is asked for: how long the patient still waits before they are told that nobody came. Never scrolls away. */
export function HandOverBar({ conversation: one }: { conversation: Conversation }) {
  const { t } = useWords();
  const clinic = useClinic();
  const change = useConversationChange(one);
  const asked = one.handOver;
  const left = useSecondsUntil(asked?.deadlineAt ?? null);
  if (!asked) return null;
  const whole = Math.max(1, (Date.parse(asked.deadlineAt) - Date.parse(asked.requestedAt)) / 1000);
  const late = asked.timedOut || left === 0;
  return (
    <div className={styles.due} data-testid="hand-over-bar">
      {!late && (
        <span className={styles.left} role="timer" aria-live="off">
          {Math.floor(left / 60)}:{String(left % 60).padStart(2, '0')}
        </span>
      )}
      <p className={typography.small} role="status">
        <b className={typography.strong}>{t(`inbox.handOver.${asked.cause}`)}</b>{' '}
        {t(late ? 'inbox.handOver.late' : 'inbox.handOver.otherwise')}
      </p>
      {may(clinic, 'write-messages') && !one.assignee?.you && (
        <Button
          small
          disabled={change.isPending}
          onClick={() => change.mutate((seen) => takeConversation(clinic.id, seen))}
          data-testid="take-now"
        >
          {t('inbox.take')}
        </Button>
      )}
      {!late && (
        <span className={styles.bar} aria-hidden="true">
          <i style={{ inlineSize: `${Math.min(100, (left / whole) * 100)}%` }} />
        </span>
      )}
    </div>
  );
}

function useSecondsUntil(instant: string | null): number {
  const secondsLeft = () => (instant ? Math.max(0, Math.ceil((Date.parse(instant) - Date.now()) / 1000)) : 0);
  const [left, setLeft] = useState(secondsLeft);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the instant is all it depends on
  useEffect(() => {
    setLeft(secondsLeft());
    const timer = window.setInterval(() => setLeft(secondsLeft()), 1_000);
    return () => window.clearInterval(timer);
  }, [instant]);
  return left;
}
