import { IconCalendarPlus, IconPrinter } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import clsx from 'clsx';
import { useState } from 'react';
import { appointmentsQuery, practitionersQuery } from '../../api/agendaQueries';
import { isSupport } from '../../api/may';
import type { Appointment } from '../../api/types';
import { LineBanner } from '../../app/Banners';
import { useClinic, useNow, useWords } from '../../app/clinic';
import { useClinicActions } from '../../app/clinicActions';
import { useOwnPractitioner } from '../../app/own';
import { to } from '../../app/paths';
import { addDays, cityOf, dateOf, offsetLabel, timeOf } from '../../time/clinicTime';
import { longDate } from '../../time/format';
import { Button, buttonLook } from '../../ui/Button';
import { Segments } from '../../ui/Field';
import { Icon } from '../../ui/Icon';
import layout from '../../ui/layout.module.css';
import { Empty, LoadError, PageHead, Section, Skeleton } from '../../ui/Page';
import typography from '../../ui/typography.module.css';
import { Aside } from './Aside';
import { DayRow, NowLine } from './DayRow';
import { figuresOf, isOver, nextPer } from './day';
import { Figures } from './Figures';
import { NextUps } from './NextUps';
import { SetupList } from './SetupList';
import styles from './Today.module.css';

/** Hoy: what the desk must know and do, in the order of the clock. */
export function Today() {
  const { t, language } = useWords();
  const clinic = useClinic();
  const actions = useClinicActions();
  const now = useNow();
  const today = dateOf(now, clinic.timeZone);
  const visits = useQuery(appointmentsQuery(clinic.id, today, addDays(today, 1)));
  const practitioners = useQuery(practitionersQuery(clinic.id));
  const own = useOwnPractitioner();
  const [whose, setWhose] = useState<'own' | 'all'>('own');
  const mine = own && whose === 'own' ? own : undefined;
  const shown = (visits.data ?? []).filter((visit) => !mine || visit.practitioner.id === mine.id);
  const figures = figuresOf(shown, now);

  return (
    <>
      <PageHead
        title={longDate(today, language)}
        under={
          <>
            {t('today.clock', {
              time: timeOf(now, clinic.timeZone),
              city: cityOf(clinic.timeZone),
              offset: offsetLabel(now, clinic.timeZone),
            })}
            {visits.data && ` ${t('today.left', { count: figures.left })}`}
          </>
        }
      >
        <Button kind="quiet" className={layout.notOnPhone} onClick={() => window.print()}>
          <Icon of={IconPrinter} />
          {t('today.print')}
        </Button>
        {own && (
          <Segments
            label={t('today.whose')}
            value={whose}
            onChange={setWhose}
            options={(['own', 'all'] as const).map((value) => ({ value, label: t(`today.whoseDay.${value}`) }))}
          />
        )}
        {actions.book && (
          <Button kind="primary" iconOnPhone onClick={() => actions.book?.()} data-testid="new-appointment">
            <Icon of={IconCalendarPlus} />
            <span>{t('book.new')}</span>
          </Button>
        )}
      </PageHead>
      <p className={clsx(layout.onlyInPrint, typography.strong)}>{clinic.name}</p>
      <SetupList />
      <LineBanner />
      <div className={styles.today}>
        <div>
          {visits.isPending ? (
            <Skeleton rows={12} />
          ) : visits.isLoadingError ? (
            <LoadError error={visits.error} title={t('today.error')} retry={() => void visits.refetch()} />
          ) : shown.length === 0 ? (
            <Empty title={t('today.empty')} text={t('today.emptyText')}>
              {actions.book && <Button onClick={() => actions.book?.()}>{t('book.new')}</Button>}
              <Link className={buttonLook()} {...to.agenda(clinic.alias, { date: addDays(today, 1) })}>
                {t('today.tomorrow')}
              </Link>
            </Empty>
          ) : (
            <>
              <Figures figures={figures} visits={shown} now={now} />
              <NextUps entries={nextPer(practitioners.data ?? [], shown, now)} />
              <DayList visits={shown} now={now} />
            </>
          )}
        </div>
        {!isSupport(clinic) && (
          <Aside waiting={figures.waiting} unasked={figures.unasked} loaded={visits.isSuccess && shown.length > 0} now={now} />
        )}
      </div>
    </>
  );
}

function DayList({ visits, now }: { visits: Appointment[]; now: string }) {
  const { t } = useWords();
  const clinic = useClinic();
  const [unfolded, setUnfolded] = useState(false);
  const over = visits.filter((visit) => isOver(visit, now));
  const folded = unfolded || over.length <= 2 ? [] : over.slice(0, -1);
  const shown = visits.filter((visit) => !folded.includes(visit));
  const nowAt = shown.findIndex((visit) => visit.start > now);
  return (
    <section className={styles.daySection} aria-labelledby="day-list">
      <Section title={t('today.list')} id="day-list">
        {folded.length > 0 && (
          <Button kind="link" className={typography.small} onClick={() => setUnfolded(true)}>
            {t('today.earlier', { count: folded.length })}
          </Button>
        )}
        <Link className={clsx(typography.small, layout.end)} {...to.agenda(clinic.alias)}>
          {t('today.inAgenda')}
        </Link>
      </Section>
      <ul data-testid="day-list">
        {shown.map((visit, index) => (
          <DayRow key={visit.id} visit={visit} now={now}>
            {index === nowAt && <NowLine now={now} />}
          </DayRow>
        ))}
      </ul>
    </section>
  );
}
