import { IconCalendarX, IconCircleCheck, IconClockHour4, IconPhone } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { may } from '../../api/may';
import { defaultLineQuery, inboundQuery, unknownMessagesQuery } from '../../api/queries';
import type { Appointment } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { to } from '../../app/paths';
import { useVisitChanges } from '../../app/visitChanges';
import { timeOf } from '../../time/clinicTime';
import { moment, relative } from '../../time/format';
import { Icon } from '../../ui/Icon';
import { Section } from '../../ui/Page';
import { lineSign, lineSigns, Status } from '../../ui/Status';
import { HandleButton } from '../conversations/HandleButton';
import { SettleButtons } from '../messages/SettleButtons';
import { LastWord, RowMenu } from './DayRow';

const ON_THE_NOTE = 6;

/** The right margin of the desk: who is awaited, what is for a person, and how the line stands. */
export function Aside({ waiting, unasked, loaded, now }: { waiting: Appointment[]; unasked: number; loaded: boolean; now: string }) {
  return (
    <aside>
      {loaded && <WaitingNote waiting={waiting} unasked={unasked} now={now} />}
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
      <section className="unasked">
        <Icon of={IconClockHour4} />
        <div>
          <h2>{t('today.unasked', { count: unasked })}</h2>
          <p className="small muted">{t(line?.state === 'linked' ? 'today.unaskedText' : 'today.unaskedLine')}</p>
        </div>
      </section>
    );
  }
  if (waiting.length === 0) {
    return (
      <section className="answered">
        <Icon of={IconCircleCheck} />
        <div>
          <h2>{t('today.allAnswered')}</h2>
          <p className="small muted">{t('today.allAnsweredText')}</p>
        </div>
      </section>
    );
  }
  const shown = waiting.slice(0, ON_THE_NOTE);
  return (
    <section className="pad" aria-labelledby="waiting">
      <header>
        <h2 id="waiting">{t('status.visit.waiting')}</h2>
        <span className="small muted">{t('today.people', { count: waiting.length })}</span>
      </header>
      <ul>
        {shown.map((visit, index) => (
          <Waiting key={visit.id} visit={visit} now={now} open={index === 0} />
        ))}
      </ul>
      {waiting.length > shown.length && (
        <footer>
          <Link className="small b" {...to.agenda(clinic.alias, { only: 'waiting' })}>
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
        <div className="row">
          <div className="grow0">
            <div className="row">
              <b className="b">{time}</b>
              <b className="b el">{visit.patient.displayName}</b>
            </div>
            <p className="small muted el">
              <LastWord visit={visit} now={now} />
            </p>
          </div>
          {call && (
            <a className="btn quiet sm ic" href={call} aria-label={t('visit.callName', { name: visit.patient.displayName })}>
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
      <div className="row">
        <b className="b">{time}</b>
        <b className="b el">{visit.patient.displayName}</b>
        <span className="sp small muted nw">{relative(visit.start, now, language)}</span>
      </div>
      <p className="small muted said">
        <LastWord visit={visit} now={now} />
        {`, ${visit.healthcareService.name}`}
      </p>
      <div className="row wrap">
        {call && (
          <a className="btn sm" href={call}>
            <Icon of={IconPhone} />
            {t('visit.call')}
          </a>
        )}
        {noting && (
          <>
            <button type="button" className="btn sm" onClick={() => changes.answer(visit, 'accepted')}>
              <Icon of={IconCircleCheck} />
              {t('visit.confirmedBtn')}
            </button>
            <button type="button" className="btn sm" onClick={() => changes.answer(visit, 'declined')}>
              <Icon of={IconCalendarX} />
              {t('visit.notComing')}
            </button>
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
    <section className="aside-s" aria-labelledby="for-staff">
      <Section title={t('today.forStaff')} id="for-staff">
        <Link className="small sp" {...to.conversations(clinic.alias)}>
          {t('today.seeAll', { count: data.length })}
        </Link>
      </Section>
      <ul className="ruled lined">
        {data.slice(0, 3).map((answer) => (
          <li key={answer.id} className="ans">
            <div className="row">
              <b className="b el">{answer.patient?.displayName ?? answer.senderName ?? t('conversations.unknownSender')}</b>
              <span className="sp small muted nw">{moment(answer.sentAt, clinic.timeZone, language)}</span>
            </div>
            <p className="quote">
              {answer.text ?? t(`conversations.kind.${answer.kind}`, { defaultValue: t('conversations.kind.other') })}
            </p>
            <div className="row">
              <span className="small muted el">
                {answer.reason ? t(`conversations.reason.${answer.reason}`, { defaultValue: '' }) : ''}
              </span>
              <span className="sp">
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
    <section className="aside-s" aria-labelledby="to-verify">
      <Section title={t('status.message.unknown')} id="to-verify" />
      {data.slice(0, 3).map((message) => (
        <div key={message.id} className="verify">
          <div className="row">
            <b className="b el">{message.patient.displayName}</b>
            <span className="sp small muted nw">{moment(message.updatedAt, clinic.timeZone, language)}</span>
          </div>
          <p className="small muted said">{t('messages.unknownText', { kind: t(`kind.${message.kind}`) })}</p>
          <div className="row wrap">
            <SettleButtons message={message} />
            <Link className="small sp" {...to.message(clinic.alias, message.id)}>
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
    <section className="aside-s" aria-labelledby="line-block">
      <Section title={t('nav.oneLine')} id="line-block">
        <Link className="small sp" {...to.line(clinic.alias)}>
          {t('line.history')}
        </Link>
      </Section>
      <div className="lineblock">
        <div className="row wrap">
          <Status sign={line ? lineSign(line) : lineSigns['needs-pairing']} />
          {line?.since && <span className="small muted">{t('line.since', { when: moment(line.since, clinic.timeZone, language) })}</span>}
        </div>
        {line && (
          <p className="small said">
            {line.waitingMessages > 0 ? t('banner.waiting', { count: line.waitingMessages }) : t('line.nothingWaiting')}
          </p>
        )}
      </div>
    </section>
  );
}
