import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useBlocker } from '@tanstack/react-router';
import clsx from 'clsx';
import { useRef, useState } from 'react';
import { createSchedule, removeSchedule, replaceSchedule } from '../../../api/actions';
import { appointmentsQuery, holidaysQuery, practitionersQuery, scheduleExceptionsQuery, schedulesQuery } from '../../../api/agendaQueries';
import { Intention } from '../../../api/intention';
import { keys } from '../../../api/keys';
import type { Practitioner, Schedule } from '../../../api/types';
import { useClinic, useNow, useWords } from '../../../app/clinic';
import { addDays, cityOf, dateOf, mondayOf } from '../../../time/clinicTime';
import { longDate } from '../../../time/format';
import { Button } from '../../../ui/Button';
import { TextField } from '../../../ui/Field';
import { FormError } from '../../../ui/FormError';
import layout from '../../../ui/layout.module.css';
import { done } from '../../../ui/notices';
import { Empty, LoadError, Skeleton } from '../../../ui/Page';
import tabs from '../../../ui/tabBar.module.css';
import typography from '../../../ui/typography.module.css';
import { DifferentDays } from './DifferentDays';
import { HolidayList } from './HolidayList';
import styles from './Hours.module.css';
import { WeekEditor } from './WeekEditor';
import { WeekPreview } from './WeekPreview';
import { assumedWeek, hoursOf, inForce, isSound, partsOn, planned, type Week, weekOf } from './week';

/** Days that the preview can be paged into the future: as far as exceptions are asked for. */
const LOOKED_AHEAD = 51 * 7;

/** When the clinic and each practitioner see patients: the usual week, the days that differ, and what it comes to. */
export function Hours() {
  const { t } = useWords();
  const clinic = useClinic();
  const practitioners = useQuery(practitionersQuery(clinic.id));
  const schedules = useQuery(schedulesQuery(clinic.id));
  const [owner, setOwner] = useState<string | null>(null);
  if (practitioners.isPending || schedules.isPending) return <Skeleton rows={8} />;
  if (practitioners.isLoadingError || schedules.isLoadingError)
    return (
      <LoadError
        error={practitioners.error ?? schedules.error}
        title={t('settings.error')}
        retry={() => {
          void practitioners.refetch();
          void schedules.refetch();
        }}
      />
    );
  const active = practitioners.data.filter((one) => one.active);
  if (active.length === 0) return <Empty title={t('agenda.noPractitioners')} text={t('agenda.noPractitionersText')} />;
  const chosen = active.find((one) => one.id === owner) ?? null;
  return (
    <div className={styles.hours}>
      <div className={clsx(tabs.tabs, styles.owners)} role="tablist" aria-label={t('hours.whose')}>
        {[null, ...active].map((one) => (
          <button
            key={one?.id ?? 'clinic'}
            type="button"
            role="tab"
            aria-selected={(chosen?.id ?? null) === (one?.id ?? null)}
            onClick={() => setOwner(one?.id ?? null)}
          >
            {one?.displayName ?? t('hours.wholeClinic')}
          </button>
        ))}
      </div>
      {/* Another owner is another form: nothing typed for one may be saved for the other. */}
      <OwnersWeek key={chosen?.id ?? 'clinic'} practitioner={chosen} schedules={schedules.data} />
    </div>
  );
}

function OwnersWeek({ practitioner, schedules }: { practitioner: Practitioner | null; schedules: Schedule[] }) {
  const { t, language } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const today = dateOf(useNow(), clinic.timeZone);
  const owner = practitioner?.id ?? null;
  const own = inForce(schedules, owner, today);
  const followed = owner === null ? null : inForce(schedules, null, today);
  const usual = own ?? followed;
  const next = planned(schedules, owner, today);
  const saved: Week = usual ? weekOf(usual.hours) : assumedWeek();
  const [draft, setDraft] = useState<Week | null>(null);
  const [validFrom, setValidFrom] = useState<string | null>(null);
  const week = draft ?? saved;
  const from = validFrom ?? own?.validFrom ?? today;
  const dirty = draft !== null || validFrom !== null;
  const editable = own !== null || owner === null || draft !== null;
  useBlocker({ shouldBlockFn: () => dirty && !window.confirm(t('dirty.text')), enableBeforeUnload: () => dirty });
  const [chosenMonday, setMonday] = useState<string | null>(null);
  const thisMonday = mondayOf(today);
  const monday = chosenMonday ?? mondayOf(from > today ? from : today);
  const page = (direction: 1 | -1) => {
    const next = addDays(monday, direction * 7);
    return next < thisMonday || next > addDays(thisMonday, LOOKED_AHEAD) ? null : () => setMonday(next);
  };
  const visits = useQuery(appointmentsQuery(clinic.id, monday, addDays(monday, 7)));
  const exceptions = useQuery(scheduleExceptionsQuery(clinic.id, today));
  const holidays = useQuery(holidaysQuery(clinic.id, thisMonday, addDays(thisMonday, LOOKED_AHEAD + 7)));
  const closedHolidays = new Map((holidays.data ?? []).filter((one) => !one.open).map((one) => [one.date, one.name]));
  const shown = (visits.data ?? []).filter((visit) => owner === null || visit.practitioner.id === owner);

  const intention = useRef(new Intention());
  const after = (message: string) => {
    void client.invalidateQueries({ queryKey: keys.of(clinic.id, 'schedules') });
    setDraft(null);
    setValidFrom(null);
    done(message, t('action.close'));
  };
  const saving = useMutation({
    mutationFn: async () => {
      const body = { practitionerId: owner, validFrom: from, hours: hoursOf(week) };
      // The same beginning changes the week itself; another beginning is another week, and the past stays as it was.
      if (own && own.validFrom === from) return replaceSchedule(clinic.id, own, body);
      return intention.current.carryOut(body, (key) => createSchedule(clinic.id, body, key));
    },
    onSuccess: () => after(t('hours.saved')),
  });
  const leaving = useMutation({
    mutationFn: (one: Schedule) => removeSchedule(clinic.id, one),
    onSuccess: () => after(t('hours.followsNow')),
  });

  return (
    <div className={styles.columns}>
      <div>
        <div className={styles.head}>
          <h2>{t('hours.week')}</h2>
          <p className={clsx(typography.small, typography.muted)}>{t('hours.zone', { city: cityOf(clinic.timeZone) })}</p>
        </div>
        {!usual && <p className={typography.muted}>{t('hours.assumed')}</p>}
        {owner !== null && !own && !draft && (
          <div className={styles.follows}>
            <p>{t('hours.follows', { name: practitioner?.displayName })}</p>
            <Button onClick={() => setDraft(saved)} data-testid="own-hours">
              {t('hours.ownHours')}
            </Button>
          </div>
        )}
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            saving.mutate();
          }}
        >
          <WeekEditor week={week} onChange={setDraft} disabled={!editable} />
          {editable && (
            <>
              <div className={styles.validFrom}>
                <TextField
                  type="date"
                  label={t('hours.validFrom')}
                  value={from}
                  required
                  onChange={(event) => {
                    setValidFrom(event.target.value);
                    setMonday(null);
                  }}
                  hint={own && from !== own.validFrom ? t('hours.untilThen', { date: longDate(from || today, language) }) : undefined}
                />
              </div>
              {next && (
                <p className={clsx(typography.small, typography.muted)}>{t('hours.next', { date: longDate(next.validFrom, language) })}</p>
              )}
              <FormError error={saving.error ?? leaving.error} />
              <div className={clsx(layout.row, layout.wrap, styles.actions)}>
                <Button
                  type="submit"
                  kind="primary"
                  disabled={saving.isPending || !isSound(week) || !from || (!dirty && own !== null)}
                  data-testid="save-hours"
                >
                  {t('hours.save')}
                </Button>
                {dirty && (
                  <Button
                    onClick={() => {
                      setDraft(null);
                      setValidFrom(null);
                      saving.reset();
                    }}
                  >
                    {t('hours.discard')}
                  </Button>
                )}
                {owner !== null && own && !dirty && (
                  <Button kind="quiet" disabled={leaving.isPending} onClick={() => leaving.mutate(own)}>
                    {t('hours.follow')}
                  </Button>
                )}
              </div>
            </>
          )}
        </form>
        <DifferentDays practitioner={practitioner} today={today} />
        {owner === null && <HolidayList today={today} />}
      </div>
      <WeekPreview
        monday={monday}
        hours={(date) => partsOn(date, week, exceptions.data ?? [], owner, closedHolidays)}
        holidays={closedHolidays}
        visits={shown}
        before={page(-1)}
        after={page(1)}
      />
    </div>
  );
}
