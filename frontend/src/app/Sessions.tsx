import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import clsx from 'clsx';
import { endMySession, endMySessions } from '../api/actions';
import { keys } from '../api/keys';
import { sentenceFor } from '../api/problems';
import { mySessionsQuery } from '../api/queries';
import type { MySession } from '../api/types';
import { relative } from '../time/format';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import forms from '../ui/forms.module.css';
import layout from '../ui/layout.module.css';
import lists from '../ui/lists.module.css';
import { done, failed } from '../ui/notices';
import { LoadError, Skeleton } from '../ui/Page';
import typography from '../ui/typography.module.css';
import { useNow, useWords } from './clinic';
import styles from './Sessions.module.css';
import { useConsoleSession } from './sessionContext';

/** Where the person is signed in, and the way out of each. */
export function Sessions({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useWords();
  return (
    <Dialog opened={opened} onClose={onClose} title={t('sessions.title')}>
      {opened && <SessionList />}
    </Dialog>
  );
}

function SessionList() {
  const { t } = useWords();
  const client = useQueryClient();
  const session = useConsoleSession();
  const sessions = useQuery(mySessionsQuery);
  const end = useMutation({
    mutationFn: (one: MySession) => endMySession(one.id),
    onSuccess: () => done(t('sessions.ended'), t('action.close')),
    onError: (error) => failed(sentenceFor(error, t), t('action.close')),
    onSettled: () => void client.invalidateQueries({ queryKey: keys.sessions }),
  });
  const endAll = useMutation({
    mutationFn: endMySessions,
    // This browser's session is one of them: leave it as somebody who pressed "sign out" does.
    onSuccess: () => void session.signOut(),
    onError: (error) => failed(sentenceFor(error, t), t('action.close')),
  });
  if (sessions.isPending) return <Skeleton rows={2} />;
  if (sessions.isLoadingError)
    return <LoadError error={sessions.error} title={t('sessions.error')} retry={() => void sessions.refetch()} />;
  return (
    <>
      <ul className={clsx(lists.ruled, lists.lined)} data-testid="my-sessions">
        {sessions.data.map((one) => (
          <Row key={one.id} session={one} busy={end.isPending} onEnd={() => end.mutate(one)} />
        ))}
      </ul>
      <div className={clsx(layout.row, layout.wrap, forms.dialogActions)}>
        <Button kind="danger" disabled={endAll.isPending} onClick={() => endAll.mutate()} data-testid="end-all-sessions">
          {t('sessions.endAll')}
        </Button>
      </div>
    </>
  );
}

function Row({ session, busy, onEnd }: { session: MySession; busy: boolean; onEnd: () => void }) {
  const { t, language } = useWords();
  const now = useNow();
  const where = session.address ?? t('sessions.unknown');
  return (
    <li className={styles.row}>
      <span>
        <b className={typography.strong}>{where}</b>
        <span className={clsx(typography.small, typography.muted, typography.block)}>
          {session.current ? t('sessions.here') : t('sessions.used', { when: relative(session.lastUsedAt, now, language) })}
        </span>
      </span>
      {!session.current && (
        <Button kind="quiet" small disabled={busy} aria-label={t('sessions.endName', { name: where })} onClick={onEnd}>
          {t('sessions.end')}
        </Button>
      )}
    </li>
  );
}
