import { IconPlus } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import clsx from 'clsx';
import { practitionersQuery, waitlistMatchesQuery, waitlistPages } from '../../api/agendaQueries';
import { patientQuery } from '../../api/queries';
import { waitlistClosed } from '../../api/states';
import type { WaitlistEntry } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { useClinicActions } from '../../app/clinicActions';
import { to, type WaitlistSearch } from '../../app/paths';
import { dateOf, minuteOf, timeOf } from '../../time/clinicTime';
import { shortDate } from '../../time/format';
import { Button } from '../../ui/Button';
import chips from '../../ui/chips.module.css';
import filterBar from '../../ui/filterBar.module.css';
import { Icon } from '../../ui/Icon';
import lists from '../../ui/lists.module.css';
import { Empty, LoadError, PageHead, Skeleton } from '../../ui/Page';
import typography from '../../ui/typography.module.css';
import { Entry } from './Entry';
import styles from './Waitlist.module.css';

/** Who waits for an hour: everybody in turn, or those whom one hour would suit. */
export function Waitlist() {
  const { t } = useWords();
  const actions = useClinicActions();
  const search = useSearch({ from: '/c/$clinic/waitlist' });
  const { practitioner, start, end } = search;
  return (
    <>
      <PageHead title={t('nav.waitlist')} under={t('waitlist.under')}>
        {actions.wait && (
          <Button kind="primary" iconOnPhone onClick={() => actions.wait?.()} data-testid="wait-add">
            <Icon of={IconPlus} />
            <span>{t('waitlist.add')}</span>
          </Button>
        )}
      </PageHead>
      {practitioner && start && end ? (
        <OfHour practitionerId={practitioner} start={start} end={end} locationId={search.location} />
      ) : (
        <Everybody state={search.state} />
      )}
    </>
  );
}

interface Hour {
  practitionerId: string;
  start: string;
  end: string;
  locationId?: string;
}

function OfHour(hour: Hour) {
  const { t, language } = useWords();
  const clinic = useClinic();
  const book = useBooking(hour);
  const matches = useQuery(waitlistMatchesQuery(clinic.id, hour));
  const practitioners = useQuery(practitionersQuery(clinic.id));
  const name = practitioners.data?.find((one) => one.id === hour.practitionerId)?.displayName ?? '';
  const zone = clinic.timeZone;
  return (
    <>
      <div className={styles.hour} data-testid="waitlist-hour">
        <b className={typography.strong}>
          {shortDate(dateOf(hour.start, zone), language)}, {timeOf(hour.start, zone)}–{timeOf(hour.end, zone)}
        </b>
        <span className={typography.muted}>{name}</span>
        <Link {...to.waitlist(clinic.alias)}>{t('waitlist.everybody')}</Link>
      </div>
      {matches.isLoadingError ? (
        <LoadError error={matches.error} title={t('waitlist.error')} retry={() => void matches.refetch()} />
      ) : !matches.data ? (
        <Skeleton rows={4} />
      ) : matches.data.length === 0 ? (
        <Empty small title={t('waitlist.nobodyFits')} text={t('waitlist.nobodyFitsText')} />
      ) : (
        <Entries entries={matches.data} book={book} />
      )}
    </>
  );
}

function Everybody({ state }: { state: WaitlistSearch['state'] }) {
  const { t } = useWords();
  const clinic = useClinic();
  const actions = useClinicActions();
  const navigate = useNavigate({ from: '/c/$clinic/waitlist' });
  const book = useBooking();
  const waiting = useInfiniteQuery({ ...waitlistPages(clinic.id, state), placeholderData: keepPreviousData });
  const entries = waiting.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a bar; the role says the same */}
      <div className={filterBar.bar} role="group" aria-label={t('waitlist.filter')}>
        {([undefined, ...waitlistClosed] as const).map((one) => (
          <button
            key={one ?? 'waiting'}
            type="button"
            className={chips.chip}
            aria-pressed={state === one}
            onClick={() => void navigate({ search: { state: one } })}
          >
            {t(`waitlist.states.${one ?? 'waiting'}`)}
          </button>
        ))}
      </div>
      {waiting.isPending ? (
        <Skeleton rows={8} />
      ) : waiting.isLoadingError ? (
        <LoadError error={waiting.error} title={t('waitlist.error')} retry={() => void waiting.refetch()} />
      ) : entries.length === 0 ? (
        <Empty small={state !== undefined} title={t('waitlist.empty')} text={t(state ? 'waitlist.emptyStateText' : 'waitlist.emptyText')}>
          {!state && actions.wait && (
            <Button onClick={() => actions.wait?.()}>
              <Icon of={IconPlus} />
              {t('waitlist.add')}
            </Button>
          )}
        </Empty>
      ) : (
        <>
          <Entries entries={entries} book={book} busy={waiting.isPlaceholderData} />
          {waiting.hasNextPage && (
            <div className={lists.more}>
              <Button disabled={waiting.isFetchingNextPage} onClick={() => void waiting.fetchNextPage()}>
                {t('action.more')}
              </Button>
            </div>
          )}
        </>
      )}
    </>
  );
}

function Entries(props: { entries: WaitlistEntry[]; book: ((entry: WaitlistEntry) => void) | null; busy?: boolean }) {
  return (
    <ul className={clsx(lists.ruled, styles.list)} aria-busy={props.busy} data-testid="waitlist">
      {props.entries.map((entry) => (
        <Entry key={entry.id} entry={entry} book={props.book} />
      ))}
    </ul>
  );
}

/** Opens the booking form with what an entry says, and the hour if there is one. */
function useBooking(hour?: Hour): ((entry: WaitlistEntry) => void) | null {
  const clinic = useClinic();
  const actions = useClinicActions();
  const client = useQueryClient();
  const open = actions.book;
  if (!open) return null;
  return async (entry) => {
    const patient = await client.fetchQuery(patientQuery(clinic.id, entry.patient.id));
    open({
      patient,
      serviceId: entry.healthcareService.id,
      practitionerId: hour?.practitionerId ?? entry.practitioner?.id,
      locationId: hour?.locationId ?? entry.location?.id,
      ...(hour ? { date: dateOf(hour.start, clinic.timeZone), minute: minuteOf(hour.start, clinic.timeZone) } : {}),
      waitlistEntryId: entry.id,
    });
  };
}
