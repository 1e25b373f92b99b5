import { IconPhone } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import clsx from 'clsx';
import { useState } from 'react';
import { keys } from '../../api/keys';
import { may } from '../../api/may';
import { noteCall, unansweredQuery } from '../../api/notices';
import { callOutcomes } from '../../api/states';
import type { CallOutcome, MessageState, UnansweredVisit } from '../../api/types';
import { useClinic, useNow, useWords } from '../../app/clinic';
import { useClinicActions } from '../../app/clinicActions';
import { NoPermission } from '../../app/Problems';
import { to } from '../../app/paths';
import { dateOf, instantAt, minuteOfTime, timeOf } from '../../time/clinicTime';
import { moment, shortDate } from '../../time/format';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { SelectField, TextField, TimeField } from '../../ui/Field';
import { SavingForm, useSaving } from '../../ui/Form';
import { Icon } from '../../ui/Icon';
import layout from '../../ui/layout.module.css';
import lists from '../../ui/lists.module.css';
import { Empty, LoadError, PageHead, Skeleton } from '../../ui/Page';
import { PhoneText } from '../../ui/PhoneText';
import { MessageStatus, StatusLabel } from '../../ui/Status';
import typography from '../../ui/typography.module.css';
import styles from './Unanswered.module.css';

const DAYS = 7;

/** Whom somebody has to call, because no message brought an answer. */
export function Unanswered() {
  const { t } = useWords();
  const clinic = useClinic();
  const visits = useQuery({ ...unansweredQuery(clinic.id, DAYS), enabled: may(clinic, 'write-messages') });
  const [calling, setCalling] = useState<UnansweredVisit | null>(null);
  if (!may(clinic, 'write-messages')) return <NoPermission />;
  return (
    <>
      <PageHead
        title={t('notices.unanswered')}
        above={<Link {...to.messages(clinic.alias)}>{t('nav.messages')}</Link>}
        under={t('notices.unansweredText')}
      />
      {visits.isLoadingError ? (
        <LoadError error={visits.error} title={t('notices.error')} retry={() => void visits.refetch()} />
      ) : !visits.data ? (
        <Skeleton rows={8} />
      ) : visits.data.length === 0 ? (
        <Empty title={t('notices.allAnswered')} text={t('notices.allAnsweredText')} />
      ) : (
        <ul className={clsx(lists.ruled, lists.lined)} data-testid="unanswered">
          {visits.data.map((visit) => (
            <Row key={visit.appointmentId} visit={visit} onCall={() => setCalling(visit)} />
          ))}
        </ul>
      )}
      <Dialog opened={calling !== null} onClose={() => setCalling(null)} title={t('notices.call')} under={calling?.patient.displayName}>
        {calling && <CallForm visit={calling} onClose={() => setCalling(null)} />}
      </Dialog>
    </>
  );
}

function Row({ visit, onCall }: { visit: UnansweredVisit; onCall: () => void }) {
  const { t, language } = useWords();
  const clinic = useClinic();
  const actions = useClinicActions();
  const now = useNow();
  const again = visit.lastCall?.nextTryAt ?? null;
  return (
    <li className={styles.row}>
      <div className={styles.when}>
        <b className={typography.strong}>{timeOf(visit.start, visit.timeZone)}</b>
        <span className={clsx(typography.small, typography.muted)}>{shortDate(dateOf(visit.start, visit.timeZone), language)}</span>
      </div>
      <div className={layout.fill}>
        <Link className={typography.strong} {...to.patient(clinic.alias, visit.patient.id)}>
          {visit.patient.displayName}
        </Link>
        <div className={clsx(typography.small, typography.muted)}>
          {visit.phone ? <PhoneText of={visit.phone} /> : t('notices.noPhone')} · {visit.serviceName} · {visit.practitionerName}
        </div>
        <div className={clsx(layout.row, layout.wrap, typography.small)}>
          <MessageStatus state={visit.told.state as MessageState} bare />
          <span className={typography.muted}>
            {t(`kind.${visit.told.kind}`)}, {moment(visit.told.at, clinic.timeZone, language)}
          </span>
        </div>
        {visit.lastCall && (
          <div className={clsx(layout.row, layout.wrap, typography.small)}>
            {again && again <= now ? <StatusLabel tone="wait">{t('notices.callNow')}</StatusLabel> : null}
            <span className={typography.muted}>
              {t('notices.calls', { count: visit.calls })}: {t(`notices.outcome.${visit.lastCall.outcome}`)}
              {again ? ` · ${t('notices.again', { when: moment(again, clinic.timeZone, language) })}` : ''}
            </span>
          </div>
        )}
      </div>
      <div className={clsx(layout.row, styles.actions)}>
        <Button small onClick={() => actions.show(visit.appointmentId)}>
          {t('visit.open')}
        </Button>
        <Button small onClick={onCall} data-testid={`call-${visit.appointmentId}`}>
          <Icon of={IconPhone} small />
          {t('notices.call')}
        </Button>
      </div>
    </li>
  );
}

function CallForm({ visit, onClose }: { visit: UnansweredVisit; onClose: () => void }) {
  const { t } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const [outcome, setOutcome] = useState<CallOutcome>('no-answer');
  const [date, setDate] = useState('');
  const [time, setTime] = useState('');
  const nextTryAt = date && time ? instantAt(date, minuteOfTime(time), clinic.timeZone) : null;
  const { saving, refused } = useSaving(
    (body: { outcome: CallOutcome; nextTryAt: string | null }, key) => noteCall(clinic.id, visit.appointmentId, body, key),
    () => {
      void client.invalidateQueries({ queryKey: keys.of(clinic.id, 'appointments', 'unanswered') });
      onClose();
    },
  );
  const over = outcome === 'reached' || outcome === 'wrong-number';
  return (
    <SavingForm
      saving={saving}
      body={{ outcome, nextTryAt: over ? null : nextTryAt }}
      incomplete={!over && Boolean(date) !== Boolean(time)}
      onClose={onClose}
    >
      <SelectField
        label={t('notices.howItWent')}
        value={outcome}
        onChange={(event) => setOutcome(event.target.value as CallOutcome)}
        hint={outcome === 'reached' ? t('notices.reachedHint') : undefined}
        data-testid="call-outcome"
      >
        {callOutcomes.map((one) => (
          <option key={one} value={one}>
            {t(`notices.outcome.${one}`)}
          </option>
        ))}
      </SelectField>
      {!over && (
        <div className={styles.next}>
          <TextField
            label={t('notices.nextDay')}
            type="date"
            value={date}
            error={refused.nextTryAt}
            onChange={(event) => setDate(event.target.value)}
            data-testid="call-day"
          />
          <TimeField label={t('notices.nextTime')} value={time} onValue={setTime} data-testid="call-time" />
        </div>
      )}
    </SavingForm>
  );
}
