import { IconCircleDashed, IconSend } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import clsx from 'clsx';
import { useEffect, useRef, useState } from 'react';
import { Intention } from '../../api/intention';
import { sendTestMessage } from '../../api/lineActions';
import { fieldSentences, hasCode } from '../../api/problems';
import { testMessageQuery } from '../../api/queries';
import type { MessageState, TestMessage, WhatsAppLine } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { FormError } from '../../ui/FormError';
import forms from '../../ui/forms.module.css';
import { Icon } from '../../ui/Icon';
import layout from '../../ui/layout.module.css';
import { PhoneField } from '../../ui/PhoneField';
import { phoneText, readPhone } from '../../ui/phone';
import problemBox from '../../ui/problemBox.module.css';
import { lineSign, MessageStatus, messageSigns, Status } from '../../ui/Status';
import typography from '../../ui/typography.module.css';
import { adviceFor } from './advice';
import bigLineStyles from './BigLine.module.css';
import styles from './TestMessageDialog.module.css';
import { useLineCache } from './useLines';

/** Tries a line out: one message to any phone, and how far it comes. */
export function TestMessageDialog({ line, opened, onClose }: { line: WhatsAppLine; opened: boolean; onClose: () => void }) {
  const { t } = useWords();
  const clinic = useClinic();
  return (
    <Dialog
      opened={opened}
      onClose={onClose}
      title={t('test.title')}
      under={line.phone ? `${line.name}, ${phoneText(line.phone)}` : clinic.name}
    >
      {opened && <Body key={line.id} line={line} onClose={onClose} />}
    </Dialog>
  );
}

function Body({ line, onClose }: { line: WhatsAppLine; onClose: () => void }) {
  const { t } = useWords();
  const clinic = useClinic();
  const cache = useLineCache();
  const [typed, setTyped] = useState('');
  const [tried, setTried] = useState(false);
  const intention = useRef(new Intention());
  const sending = useMutation({
    mutationFn: (to: string) => intention.current.carryOut({ line: line.id, to }, (key) => sendTestMessage(clinic.id, line.id, to, key)),
    // The line is not as it was thought to be.
    onError: (error) => (hasCode(error, 'line-down') ? cache.refresh() : undefined),
  });
  if (sending.data) return <Journey line={line} sent={sending.data} again={sending.reset} onClose={onClose} />;
  const down = hasCode(sending.error, 'line-down');
  return (
    <form
      className={forms.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (readPhone(typed, clinic.country)) sending.mutate(typed.trim());
      }}
    >
      <PhoneField
        label={t('test.to')}
        hint={t('test.toHint')}
        value={typed}
        onValue={setTyped}
        strict={tried}
        error={fieldSentences(sending.error, t).to}
        testId="test-phone"
      />
      {down ? (
        <p className={clsx(problemBox.problem, typography.small)} role="alert">
          {t('test.down', { state: t(`status.${lineSign(line).word}`), what: adviceFor(line, t) })}
        </p>
      ) : (
        <FormError error={sending.error} />
      )}
      <div className={clsx(layout.row, layout.wrap, forms.actions)}>
        <Button type="submit" kind="primary" disabled={sending.isPending || !typed.trim()} data-testid="test-send">
          <Icon of={IconSend} />
          {t('test.send')}
        </Button>
        <Button onClick={onClose}>{t('action.cancel')}</Button>
      </div>
    </form>
  );
}

const way: readonly MessageState[] = ['accepted', 'sent', 'delivered'];
/** How many of the three steps are behind a message in this state; null when it goes no further. */
const stepsBehind: Partial<Record<MessageState, number>> = { accepted: 1, sending: 1, sent: 2, delivered: 3, read: 3 };
/** After this long without arriving, a word is due. */
const SLOW = 25_000;

function Journey(props: { line: WhatsAppLine; sent: TestMessage; again: () => void; onClose: () => void }) {
  const { t } = useWords();
  const clinic = useClinic();
  const { data, refetch } = useQuery({ ...testMessageQuery(clinic.id, props.line.id, props.sent.id), initialData: props.sent });
  const behind = stepsBehind[data.state];
  const arrived = behind === 3;
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    if (arrived || behind === undefined) return;
    const timer = setTimeout(() => {
      setSlow(true);
      // The hint that it moved may have been lost on the way.
      void refetch();
    }, SLOW);
    return () => clearTimeout(timer);
  }, [arrived, behind, refetch]);
  const to = readPhone(data.to, clinic.country) ?? data.to;
  return (
    <div className={forms.form} data-testid="test-journey">
      <p className={typography.strong}>{t('test.toPhone', { phone: phoneText(to) })}</p>
      {behind === undefined ? (
        <div role="status">
          <MessageStatus state={data.state} />
          <p className={clsx(typography.small, bigLineStyles.advice)}>
            {data.reason ? t(`reason.${data.reason}`, { defaultValue: '' }) : t(`messages.means.${data.state}`)}
          </p>
        </div>
      ) : (
        <>
          <ol className={styles.journey} aria-label={t('test.life')}>
            {way.map((state, index) => (
              <li key={state} data-behind={index < behind || undefined}>
                {index < behind ? (
                  <MessageStatus state={index === 2 && data.state === 'read' ? 'read' : state} bare />
                ) : (
                  <Status sign={{ ...messageSigns[state], tone: 'mute', icon: IconCircleDashed }} bare />
                )}
                <span className={clsx(typography.small, typography.muted)}>
                  {t(index < behind ? `messages.means.${state}` : 'test.notYet')}
                </span>
              </li>
            ))}
          </ol>
          <p className={slow && !arrived ? clsx(typography.small, typography.muted) : layout.visuallyHidden} role="status">
            {slow && !arrived ? t('test.slow') : t(`messages.means.${data.state}`)}
          </p>
        </>
      )}
      <div className={clsx(layout.row, layout.wrap, forms.actions)}>
        <Button kind="primary" onClick={props.onClose}>
          {t('action.close')}
        </Button>
        <Button onClick={props.again}>{t('test.again')}</Button>
      </div>
    </div>
  );
}
