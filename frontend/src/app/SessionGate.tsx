import { useEffect, useState } from 'react';
import { Dialog } from '../ui/Dialog';
import { useWords } from './clinic';
import { useConsoleSession } from './sessionContext';

/** On top of the page, never instead of it: what was being written is still there after signing in again. */
export function SessionGate() {
  const { t } = useWords();
  const session = useConsoleSession();
  const [over, setOver] = useState(false);
  const [busy, setBusy] = useState(false);
  useEffect(
    () =>
      session.listen((event) => {
        if (event === 'expired') setOver(true);
        if (event === 'renewed') setOver(false);
        if (event === 'signed-out-elsewhere') window.location.assign('/');
      }),
    [session],
  );
  return (
    <Dialog opened={over} onClose={() => {}} title={t('session.title')}>
      <p>{t('session.text')}</p>
      <div className="row wrap form-a">
        <button
          type="button"
          className="btn pri"
          disabled={busy}
          onClick={() => {
            setBusy(true);
            void session.signInAgain().finally(() => setBusy(false));
          }}
        >
          {t('session.signIn')}
        </button>
        <button type="button" className="btn" onClick={() => void session.signOut()}>
          {t('nav.signOut')}
        </button>
      </div>
    </Dialog>
  );
}
