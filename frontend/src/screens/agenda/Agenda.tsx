import { useMediaQuery } from '@mantine/hooks';
import { IconCalendarPlus, IconChevronLeft, IconChevronRight, IconSearch } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import clsx from 'clsx';
import { useEffect, useState } from 'react';
import {
  appointmentCountsQuery,
  appointmentsQuery,
  openingHoursQuery,
  practitionersQuery,
  roomsQuery,
  servicesQuery,
  slotHoldsQuery,
} from '../../api/agendaQueries';
import type { Appointment, Practitioner } from '../../api/types';
import { LineBanner } from '../../app/Banners';
import { useClinic, useNow, useWords } from '../../app/clinic';
import { useClinicActions } from '../../app/clinicActions';
import { useOwnPractitioner } from '../../app/own';
import type { AgendaSearch } from '../../app/paths';
import {
  addDays,
  addMonths,
  cityOf,
  clockChange,
  dateOf,
  firstOfMonth,
  instantAt,
  mondayOf,
  offsetLabel,
  weekdayOf,
} from '../../time/clinicTime';
import { dateSpan, dayMonth, longDate, monthName, shortDate } from '../../time/format';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { Icon } from '../../ui/Icon';
import layout from '../../ui/layout.module.css';
import { Empty, LoadError, PageHead, Skeleton } from '../../ui/Page';
import { visitState } from '../../ui/Status';
import typography from '../../ui/typography.module.css';
import styles from './Agenda.module.css';
import { AgendaBar } from './AgendaBar';
import { Grid } from './Grid';
import { MonthGrid } from './MonthGrid';
import { type Column, columnOfPractitioner, columnsOfRooms, stands } from './model';
import { SlotFinder } from './SlotFinder';
import { ViewChoice } from './ViewChoice';
import { VisitList } from './VisitList';

/** In the address, where somebody's own day would be shown otherwise. */
const EVERYBODY = 'all';

/** The agenda: a day with a column per practitioner, one practitioner's week, or the month in counts. */
export function Agenda() {
  const { t, language } = useWords();
  const clinic = useClinic();
  const actions = useClinicActions();
  const navigate = useNavigate({ from: '/c/$clinic/agenda' });
  const asIs = useSearch({ from: '/c/$clinic/agenda' });
  const own = useOwnPractitioner();
  // Who sees patients begins with their own day; everybody's is a choice.
  const wantedOf = asIs.practitioner === EVERYBODY ? undefined : (asIs.practitioner ?? own?.id);
  const search = { ...asIs, practitioner: wantedOf };
  const phone = useMediaQuery('(max-width: 720px)', undefined, { getInitialValueInEffect: false }) ?? false;
  const now = useNow();
  const today = dateOf(now, clinic.timeZone);
  const view = search.view ?? 'day';
  const date = search.date ?? today;
  const range = rangeOf(view, date);
  const visits = useQuery({ ...appointmentsQuery(clinic.id, range.from, range.to), enabled: view !== 'month' });
  const counts = useQuery({
    ...appointmentCountsQuery(clinic.id, { ...range, practitionerId: search.practitioner }),
    enabled: view === 'month',
  });
  const holds = useQuery({ ...slotHoldsQuery(clinic.id, range.from, range.to), enabled: view !== 'month' });
  const practitioners = useQuery(practitionersQuery(clinic.id));
  const opening = useQuery(openingHoursQuery(clinic.id, range.from, range.to));
  const services = useQuery(servicesQuery(clinic.id));
  const rooms = useQuery(roomsQuery(clinic.id));
  const used = (rooms.data ?? []).filter((one) => one.active);
  const hues = new Map((services.data ?? []).map((one) => [one.id, one.colour]));
  const buffers = new Map((services.data ?? []).map((one) => [one.id, { before: one.bufferBeforeMinutes, after: one.bufferAfterMinutes }]));
  const client = useQueryClient();
  const [finding, setFinding] = useState(false);
  const asked = view === 'month' ? counts : visits;
  const loaded = asked.isSuccess;
  // Whoever looks at a day looks at its neighbours next.
  useEffect(() => {
    if (!loaded) return;
    for (const near of [-1, 1] as const) {
      const { from, to } = rangeOf(view, stepped(view, date, near));
      if (view === 'month') {
        void client.prefetchQuery(appointmentCountsQuery(clinic.id, { from, to, practitionerId: search.practitioner }));
      } else {
        void client.prefetchQuery(appointmentsQuery(clinic.id, from, to));
      }
    }
  }, [loaded, view, date, client, clinic.id, search.practitioner]);
  const change = (next: Partial<AgendaSearch>) => {
    const chosen = 'practitioner' in next && { practitioner: next.practitioner ?? (own && EVERYBODY) };
    void navigate({ search: (before: AgendaSearch) => ({ ...before, ...next, ...chosen }) });
  };

  const active = (practitioners.data ?? []).filter(
    (one) => one.active || visits.data?.some((visit) => visit.practitioner.id === one.id && stands(visit)),
  );
  const chosen = active.find((one) => one.id === search.practitioner);
  const standing = (visits.data ?? []).filter(stands);
  const shown = standing.filter((visit) => wanted(visit, search.only));
  // A week belongs to one practitioner, and so does a phone's day.
  const alone = view === 'week' || (view === 'day' && phone) ? (chosen ?? active[0]) : chosen;
  const counted = alone ? standing.filter((visit) => visit.practitioner.id === alone.id) : standing;
  // A phone shows one column, and that is a person's.
  const by = view === 'day' && !phone && search.columns === 'rooms' && used.length > 0 ? 'room' : 'practitioner';
  const go = (direction: 1 | -1) => change({ date: stepped(view, date, direction) });
  const listed = view === 'week' && phone;
  const noon = instantAt(date, 12 * 60, clinic.timeZone);
  const title =
    view === 'month'
      ? monthName(date, language)
      : view === 'week'
        ? dateSpan(range.from, addDays(range.to, -1), language)
        : phone
          ? shortDate(date, language)
          : longDate(date, language);

  return (
    <div className={styles.agenda} data-full-height>
      <PageHead
        title={title}
        under={
          <span className={typography.small}>
            {!phone && `${t('agenda.zone')} `}
            {cityOf(clinic.timeZone)} ({offsetLabel(noon, clinic.timeZone)})
          </span>
        }
        before={
          <div className={clsx(layout.row, styles.nav)}>
            <Button iconOnly aria-label={t(`agenda.before.${view}`)} onClick={() => go(-1)}>
              <Icon of={IconChevronLeft} />
            </Button>
            <Button className={layout.notOnPhone} onClick={() => change({ date: undefined })} aria-pressed={date === today}>
              {t('agenda.today')}
            </Button>
            <Button iconOnly aria-label={t(`agenda.after.${view}`)} onClick={() => go(1)}>
              <Icon of={IconChevronRight} />
            </Button>
          </div>
        }
      >
        {!phone && <ViewChoice view={view} onChange={(next) => change({ view: next === 'day' ? undefined : next })} />}
        {actions.book && (
          <Button iconOnPhone onClick={() => setFinding(true)} data-testid="find-slot">
            <Icon of={IconSearch} />
            <span>{t('find.open')}</span>
          </Button>
        )}
        {actions.book && (
          <Button
            kind="primary"
            iconOnPhone
            data-testid="new-appointment"
            onClick={() => actions.book?.({ date, practitionerId: chosen?.id })}
          >
            <Icon of={IconCalendarPlus} />
            <span>{t('book.new')}</span>
          </Button>
        )}
      </PageHead>
      <LineBanner />
      <AgendaBar
        search={search}
        change={change}
        visits={visits.data ? standing : null}
        counted={visits.data ? counted : null}
        date={date}
        practitioners={active}
        rooms={used.length}
        view={view}
        phone={phone}
        today={date === today}
        clock={view === 'day' ? clockChange(date, clinic.timeZone) : null}
      />
      {practitioners.isPending || (visits.isPending && listed) ? (
        <Skeleton rows={10} tall />
      ) : asked.isLoadingError || practitioners.isLoadingError ? (
        <LoadError
          error={asked.error ?? practitioners.error}
          title={t('agenda.error')}
          retry={() => {
            void asked.refetch();
            void practitioners.refetch();
          }}
        />
      ) : active.length === 0 ? (
        <Empty title={t('agenda.noPractitioners')} text={t('agenda.noPractitionersText')} />
      ) : view === 'month' ? (
        <MonthGrid
          month={range.from}
          until={range.to}
          counts={counts.data ?? []}
          opening={opening.data ?? []}
          practitioner={search.practitioner}
          busy={counts.isPending}
        />
      ) : listed ? (
        <VisitList key={range.from} visits={shown} practitioner={alone ?? null} only={search.only} />
      ) : (
        <Grid
          busy={visits.isPending}
          by={by}
          columns={
            by === 'room'
              ? columnsOfRooms(date, rooms.data ?? [], counted, t('rooms.none'))
              : columnsOf(view, date, active, chosen, phone, standing)
          }
          visits={by === 'room' && chosen ? shown.filter((visit) => visit.practitioner.id === chosen.id) : shown}
          all={standing}
          holds={holds.data ?? []}
          hues={hues}
          buffers={buffers}
          opening={opening.data ?? []}
          roomy={search.zoom === 'roomy'}
          phone={phone}
          now={now}
          byDay={view === 'week'}
          dayLabel={(day) => dayMonth(day, language)}
        />
      )}
      <Dialog opened={finding} onClose={() => setFinding(false)} title={t('find.open')} fleeting>
        {finding && <SlotFinder from={date < today ? today : date} practitionerId={alone?.id} onTaken={() => setFinding(false)} />}
      </Dialog>
    </div>
  );
}

function rangeOf(view: NonNullable<AgendaSearch['view']>, date: string): { from: string; to: string } {
  if (view === 'day') return { from: date, to: addDays(date, 1) };
  if (view === 'week') return { from: mondayOf(date), to: addDays(mondayOf(date), 7) };
  return { from: firstOfMonth(date), to: addMonths(firstOfMonth(date), 1) };
}

function stepped(view: NonNullable<AgendaSearch['view']>, date: string, direction: 1 | -1): string {
  if (view === 'month') return addMonths(firstOfMonth(date), direction);
  return addDays(date, direction * (view === 'week' ? 7 : 1));
}

function wanted(visit: Appointment, only: AgendaSearch['only']): boolean {
  const state = visitState(visit);
  if (only === 'waiting') return state === 'wait' || state === 'unknown';
  if (only === 'declined') return state === 'no';
  return true;
}

function columnsOf(
  view: 'day' | 'week',
  date: string,
  active: Practitioner[],
  chosen: Practitioner | undefined,
  phone: boolean,
  visits: Appointment[],
): Column[] {
  const first = chosen ?? active[0];
  if (!first) return [];
  if (view === 'week') {
    const monday = mondayOf(date);
    const days = Array.from({ length: 7 }, (_, index) => addDays(monday, index));
    const sunday = visits.some((visit) => visit.practitioner.id === first.id && weekdayOf(dateOf(visit.start, visit.timeZone)) === 7);
    return days.filter((day) => sunday || weekdayOf(day) !== 7).map((day) => columnOfPractitioner(day, first));
  }
  const shown = phone ? [first] : chosen ? [chosen] : active;
  return shown.map((practitioner) => columnOfPractitioner(date, practitioner));
}
