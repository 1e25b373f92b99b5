import { IconCopy, IconRefresh } from '@tabler/icons-react';
import clsx from 'clsx';
import { useState } from 'react';
import { fieldSentences } from '../../api/problems';
import type { WhatsAppLine } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { Button } from '../../ui/Button';
import { Countdown, clockOf } from '../../ui/Countdown';
import forms from '../../ui/forms.module.css';
import { Icon } from '../../ui/Icon';
import layout from '../../ui/layout.module.css';
import { done } from '../../ui/notices';
import { PhoneField } from '../../ui/PhoneField';
import { phoneText, readPhone } from '../../ui/phone';
import { SkeletonBar } from '../../ui/SkeletonBar';
import typography from '../../ui/typography.module.css';
import { groupsOf, lives, useCountdown } from './pairing';
import styles from './TypedCode.module.css';
import type { Pairing } from './usePairing';

/** Linking without a camera: the phone's number first, then eight letters to type into it. */
export function TypedCode({ line, pairing }: { line: WhatsAppLine | null; pairing: Pairing }) {
  const { t } = useWords();
  const clinic = useClinic();
  const code = line?.pairingCode ?? null;
  const { seconds, of } = useCountdown(code, lives.typed);
  const phone = pairing.askedFor;
  const shownPhone = phone && (readPhone(phone, clinic.country) ?? phone);

  if (code && seconds > 0) {
    const letters = groupsOf(code.value);
    return (
      <div data-testid="pairing-code">
        {shownPhone && (
          <p className={clsx(typography.small, typography.muted, styles.caption)}>
            {t('pairing.forPhone', { phone: phoneText(shownPhone) })}
          </p>
        )}
        <div
          className={styles.code}
          role="img"
          aria-label={t('pairing.codeSay', { code: letters.map((group) => [...group].join(', ')).join('; ') })}
        >
          {letters.map((group, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: letters and groups may repeat; in a code their place is what they are
            <span className={styles.group} key={index} aria-hidden="true">
              {[...group].map((letter, place) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: as above
                <b key={place}>{letter}</b>
              ))}
            </span>
          ))}
        </div>
        <div className={clsx(layout.row, styles.actions)}>
          <Button
            small
            onClick={() => {
              void navigator.clipboard?.writeText(code.value).then(() => done(t('pairing.copied'), t('action.close')));
            }}
          >
            <Icon of={IconCopy} />
            {t('pairing.copy')}
          </Button>
        </div>
        <Countdown seconds={seconds} of={of}>
          <b className={clsx(typography.strong, typography.block)}>
            {seconds < 90 ? t('pairing.expiresIn', { count: seconds }) : t('pairing.expiresClock', { time: clockOf(seconds) })}
          </b>
          <span className={clsx(typography.small, typography.muted)}>{t('pairing.typedAfter')}</span>
        </Countdown>
        <span className={layout.visuallyHidden} role="status">
          {t('pairing.typedSay', { count: of })}
        </span>
      </div>
    );
  }

  const over = !pairing.busy && (code !== null || line?.state === 'needs-pairing' || line?.state === 'stopped');
  if (phone && line && !pairing.error) {
    if (!over) return <Waiting />;
    return (
      <div className={styles.expired}>
        <b className={typography.display}>{t('pairing.expired')}</b>
        <p className={clsx(typography.small, typography.muted)} role="status">
          {t('pairing.typedExpired')}
        </p>
        <div className={clsx(layout.row, layout.wrap, styles.actions)}>
          <Button kind="primary" onClick={() => pairing.ask(line, phone)} data-testid="pairing-again">
            <Icon of={IconRefresh} />
            {t('pairing.another')}
          </Button>
          <Button onClick={pairing.forgetPhone}>{t('pairing.otherPhone')}</Button>
        </div>
      </div>
    );
  }
  return line ? <AskForCode key={line.id} line={line} pairing={pairing} /> : <Waiting />;
}

function Waiting() {
  const { t } = useWords();
  return (
    <>
      <div className={styles.code} aria-hidden="true">
        <SkeletonBar className={styles.skeleton} />
      </div>
      <p className={clsx(typography.small, typography.muted, styles.caption)} role="status">
        {t('pairing.waiting')}
      </p>
    </>
  );
}

function AskForCode({ line, pairing }: { line: WhatsAppLine; pairing: Pairing }) {
  const { t } = useWords();
  const clinic = useClinic();
  const [typed, setTyped] = useState(() => pairing.askedFor ?? (line.phone ? phoneText(line.phone) : ''));
  const [tried, setTried] = useState(false);
  return (
    <form
      className={forms.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (readPhone(typed, clinic.country)) pairing.ask(line, typed.trim());
      }}
    >
      <PhoneField
        label={t('pairing.phone')}
        hint={t('pairing.phoneHint')}
        value={typed}
        onValue={setTyped}
        strict={tried}
        error={fieldSentences(pairing.error, t).phone}
        testId="pairing-phone"
      />
      <Button type="submit" kind="primary" disabled={pairing.busy || !typed.trim()} data-testid="pairing-ask">
        {t('pairing.ask')}
      </Button>
    </form>
  );
}
