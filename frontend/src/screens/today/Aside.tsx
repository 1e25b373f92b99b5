import { IconCalendarX, IconCircleCheck, IconClockHour4, IconPhone } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import clsx from 'clsx';
import { may } from '../../api/may';
import { defaultLineQuery, inboundQuery, unknownMessagesQuery } from '../../api/queries';
import type { Appointment } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { to } from '../../app/paths';
import { useVisitChanges } from '../../app/visitChanges';
import { timeOf } from '../../time/clinicTime';
import { moment, relative } from '../../time/format';
import { Button, buttonLook } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import layout from '../../ui/layout.module.css';
import lists from '../../ui/lists.module.css';
import notes from '../../ui/notes.module.css';
import { Section } from '../../ui/Page';
import { lineSign, lineSigns, Status } from '../../ui/Status';
import typography from '../../ui/typography.module.css';
import { HandleButton } from '../conversations/HandleButton';
import { recipientOf } from '../messages/recipient';
import { SettleButtons } from '../messages/SettleButtons';
import styles from './Aside.module.css';
import { ClockChanges } from './ClockChanges';
import { LastWord, RowMenu } from './DayRow';

const ON_THE_NOTE = 6;

/** The right margin of the desk: who is awaited, what is for a person, and how the line stands. */
export function Aside({ waiting, unasked, loaded, now }: { waiting: Appointment[]; unasked: number; loaded: boolean; now: string }) {
  return (
    <aside>
      {loaded && <WaitingNote waiting={waiting} unasked={unasked} now={now} />}
      <ClockChanges />
      <ForStaff />
      <ToVerify />
      <LineBlock />
    </aside>
  );
}

function WaitingNote({ waiting, unasked, now }: { waiting: Appointment[]; unasked: number; now: string }) {
  const { t } = useWords();
  const clinic = useClinic();
  const { data: line } = useQuery(defaultLineQuery(clinic.id));
  // Nobody is awaited, but somebody has not been asked yet: that is no answer.
  if (waiting.length === 0 && unasked > 0) {
    return (
      <section className={styles.unasked}>
        <Icon of={IconClockHour4} />
        <div>
          <h2>{t('today.unasked', { count: unasked })}</h2>
          <p className={clsx(typography.small, typography.muted)}>
            {t(line?.state === 'linked' ? 'today.unaskedText' : 'today.unaskedLine')}
          </p>
        </div>
      </section>
    );
  }
  if (waiting.length === 0) {
    return (
      <section className={styles.answered}>
        <Icon of={IconCircleCheck} />
        <div>
          <h2>{t('today.allAnswered')}</h2>
          <p className={clsx(typography.small, typography.muted)}>{t('today.allAnsweredText')}</p>
        </div>
      </section>
    );
  }
  const shown = waiting.slice(0, ON_THE_NOTE);
  return (
    <section className={notes.pad} aria-labelledby="waiting">
      <header>
        <h2 id="waiting">{t('status.visit.waiting')}</h2>
        <span className={clsx(typography.small, typography.muted)}>{t('today.people', { count: waiting.length })}</span>
      </header>
      <ul>
        {shown.map((visit, index) => (
          <Waiting key={visit.id} visit={visit} now={now} open={index === 0} />
        ))}
      </ul>
      {waiting.length > shown.length && (
        <footer>
          <Link className={clsx(typography.small, typography.strong)} {...to.agenda(clinic.alias, { only: 'waiting' })}>
            {t('today.moreWaiting', { count: waiting.length - shown.length })}
          </Link>
        </footer>
      )}
    </section>
  );
}

function Waiting({ visit, now, open }: { visit: Appointment; now: string; open: boolean }) {
  const { t, language } = useWords();
  const clinic = useClinic();
  const changes = useVisitChanges();
  const noting = may(clinic, 'note-answer');
  const call = visit.patient.phone ? `tel:${visit.patient.phone}` : null;
  const time = timeOf(visit.start, clinic.timeZone);
  if (!open) {
    return (
      <li>
        <div className={layout.row}>
          <div className={layout.fill}>
            <div className={layout.row}>
              <b className={typography.strong}>{time}</b>
              <b className={clsx(typography.strong, typography.ellipsis)}>{visit.patient.displayName}</b>
            </div>
            <p className={clsx(typography.small, typography.muted, typography.ellipsis)}>
              <LastWord visit={visit} now={now} />
            </p>
          </div>
          {call && (
            <a
              className={buttonLook({ kind: 'quiet', small: true, iconOnly: true })}
              href={call}
              aria-label={t('visit.callName', { name: visit.patient.displayName })}
            >
              <Icon of={IconPhone} />
            </a>
          )}
          <RowMenu visit={visit} now={now} quiet />
        </div>
      </li>
    );
  }
  return (
    <li>
      <div className={layout.row}>
        <b className={typography.strong}>{time}</b>
        <b className={clsx(typography.strong, typography.ellipsis)}>{visit.patient.displayName}</b>
        <span className={clsx(layout.end, typography.small, typography.muted, typography.nowrap)}>
          {relative(visit.start, now, language)}
        </span>
      </div>
      <p className={clsx(typography.small, typography.muted, typography.remark)}>
        <LastWord visit={visit} now={now} />
        {`, ${visit.healthcareService.name}`}
      </p>
      <div className={clsx(layout.row, layout.wrap)}>
        {call && (
          <a className={buttonLook({ small: true })} href={call}>
            <Icon of={IconPhone} />
            {t('visit.call')}
          </a>
        )}
        {noting && (
          <>
            <Button small onClick={() => changes.answer(visit, 'accepted')}>
              <Icon of={IconCircleCheck} />
              {t('visit.confirmedBtn')}
            </Button>
            <Button small onClick={() => changes.answer(visit, 'declined')}>
              <Icon of={IconCalendarX} />
              {t('visit.notComing')}
            </Button>
          </>
        )}
      </div>
    </li>
  );
}

function ForStaff() {
  const { t, language } = useWords();
  const clinic = useClinic();
  const { data } = useQuery(inboundQuery(clinic.id, true));
  if (!data?.length) return null;
  return (
    <section className={layout.spaced} aria-labelledby="for-staff">
      <Section title={t('today.forStaff')} id="for-staff">
        <Link className={clsx(typography.small, layout.end)} {...to.conversations(clinic.alias)}>
          {t('today.seeAll', { count: data.length })}
        </Link>
      </Section>
      <ul className={clsx(lists.ruled, lists.lined)}>
        {data.slice(0, 3).map((answer) => (
          <li key={answer.id} className={styles.answer}>
            <div className={layout.row}>
              <b className={clsx(typography.strong, typography.ellipsis)}>
                {answer.patient?.displayName ?? answer.senderName ?? t('conversations.unknownSender')}
              </b>
              <span className={clsx(layout.end, typography.small, typography.muted, typography.nowrap)}>
                {moment(answer.sentAt, clinic.timeZone, language)}
              </span>
            </div>
            <p className={typography.quote}>
              {answer.text ?? t(`conversations.kind.${answer.kind}`, { defaultValue: t('conversations.kind.other') })}
            </p>
            <div className={layout.row}>
              <span className={clsx(typography.small, typography.muted, typography.ellipsis)}>
                {answer.reason ? t(`conversations.reason.${answer.reason}`, { defaultValue: '' }) : ''}
              </span>
              <span className={layout.end}>
                <HandleButton answer={answer} />
              </span>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

function ToVerify() {
  const { t, language } = useWords();
  const clinic = useClinic();
  const { data } = useQuery(unknownMessagesQuery(clinic.id));
  if (!data?.length) return null;
  return (
    <section className={layout.spaced} aria-labelledby="to-verify">
      <Section title={t('status.message.unknown')} id="to-verify" />
      {data.slice(0, 3).map((message) => (
        <div key={message.id} className={notes.verify}>
          <div className={layout.row}>
            <b className={clsx(typography.strong, typography.ellipsis)}>{recipientOf(message, t)}</b>
            <span className={clsx(layout.end, typography.small, typography.muted, typography.nowrap)}>
              {moment(message.updatedAt, clinic.timeZone, language)}
            </span>
          </div>
          <p className={clsx(typography.small, typography.muted, typography.remark)}>
            {t('messages.unknownText', { kind: t(`kind.${message.kind}`) })}
          </p>
          <div className={clsx(layout.row, layout.wrap)}>
            <SettleButtons message={message} />
            <Link className={clsx(typography.small, layout.end)} {...to.message(clinic.alias, message.id)}>
              {t('action.see')}
            </Link>
          </div>
        </div>
      ))}
    </section>
  );
}

function LineBlock() {
  const { t, language } = useWords();
  const clinic = useClinic();
  const { data: line, isSuccess } = useQuery(defaultLineQuery(clinic.id));
  if (!isSuccess) return null;
  return (
    <section className={layout.spaced} aria-labelledby="line-block">
      <Section title={t('nav.oneLine')} id="line-block">
        <Link className={clsx(typography.small, layout.end)} {...to.line(clinic.alias)}>
          {t('line.history')}
        </Link>
      </Section>
      <div className={styles.line}>
        <div className={clsx(layout.row, layout.wrap)}>
          <Status sign={line ? lineSign(line) : lineSigns['needs-pairing']} />
          {line?.since && (
            <span className={clsx(typography.small, typography.muted)}>
              {t('line.since', { when: moment(line.since, clinic.timeZone, language) })}
            </span>
          )}
        </div>
        {line && (
          <p className={clsx(typography.small, typography.remark)}>
            {line.waitingMessages > 0 ? t('banner.waiting', { count: line.waitingMessages }) : t('line.nothingWaiting')}
          </p>
        )}
      </div>
    </section>
  );
}
