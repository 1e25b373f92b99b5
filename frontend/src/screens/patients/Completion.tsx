import { IconClockQuestion, IconCopy, IconSend, IconUserCheck, IconX } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import clsx from 'clsx';
import { useRef, useState } from 'react';
import { Intention } from '../../api/intention';
import { keys } from '../../api/keys';
import {
  createPreregistration,
  preregistrationsQuery,
  resolvePreregistration,
  revokePreregistration,
  sendPreregistration,
} from '../../api/preregistrations';
import type { Patient, Preregistration, PreregistrationDetail } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { to } from '../../app/paths';
import { moment } from '../../time/format';
import { Button } from '../../ui/Button';
import { CopyLine } from '../../ui/CopyLine';
import { FormError } from '../../ui/FormError';
import { Icon } from '../../ui/Icon';
import layout from '../../ui/layout.module.css';
import { done } from '../../ui/notices';
import { Section } from '../../ui/Page';
import { StatusLabel } from '../../ui/Status';
import typography from '../../ui/typography.module.css';
import styles from './Completion.module.css';

/** On a card: the link by which the patient completes it, how far that is, and what they say otherwise. */
export function Completion({ patient }: { patient: Patient }) {
  const { t, language } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const links = useQuery(preregistrationsQuery(clinic.id, patient.id));
  const intention = useRef(new Intention());
  const doing = useMutation({
    mutationFn: (run: () => Promise<Preregistration>) => run(),
    onSettled: () => client.invalidateQueries({ queryKey: keys.of(clinic.id, 'patients') }),
  });
  if (!links.data) return null;
  const latest = links.data[0] ?? null;
  const open = latest?.state === 'open' ? latest : null;
  const answered = links.data.find((one) => one.state === 'completed') ?? null;
  const at = (instant: string) => moment(instant, clinic.timeZone, language);
  const make = (send: boolean) => {
    const body = { patientId: patient.id, send };
    doing.mutate(() => intention.current.carryOut(body, (key) => createPreregistration(clinic.id, body, key)), {
      onSuccess: () => send && done(t('prereg.didSend'), t('action.close')),
    });
  };
  const mayWrite = patient.phone !== null && patient.messaging === 'allowed';
  return (
    <div className={styles.completion} data-testid="patient-completion">
      <Section title={t('prereg.title')} />
      {answered && answered.differing.length > 0 && <Differences one={answered} />}
      {answered?.identifierTaken && (
        <p className={clsx(typography.small, styles.part)}>
          {t('prereg.taken')} <Link {...to.patientPairs(clinic.alias)}>{t('merging.open')}</Link>
        </p>
      )}
      {open ? (
        <>
          <StatusLabel tone="wait" icon={IconClockQuestion}>
            {t('prereg.awaited')}
          </StatusLabel>
          <ul className={clsx(typography.small, typography.muted, styles.steps)}>
            <li>{open.sentAt ? t('prereg.sentAt', { when: at(open.sentAt), count: open.sent }) : t('prereg.notSent')}</li>
            <li>{open.openedAt ? t('prereg.openedAt', { when: at(open.openedAt) }) : t('prereg.notOpened')}</li>
            <li>{t('prereg.until', { when: at(open.expiresAt) })}</li>
            {open.missing.length > 0 && (
              <li>{t('prereg.missing', { what: open.missing.map((one) => t(`prereg.detail.${one}`)).join(', ') })}</li>
            )}
          </ul>
          {open.link && <CopyLine label={t('prereg.link')} value={absolute(open.link)} copied={t('prereg.didCopy')} />}
          <div className={clsx(layout.row, layout.wrap, styles.part)}>
            {mayWrite && (
              <Button
                small
                disabled={doing.isPending}
                onClick={() =>
                  doing.mutate(
                    () =>
                      intention.current.carryOut({ again: open.id, sent: open.sent }, (key) =>
                        sendPreregistration(clinic.id, open.id, key),
                      ),
                    { onSuccess: () => done(t('prereg.didSend'), t('action.close')) },
                  )
                }
                data-testid="prereg-send"
              >
                <Icon of={IconSend} small />
                {t(open.sentAt ? 'prereg.sendAgain' : 'prereg.send')}
              </Button>
            )}
            <Button
              small
              disabled={doing.isPending}
              onClick={() => doing.mutate(() => revokePreregistration(clinic.id, open))}
              data-testid="prereg-revoke"
            >
              <Icon of={IconX} small />
              {t('prereg.revoke')}
            </Button>
          </div>
        </>
      ) : (
        <>
          {answered?.completedAt && (
            <>
              <StatusLabel tone="ok" icon={IconUserCheck}>
                {t('prereg.completedAt', { when: at(answered.completedAt) })}
              </StatusLabel>
              <details className={clsx(typography.small, styles.part)}>
                <summary>{t('prereg.consents')}</summary>
                <ul className={styles.steps}>
                  {answered.consents.map((one) => (
                    <li key={one.purpose}>
                      <b className={typography.strong}>{t(one.given ? 'prereg.yes' : 'prereg.no')}</b> {one.text}
                    </li>
                  ))}
                </ul>
              </details>
            </>
          )}
          {latest?.state === 'expired' && <p className={clsx(typography.small, typography.muted)}>{t('prereg.expired')}</p>}
          <p className={clsx(typography.small, typography.muted, styles.part)}>{t('prereg.hint')}</p>
          <div className={clsx(layout.row, layout.wrap)}>
            {mayWrite && (
              <Button small disabled={doing.isPending} onClick={() => make(true)} data-testid="prereg-new-send">
                <Icon of={IconSend} small />
                {t('prereg.send')}
              </Button>
            )}
            <Button small disabled={doing.isPending} onClick={() => make(false)} data-testid="prereg-new">
              <Icon of={IconCopy} small />
              {t('prereg.make')}
            </Button>
          </div>
        </>
      )}
      {doing.error ? <FormError error={doing.error} /> : null}
    </div>
  );
}

/** An installation that does not know its own address answers without one. */
const absolute = (link: string) => (link.startsWith('/') ? `${window.location.origin}${link}` : link);

/** What the patient says otherwise than the card: taken over or not, one by one. */
function Differences({ one }: { one: Preregistration }) {
  const { t } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const [accept, setAccept] = useState<PreregistrationDetail[]>([]);
  const resolving = useMutation({
    mutationFn: () => resolvePreregistration(clinic.id, one, accept),
    onSuccess: () => done(t('prereg.didResolve'), t('action.close')),
    onSettled: () => client.invalidateQueries({ queryKey: keys.of(clinic.id, 'patients') }),
  });
  const says = (detail: PreregistrationDetail, text: string) =>
    detail === 'messaging' || detail === 'marketing' ? t(`prereg.wants.${detail}`) : text;
  return (
    <div className={styles.differences} data-testid="prereg-differences">
      <b className={typography.strong}>{t('prereg.differs')}</b>
      <ul>
        {one.differing.map(({ detail, written, said }) => (
          <li key={detail}>
            <label className={styles.difference}>
              <input
                type="checkbox"
                checked={accept.includes(detail)}
                onChange={({ target }) => setAccept((now) => (target.checked ? [...now, detail] : now.filter((each) => each !== detail)))}
              />
              <span>
                <span className={clsx(typography.small, styles.what)}>{t(`prereg.detail.${detail}`)}</span>
                <b className={typography.strong}>{says(detail, said)}</b>
                {written !== null && <span className={clsx(typography.small, styles.what)}>{t('prereg.instead', { written })}</span>}
              </span>
            </label>
          </li>
        ))}
      </ul>
      <Button small disabled={resolving.isPending} onClick={() => resolving.mutate()} data-testid="prereg-resolve">
        {accept.length === 0 ? t('prereg.keepAll') : t('prereg.take', { count: accept.length })}
      </Button>
      {resolving.error ? <FormError error={resolving.error} /> : null}
    </div>
  );
}
