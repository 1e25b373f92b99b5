import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import clsx from 'clsx';
import { may } from '../../../api/may';
import { patientReadsQuery } from '../../../api/patientReads';
import { membersQuery, patientQuery } from '../../../api/queries';
import type { PatientRead } from '../../../api/types';
import { useClinic, useWords } from '../../../app/clinic';
import { NoPermission } from '../../../app/Problems';
import { type PatientReadsSearch, to } from '../../../app/paths';
import { addDays, dateOf, timeOf } from '../../../time/clinicTime';
import { dayMonthYear } from '../../../time/format';
import { Button } from '../../../ui/Button';
import chips from '../../../ui/chips.module.css';
import filterBar from '../../../ui/filterBar.module.css';
import lists from '../../../ui/lists.module.css';
import { Empty, LoadError, PageHead, Skeleton } from '../../../ui/Page';
import typography from '../../../ui/typography.module.css';
import styles from './Privacy.module.css';

/** Who looked at patients; owners only. The filters are in the address, by id: no name is. */
export function ReadsPage() {
  const clinic = useClinic();
  return may(clinic, 'see-patient-reads') ? <Reads /> : <NoPermission />;
}

function Reads() {
  const { t } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const { visit: _, ...search } = useSearch({ from: '/c/$clinic/patients/reads' });
  const navigate = useNavigate({ from: '/c/$clinic/patients/reads' });
  const change = (next: Partial<PatientReadsSearch>) => void navigate({ search: (before: PatientReadsSearch) => ({ ...before, ...next }) });
  const members = useQuery(membersQuery(clinic.id));
  const reads = useInfiniteQuery(
    patientReadsQuery(clinic.id, {
      patientId: search.patient,
      reader: search.reader,
      from: search.from,
      to: search.to && addDays(search.to, 1),
    }),
  );
  const found = reads.data?.pages.flatMap((page) => page.items) ?? [];
  // The name is known from the card or from the list: asking for it would be a look at the card.
  const nameOf = (id: string) =>
    client.getQueryData(patientQuery(clinic.id, id).queryKey)?.displayName ??
    found.find((read) => read.patient?.id === id)?.patient?.displayName ??
    t('reads.somebody');
  const filtered = Boolean(search.patient || search.reader || search.from || search.to);
  return (
    <>
      <PageHead
        title={t('reads.title')}
        under={t('reads.under')}
        above={
          search.patient ? (
            <Link {...to.patient(clinic.alias, search.patient)}>{nameOf(search.patient)}</Link>
          ) : (
            <Link {...to.patients(clinic.alias)}>{t('nav.patients')}</Link>
          )
        }
      />
      <div className={clsx(filterBar.bar, styles.filters)}>
        <label className={clsx(chips.chip, chips.withInput)}>
          <span>{t('reads.who')}</span>
          <select
            value={search.reader ?? ''}
            onChange={(event) => change({ reader: event.target.value || undefined })}
            data-testid="reads-reader"
          >
            <option value="">{t('reads.everybody')}</option>
            {(members.data ?? []).map((member) => (
              <option key={member.id} value={member.id}>
                {member.name}
              </option>
            ))}
          </select>
        </label>
        <label className={clsx(chips.chip, chips.withInput)}>
          <span>{t('messages.from')}</span>
          <input type="date" value={search.from ?? ''} onChange={(event) => change({ from: event.target.value || undefined })} />
        </label>
        <label className={clsx(chips.chip, chips.withInput)}>
          <span>{t('messages.to')}</span>
          <input type="date" value={search.to ?? ''} onChange={(event) => change({ to: event.target.value || undefined })} />
        </label>
        {filtered && (
          <Button
            kind="link"
            className={typography.small}
            onClick={() => change({ patient: undefined, reader: undefined, from: undefined, to: undefined })}
            data-testid="reads-clear"
          >
            {t(search.patient ? 'reads.allPatients' : 'messages.clear')}
          </Button>
        )}
      </div>
      {reads.isPending ? (
        <Skeleton rows={12} />
      ) : reads.isLoadingError ? (
        <LoadError error={reads.error} title={t('reads.error')} retry={() => void reads.refetch()} />
      ) : found.length === 0 ? (
        <Empty small={filtered} art={filtered ? 'spike' : 'pad'} title={t('reads.none')} text={t('reads.noneText')} />
      ) : (
        <>
          <ul className={lists.ruled} data-testid="patient-reads">
            {found.map((read) => (
              <ReadLine key={`${read.at} ${read.reader.subject} ${read.part} ${read.patient?.id ?? ''}`} read={read} />
            ))}
          </ul>
          {reads.hasNextPage && (
            <div className={lists.more}>
              <Button disabled={reads.isFetchingNextPage} onClick={() => void reads.fetchNextPage()}>
                {t('action.more')}
              </Button>
            </div>
          )}
        </>
      )}
    </>
  );
}

function ReadLine({ read }: { read: PatientRead }) {
  const { t, language } = useWords();
  const clinic = useClinic();
  return (
    <li className={styles.read}>
      <time className={clsx(typography.small, typography.muted)} dateTime={read.at}>
        {dayMonthYear(dateOf(read.at, clinic.timeZone), language)}, {timeOf(read.at, clinic.timeZone)}
      </time>
      <b className={clsx(typography.strong, typography.ellipsis)}>{read.reader.name ?? t('reads.program')}</b>
      <span className={clsx(typography.small, typography.muted)}>{t(`reads.part.${read.part}`)}</span>
      <span className={typography.ellipsis}>
        {read.patient === null ? (
          <span className={typography.muted}>{t('reads.nobody')}</span>
        ) : read.patient.displayName === null ? (
          <span className={typography.muted}>{t('reads.gone')}</span>
        ) : (
          <Link {...to.patient(clinic.alias, read.patient.id)}>{read.patient.displayName}</Link>
        )}
      </span>
    </li>
  );
}
