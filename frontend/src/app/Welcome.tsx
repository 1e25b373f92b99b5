import clsx from 'clsx';
import { useState } from 'react';
import { languageNames, languages, speak } from '../i18n';
import { Button } from '../ui/Button';
import { Logo } from '../ui/Logo';
import layout from '../ui/layout.module.css';
import notes from '../ui/notes.module.css';
import problemBox from '../ui/problemBox.module.css';
import typography from '../ui/typography.module.css';
import { useTitle, useWords } from './clinic';
import styles from './Welcome.module.css';

/** The door: who we are on one side, the way in on the other. Passwords are asked by the identity server only. */
export function Welcome({ signIn, trouble }: { signIn: () => Promise<void>; trouble?: boolean }) {
  const { t, language } = useWords();
  const [busy, setBusy] = useState(false);
  useTitle(t('welcome.title'));
  return (
    <main className={styles.welcome} id="main">
      <div className={styles.left}>
        <div className={styles.logo}>
          <Logo />
          <span className={layout.visuallyHidden}>Recado</span>
        </div>
        <div className={clsx(styles.note, layout.notOnPhone)}>
          <div className={styles.stack}>
            <div className={notes.pad}>
              <span className={styles.margin} aria-hidden="true" />
              <p className={typography.display}>{t('welcome.note')}</p>
              <p className={clsx(typography.small, typography.muted)}>{t('welcome.noteUnder')}</p>
            </div>
          </div>
        </div>
        <p className={clsx(typography.small, typography.muted, layout.notOnPhone)}>{t('welcome.tagline')}</p>
      </div>
      <div className={styles.right}>
        <div className={styles.form}>
          <h1>{t('welcome.heading')}</h1>
          <p className={typography.muted}>{t('welcome.text')}</p>
          {trouble && (
            <p className={clsx(problemBox.problem, typography.small)} role="alert">
              {t('welcome.trouble')}
            </p>
          )}
          <Button
            kind="primary"
            data-testid="sign-in"
            disabled={busy}
            onClick={() => {
              setBusy(true);
              void signIn().catch(() => setBusy(false));
            }}
          >
            {t('welcome.signIn')}
          </Button>
          <fieldset className={clsx(styles.languages, typography.small)}>
            <legend className={layout.visuallyHidden}>{t('nav.language')}</legend>
            {languages.map((each) =>
              each === language ? (
                <b key={each} className={typography.strong} lang={each}>
                  {languageNames[each]}
                </b>
              ) : (
                <Button key={each} kind="link" lang={each} onClick={() => void speak(each)}>
                  {languageNames[each]}
                </Button>
              ),
            )}
          </fieldset>
        </div>
      </div>
    </main>
  );
}
