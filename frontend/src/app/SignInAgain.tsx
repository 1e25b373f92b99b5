import clsx from 'clsx';
import { SIGN_IN_AGAIN } from '../auth/session';
import { Button, buttonLook } from '../ui/Button';
import { Gate } from '../ui/Dialog';
import forms from '../ui/forms.module.css';
import layout from '../ui/layout.module.css';
import problemBox from '../ui/problemBox.module.css';
import typography from '../ui/typography.module.css';
import { useWords } from './clinic';

export type Over = false | 'expired' | 'someone-else';

/** Asks to sign in again, in a window of its own, while everything below stays as it is. */
export function SignInAgain({ over, signOut }: { over: Over; signOut: () => void }) {
  const { t } = useWords();
  return (
    <Gate opened={over !== false} title={t('session.title')}>
      <p>{t('session.text')}</p>
      {over === 'someone-else' && (
        <p className={clsx(problemBox.problem, typography.small)} role="alert">
          {t('session.someoneElse')}
        </p>
      )}
      <div className={clsx(layout.row, layout.wrap, forms.dialogActions)}>
        {/* A window that is not allowed to open becomes an ordinary tab; either hands its tokens back and closes. */}
        <a
          className={buttonLook({ kind: 'primary' })}
          href={SIGN_IN_AGAIN}
          target="_blank"
          rel="noopener opener"
          data-autofocus
          data-testid="sign-in-again"
          onClick={(event) => {
            if (window.open(SIGN_IN_AGAIN, 'recado-sign-in', 'popup,width=520,height=680')) event.preventDefault();
          }}
        >
          {t('session.signIn')}
        </a>
        <Button onClick={signOut}>{t('nav.signOut')}</Button>
      </div>
    </Gate>
  );
}
