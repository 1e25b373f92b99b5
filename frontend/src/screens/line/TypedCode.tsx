import { IconCopy, IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import { fieldSentences } from '../../api/problems';
import type { WhatsAppLine } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { Countdown, clockOf } from '../../ui/Countdown';
import { Icon } from '../../ui/Icon';
import { done } from '../../ui/notices';
import { PhoneField } from '../../ui/PhoneField';
import { phoneText, readPhone } from '../../ui/phone';
import { groupsOf, lives, useCountdown } from './pairing';
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
        {shownPhone && <p className="small muted center">{t('pairing.forPhone', { phone: phoneText(shownPhone) })}</p>}
        <div
          className="code"
          role="img"
          aria-label={t('pairing.codeSay', { code: letters.map((group) => [...group].join(', ')).join('; ') })}
        >
          {letters.map((group, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: letters and groups may repeat; in a code their place is what they are
            <span className="code-g" key={index} aria-hidden="true">
              {[...group].map((letter, place) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: as above
                <b key={place}>{letter}</b>
              ))}
            </span>
          ))}
        </div>
        <div className="row code-a">
          <button
            type="button"
            className="btn sm"
            onClick={() => {
              void navigator.clipboard?.writeText(code.value).then(() => done(t('pairing.copied'), t('action.close')));
            }}
          >
            <Icon of={IconCopy} />
            {t('pairing.copy')}
          </button>
        </div>
        <Countdown seconds={seconds} of={of}>
          <b className="b blk">
            {seconds < 90 ? t('pairing.expiresIn', { count: seconds }) : t('pairing.expiresClock', { time: clockOf(seconds) })}
          </b>
          <span className="small muted">{t('pairing.typedAfter')}</span>
        </Countdown>
        <span className="sr" role="status">
          {t('pairing.typedSay', { count: of })}
        </span>
      </div>
    );
  }

  const over = !pairing.busy && (code !== null || line?.state === 'needs-pairing' || line?.state === 'stopped');
  if (phone && line && !pairing.error) {
    if (!over) return <Waiting />;
    return (
      <div className="code-over">
        <b className="disp">{t('pairing.expired')}</b>
        <p className="small muted" role="status">
          {t('pairing.typedExpired')}
        </p>
        <div className="row wrap code-a">
          <button type="button" className="btn pri" onClick={() => pairing.ask(line, phone)} data-testid="pairing-again">
            <Icon of={IconRefresh} />
            {t('pairing.another')}
          </button>
          <button type="button" className="btn" onClick={pairing.forgetPhone}>
            {t('pairing.otherPhone')}
          </button>
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
      <div className="code" aria-hidden="true">
        <span className="sk code-sk" />
      </div>
      <p className="small muted center" role="status">
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
      className="form"
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
      <button type="submit" className="btn pri" disabled={pairing.busy || !typed.trim()} data-testid="pairing-ask">
        {t('pairing.ask')}
      </button>
    </form>
  );
}
