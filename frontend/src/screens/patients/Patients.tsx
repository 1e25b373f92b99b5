import { IconArchive, IconBellOff, IconLock, IconPlus, IconSearch, IconTableImport, IconUsers } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import clsx from 'clsx';
import { useDeferredValue, useState } from 'react';
import { exportPatients } from '../../api/actions';
import { api, settle } from '../../api/client';
import { keys } from '../../api/keys';
import { may } from '../../api/may';
import { patientTagsQuery } from '../../api/queries';
import { useClinic, useWords } from '../../app/clinic';
import { to } from '../../app/paths';
import { todayIn } from '../../time/clinicTime';
import { ageOn } from '../../time/format';
import { Button, buttonLook } from '../../ui/Button';
import chips from '../../ui/chips.module.css';
import { Dialog } from '../../ui/Dialog';
import { ExportMenu } from '../../ui/ExportMenu';
import fields from '../../ui/fields.module.css';
import filterBar from '../../ui/filterBar.module.css';
import { Icon } from '../../ui/Icon';
import lists from '../../ui/lists.module.css';
import { Empty, LoadError, PageHead, Skeleton } from '../../ui/Page';
import { phoneText } from '../../ui/phone';
import { StatusLabel } from '../../ui/Status';
import typography from '../../ui/typography.module.css';
import { PatientForm } from './PatientForm';
import styles from './Patients.module.css';
import { RequestsChip } from './privacy/RequestsChip';

const PAGE = 50;

/** Tags that fit above the list; a clinic with more finds them by searching. */
const TAGS = 8;

/** The register. What is searched for is sent in a body and kept in memory, never in the address. */
export function Patients() {
  const { t } = useWords();
  const clinic = useClinic();
  const navigate = useNavigate();
  const [text, setText] = useState('');
  const [writing, setWriting] = useState(false);
  const [tag, setTag] = useState<string | null>(null);
  const [archived, setArchived] = useState(false);
  const wanted = useDeferredValue(text.trim());
  const organizationId = clinic.id;
  const patients = useInfiniteQuery({
    queryKey: keys.of(organizationId, 'patients', 'list', wanted, tag, archived),
    queryFn: ({ pageParam, signal }) =>
      settle(
        api.POST('/api/v1/organizations/{organizationId}/patients/search', {
          params: { path: { organizationId } },
          body: {
            ...(wanted ? { text: wanted } : {}),
            ...(tag ? { tag } : {}),
            ...(archived ? { archived } : {}),
            limit: PAGE,
            ...(pageParam ? { cursor: pageParam } : {}),
          },
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  });
  const found = patients.data?.pages.flatMap((page) => page.items) ?? [];
  const mayEdit = may(clinic, 'edit-patients');
  const today = todayIn(clinic.timeZone);
  const add = mayEdit && (
    <Button kind="primary" iconOnPhone onClick={() => setWriting(true)} data-testid="new-patient">
      <Icon of={IconPlus} />
      <span>{t('patients.new')}</span>
    </Button>
  );
  const untouched = wanted === '' && tag === null && !archived && found.length === 0;
  const tags = useQuery(patientTagsQuery(organizationId));
  const shown = (tags.data ?? []).slice(0, TAGS);

  return (
    <>
      <PageHead title={t('nav.patients')} under={t('patients.under')}>
        {may(clinic, 'export-patients') && !untouched && (
          <ExportMenu
            label={t('import.export')}
            name={t('import.exportName')}
            fetch={(format) => exportPatients(clinic.id, format)}
            testId="export-patients"
          />
        )}
        {may(clinic, 'import-patients') && (
          <Link
            className={buttonLook({ iconOnPhone: true })}
            {...to.patientImport(clinic.alias)}
            data-icon-on-phone
            data-testid="import-patients"
          >
            <Icon of={IconTableImport} />
            <span>{t('import.open')}</span>
          </Link>
        )}
        {!untouched && add}
      </PageHead>
      {!(patients.isSuccess && untouched) && (
        <div className={styles.search}>
          <Icon of={IconSearch} />
          <input
            className={fields.input}
            type="search"
            aria-label={t('patients.search')}
            maxLength={100}
            placeholder={t('patients.search')}
            autoComplete="off"
            value={text}
            onChange={(event) => setText(event.target.value)}
            data-testid="patients-filter"
          />
        </div>
      )}
      {!(patients.isSuccess && untouched) && (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a bar; the role says the same
        <div className={clsx(filterBar.bar, styles.filters)} role="group" aria-label={t('person.filter')}>
          {shown.map((each) => (
            <button
              key={each}
              type="button"
              className={chips.chip}
              aria-pressed={tag === each}
              onClick={() => setTag(tag === each ? null : each)}
            >
              {each}
            </button>
          ))}
          <button
            type="button"
            className={chips.chip}
            aria-pressed={archived}
            onClick={() => setArchived(!archived)}
            data-testid="patients-archived"
          >
            <Icon of={IconArchive} small />
            {t('person.archived')}
          </button>
          {may(clinic, 'merge-patients') && (
            <Link className={clsx(chips.chip, styles.pairs)} {...to.patientPairs(clinic.alias)} data-testid="patient-pairs-open">
              <Icon of={IconUsers} small />
              {t('merging.open')}
            </Link>
          )}
          {may(clinic, 'note-privacy-requests') && <RequestsChip className={clsx(chips.chip, styles.pairs)} />}
        </div>
      )}
      {patients.isPending ? (
        <Skeleton rows={10} />
      ) : patients.isLoadingError ? (
        <LoadError error={patients.error} title={t('patients.error')} retry={() => void patients.refetch()} />
      ) : untouched ? (
        <Empty title={t('patients.empty')} text={t('patients.emptyText')}>
          {mayEdit && (
            <Button kind="primary" onClick={() => setWriting(true)} data-testid="new-patient">
              <Icon of={IconPlus} />
              {t('patients.new')}
            </Button>
          )}
        </Empty>
      ) : found.length === 0 && (tag !== null || archived) ? (
        <Empty small title={t('person.noneTagged')} text={t('person.noneTaggedText')} />
      ) : found.length === 0 ? (
        <Empty small title={t('patients.none')} text={t('patients.noneText')}>
          {mayEdit && <Button onClick={() => setWriting(true)}>{t('patients.new')}</Button>}
        </Empty>
      ) : (
        <>
          <ul className={lists.ruled} aria-busy={patients.isPlaceholderData}>
            {found.map((patient) => (
              <li key={patient.id}>
                <Link className={styles.row} {...to.patient(clinic.alias, patient.id)} data-testid={`patient-${patient.id}`}>
                  <b className={clsx(typography.strong, typography.ellipsis)}>{patient.displayName}</b>
                  <span className={typography.nowrap}>
                    {patient.phone ? phoneText(patient.phone) : <span className={typography.muted}>{t('visit.noPhone')}</span>}
                  </span>
                  <span className={clsx(typography.small, typography.muted, typography.nowrap, styles.paper)}>
                    {patient.identifiers[0]?.formatted ?? ''}
                  </span>
                  <span className={clsx(typography.small, typography.muted, typography.nowrap, styles.age)}>
                    {patient.birthDate ? t('patients.years', { count: ageOn(patient.birthDate, today) }) : ''}
                  </span>
                  <span className={styles.state}>
                    {patient.restrictedAt && (
                      <StatusLabel tone="no">
                        <Icon of={IconLock} small />
                        {t('privacy.restricted')}
                      </StatusLabel>
                    )}
                    {!patient.restrictedAt && patient.messaging === 'opted-out' && (
                      <StatusLabel tone="mute">
                        <Icon of={IconBellOff} small />
                        {t('patients.opted-out')}
                      </StatusLabel>
                    )}
                  </span>
                </Link>
              </li>
            ))}
          </ul>
          {patients.hasNextPage && (
            <div className={lists.more}>
              <Button disabled={patients.isFetchingNextPage} onClick={() => void patients.fetchNextPage()}>
                {t('action.more')}
              </Button>
            </div>
          )}
        </>
      )}
      <Dialog opened={writing} onClose={() => setWriting(false)} title={t('patients.new')}>
        <PatientForm
          typed={text.trim()}
          saveLabel={t('patients.save')}
          onCancel={() => setWriting(false)}
          onSaved={(patient) => {
            setWriting(false);
            void navigate(to.patient(clinic.alias, patient.id));
          }}
        />
      </Dialog>
    </>
  );
}
