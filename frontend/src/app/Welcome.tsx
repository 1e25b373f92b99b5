import { useState } from 'react';
import { languageNames, languages, speak } from '../i18n';
import { Logo } from '../ui/Logo';
import { useTitle, useWords } from './clinic';

/** The door: who we are on one side, the way in on the other. Passwords are asked by the identity server only. */
export function Welcome({ signIn, trouble }: { signIn: () => Promise<void>; trouble?: boolean }) {
  const { t, language } = useWords();
  const [busy, setBusy] = useState(false);
  useTitle(t('welcome.title'));
  return (
    <main className="login" id="main">
      <div className="l">
        <div className="login-logo">
          <Logo />
          <span className="sr">Recado</span>
        </div>
        <div className="login-note hide-m">
          <div className="stack">
            <div className="pad">
              <span className="margin" aria-hidden="true" />
              <p className="disp">{t('welcome.note')}</p>
              <p className="small muted">{t('welcome.noteUnder')}</p>
            </div>
          </div>
        </div>
        <p className="small muted hide-m">{t('welcome.tagline')}</p>
      </div>
      <div className="r">
        <div className="login-f">
          <h1>{t('welcome.heading')}</h1>
          <p className="muted">{t('welcome.text')}</p>
          {trouble && (
            <p className="inline-no small" role="alert">
              {t('welcome.trouble')}
            </p>
          )}
          <button
            type="button"
            className="btn pri"
            data-testid="sign-in"
            disabled={busy}
            onClick={() => {
              setBusy(true);
              void signIn().catch(() => setBusy(false));
            }}
          >
            {t('welcome.signIn')}
          </button>
          <fieldset className="langs small">
            <legend className="sr">{t('nav.language')}</legend>
            {languages.map((each) =>
              each === language ? (
                <b key={each} className="b" lang={each}>
                  {languageNames[each]}
                </b>
              ) : (
                <button key={each} type="button" className="linklike" lang={each} onClick={() => void speak(each)}>
                  {languageNames[each]}
                </button>
              ),
            )}
          </fieldset>
        </div>
      </div>
    </main>
  );
}
