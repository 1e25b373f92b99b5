import { IconBellOff, IconPlus, IconSearch } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useDeferredValue, useState } from 'react';
import { api, settle } from '../../api/client';
import { keys } from '../../api/keys';
import { may } from '../../api/may';
import { useClinic, useWords } from '../../app/clinic';
import { to } from '../../app/paths';
import { todayIn } from '../../time/clinicTime';
import { ageOn } from '../../time/format';
import { Dialog } from '../../ui/Dialog';
import { Icon } from '../../ui/Icon';
import { Empty, LoadError, PageHead, Skeleton } from '../../ui/Page';
import { phoneText } from '../../ui/phone';
import { PatientForm } from './PatientForm';

const PAGE = 50;

/** The register. What is searched for is sent in a body and kept in memory, never in the address. */
export function Patients() {
  const { t } = useWords();
  const clinic = useClinic();
  const navigate = useNavigate();
  const [text, setText] = useState('');
  const [writing, setWriting] = useState(false);
  const wanted = useDeferredValue(text.trim());
  const organizationId = clinic.id;
  const patients = useInfiniteQuery({
    queryKey: keys.of(organizationId, 'patients', 'list', wanted),
    queryFn: ({ pageParam, signal }) =>
      settle(
        api.POST('/api/v1/organizations/{organizationId}/patients/search', {
          params: { path: { organizationId } },
          body: { ...(wanted ? { text: wanted } : {}), limit: PAGE, ...(pageParam ? { cursor: pageParam } : {}) },
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
    <button type="button" className="btn pri mi" onClick={() => setWriting(true)} data-testid="new-patient">
      <Icon of={IconPlus} />
      <span>{t('patients.new')}</span>
    </button>
  );
  const untouched = wanted === '' && found.length === 0;

  return (
    <>
      <PageHead title={t('nav.patients')} under={t('patients.under')}>
        {!untouched && add}
      </PageHead>
      {!(patients.isSuccess && untouched) && (
        <div className="searchbar">
          <Icon of={IconSearch} />
          <input
            className="inp"
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
      {patients.isPending ? (
        <Skeleton rows={10} />
      ) : patients.isLoadingError ? (
        <LoadError error={patients.error} title={t('patients.error')} retry={() => void patients.refetch()} />
      ) : untouched ? (
        <Empty title={t('patients.empty')} text={t('patients.emptyText')}>
          {mayEdit && (
            <button type="button" className="btn pri" onClick={() => setWriting(true)} data-testid="new-patient">
              <Icon of={IconPlus} />
              {t('patients.new')}
            </button>
          )}
        </Empty>
      ) : found.length === 0 ? (
        <Empty small title={t('patients.none')} text={t('patients.noneText')}>
          {mayEdit && (
            <button type="button" className="btn" onClick={() => setWriting(true)}>
              {t('patients.new')}
            </button>
          )}
        </Empty>
      ) : (
        <>
          <ul className="plist ruled" aria-busy={patients.isPlaceholderData}>
            {found.map((patient) => (
              <li key={patient.id}>
                <Link className="prow" {...to.patient(clinic.alias, patient.id)} data-testid={`patient-${patient.id}`}>
                  <b className="b el">{patient.displayName}</b>
                  <span className="nw">
                    {patient.phone ? phoneText(patient.phone) : <span className="muted">{t('visit.noPhone')}</span>}
                  </span>
                  <span className="small muted nw p-age">
                    {patient.birthDate ? t('patients.years', { count: ageOn(patient.birthDate, today) }) : ''}
                  </span>
                  <span className="p-st">
                    {patient.messaging === 'opted-out' && (
                      <span className="st mute">
                        <Icon of={IconBellOff} small />
                        {t('patients.opted-out')}
                      </span>
                    )}
                  </span>
                </Link>
              </li>
            ))}
          </ul>
          {patients.hasNextPage && (
            <div className="more">
              <button type="button" className="btn" disabled={patients.isFetchingNextPage} onClick={() => void patients.fetchNextPage()}>
                {t('action.more')}
              </button>
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
