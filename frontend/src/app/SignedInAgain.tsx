import typography from '../ui/typography.module.css';
import { useTitle, useWords } from './clinic';

/** What a window opened to sign in again says in the rare case that the browser does not let it close itself. */
export function SignedInAgain() {
  const { t } = useWords();
  useTitle(t('session.again'));
  return (
    <>
      <h1>{t('session.again')}</h1>
      <p className={typography.muted}>{t('session.againText')}</p>
    </>
  );
}
