import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import clsx from 'clsx';
import { useState } from 'react';
import { chooseHolidayCalendar, decideHoliday } from '../../../api/actions';
import { holidayCalendarQuery, holidaysQuery } from '../../../api/agendaQueries';
import { keys } from '../../../api/keys';
import type { Holiday } from '../../../api/types';
import { useClinic, useWords } from '../../../app/clinic';
import { addDays } from '../../../time/clinicTime';
import { shortDate, shortDateWithin } from '../../../time/format';
import { Button } from '../../../ui/Button';
import { SelectField } from '../../../ui/Field';
import { FormError } from '../../../ui/FormError';
import lists from '../../../ui/lists.module.css';
import { done } from '../../../ui/notices';
import { LoadError, Section, Skeleton } from '../../../ui/Page';
import typography from '../../../ui/typography.module.css';
import styles from './Hours.module.css';

/** How many are shown before somebody asks for the whole year. */
const FIRST = 6;

/** The public holidays of the clinic's country and region in the next twelve months, and on which of them it works. */
export function HolidayList({ today }: { today: string }) {
  const { t, language } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const calendar = useQuery(holidayCalendarQuery(clinic.id));
  const holidays = useQuery(holidaysQuery(clinic.id, today, addDays(today, 366)));
  const [all, setAll] = useState(false);
  const changed = () => void client.invalidateQueries({ queryKey: keys.of(clinic.id, 'schedules') });
  const deciding = useMutation({
    mutationFn: ({ date, open }: Holiday) => decideHoliday(clinic.id, date, open),
    onSuccess: (decided) => {
      changed();
      done(
        t(decided.open ? 'holidays.opened' : 'holidays.closedNow', { date: shortDateWithin(decided.date, language) }),
        t('action.close'),
        {
          label: t('action.undo'),
          run: () => void decideHoliday(clinic.id, decided.date, !decided.open).then(changed),
        },
      );
    },
    onError: changed,
  });
  const choosing = useMutation({
    mutationFn: ({ version, region }: { version: number; region: string | null }) => chooseHolidayCalendar(clinic.id, version, region),
    onSuccess: () => done(t('holidays.regionSaved'), t('action.close')),
    onSettled: changed,
  });
  if (calendar.isPending || holidays.isPending) return <Skeleton rows={3} />;
  if (calendar.isLoadingError || holidays.isLoadingError)
    return (
      <LoadError
        error={calendar.error ?? holidays.error}
        title={t('settings.error')}
        retry={() => {
          void calendar.refetch();
          void holidays.refetch();
        }}
      />
    );
  const { country, region, regions, knownUntil, version } = calendar.data;
  const named = new Intl.DisplayNames([language], { type: 'region' }).of(country) ?? country;
  const shown = all ? holidays.data : holidays.data.slice(0, FIRST);
  return (
    <section className={styles.different} data-testid="holidays">
      <Section title={t('holidays.title')} />
      {knownUntil === null ? (
        <p className={typography.muted}>{t('holidays.unknown', { country: named })}</p>
      ) : (
        <>
          <div className={styles.calendar}>
            <p className={clsx(typography.small, typography.muted)}>{t('holidays.calendar', { country: named })}</p>
            {regions.length > 0 && (
              <SelectField
                label={t('holidays.region')}
                value={region ?? ''}
                disabled={choosing.isPending}
                onChange={(event) => choosing.mutate({ version, region: event.target.value || null })}
              >
                <option value="">{t('holidays.wholeCountry')}</option>
                {regions.map((one) => (
                  <option key={one.code} value={one.code}>
                    {one.name}
                  </option>
                ))}
              </SelectField>
            )}
          </div>
          <FormError error={choosing.error ?? deciding.error} />
          {shown.length === 0 && <p className={typography.muted}>{t('holidays.none')}</p>}
          <ul className={clsx(lists.ruled, lists.lined)}>
            {shown.map((one) => (
              <li key={one.date} className={styles.exception}>
                <b className={typography.strong}>{shortDate(one.date, language)}</b>
                <span>
                  {one.name} <span className={typography.muted}>{t(one.open ? 'holidays.open' : 'holidays.closed')}</span>
                </span>
                <Button
                  kind="quiet"
                  small
                  disabled={deciding.isPending}
                  aria-label={t(one.open ? 'holidays.closeName' : 'holidays.workOnName', {
                    date: shortDate(one.date, language),
                    name: one.name,
                  })}
                  onClick={() => deciding.mutate({ ...one, open: !one.open })}
                >
                  {t(one.open ? 'holidays.close' : 'holidays.workOn')}
                </Button>
              </li>
            ))}
          </ul>
          {holidays.data.length > shown.length && (
            <Button kind="quiet" onClick={() => setAll(true)}>
              {t('holidays.more', { count: holidays.data.length - shown.length })}
            </Button>
          )}
          {shown.length > 0 && <p className={clsx(typography.small, typography.muted)}>{t('holidays.ownHours')}</p>}
        </>
      )}
    </section>
  );
}
