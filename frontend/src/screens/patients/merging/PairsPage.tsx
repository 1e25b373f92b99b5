import { IconArrowsJoin2, IconUsers } from '@tabler/icons-react';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import clsx from 'clsx';
import { useEffect } from 'react';
import { keys } from '../../../api/keys';
import { may } from '../../../api/may';
import { distinguish, patientPairsQuery } from '../../../api/patientMerges';
import type { Patient, PatientPair } from '../../../api/types';
import { useClinic, useWords } from '../../../app/clinic';
import { NoPermission } from '../../../app/Problems';
import { to } from '../../../app/paths';
import { dayMonthYear } from '../../../time/format';
import { Button, buttonLook } from '../../../ui/Button';
import { FormError } from '../../../ui/FormError';
import { Icon } from '../../../ui/Icon';
import layout from '../../../ui/layout.module.css';
import lists from '../../../ui/lists.module.css';
import { done } from '../../../ui/notices';
import { Empty, LoadError, PageHead, Skeleton } from '../../../ui/Page';
import { phoneText } from '../../../ui/phone';
import typography from '../../../ui/typography.module.css';
import { ComparePage } from './ComparePage';
import styles from './Merging.module.css';

/** Patients who may be one person: the list, or two of them side by side. */
export function PairsPage() {
  const clinic = useClinic();
  const { one, other } = useSearch({ from: '/c/$clinic/patients/duplicates' });
  if (!may(clinic, 'merge-patients')) return <NoPermission />;
  return one && other ? <ComparePage key={`${one} ${other}`} survivorId={one} replacedId={other} /> : <Pairs />;
}

function Pairs() {
  const { t } = useWords();
  const clinic = useClinic();
  const pairs = useInfiniteQuery(patientPairsQuery(clinic.id));
  const found = pairs.data?.pages.flatMap((page) => page.items) ?? [];
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = pairs;
  // A page of a large register may hold no pair and yet not be the last.
  const goesOn = found.length === 0 && hasNextPage && !isFetchNextPageError;
  useEffect(() => {
    if (goesOn && !isFetchingNextPage) void fetchNextPage();
  }, [goesOn, isFetchingNextPage, fetchNextPage]);
  return (
    <>
      <PageHead
        title={t('merging.open')}
        under={t('merging.under')}
        above={<Link {...to.patients(clinic.alias)}>{t('nav.patients')}</Link>}
      />
      {pairs.isPending || goesOn ? (
        <>
          <Skeleton rows={6} tall />
          {goesOn && <p className={clsx(typography.small, typography.muted)}>{t('merging.searching')}</p>}
        </>
      ) : pairs.isLoadingError || (found.length === 0 && isFetchNextPageError) ? (
        <LoadError error={pairs.error} title={t('merging.error')} retry={() => void pairs.refetch()} />
      ) : found.length === 0 ? (
        <Empty title={t('merging.none')} text={t('merging.noneText')} />
      ) : (
        <>
          <ul className={lists.ruled} data-testid="patient-pairs">
            {found.map((pair) => (
              <PairLine key={`${pair.one.id} ${pair.other.id}`} pair={pair} />
            ))}
          </ul>
          {hasNextPage && (
            <div className={lists.more}>
              <Button disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
                {t('merging.more')}
              </Button>
            </div>
          )}
        </>
      )}
    </>
  );
}

function PairLine({ pair }: { pair: PatientPair }) {
  const { t } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const deciding = useMutation({
    mutationFn: (distinct: boolean) => distinguish(clinic.id, pair.one.id, pair.other.id, distinct),
    onSuccess: (_, distinct) => {
      void client.invalidateQueries({ queryKey: keys.of(clinic.id, 'patients', 'pairs') });
      if (distinct) done(t('merging.didDistinct'), t('action.close'), { label: t('merging.undo'), run: () => deciding.mutate(false) });
    },
  });
  return (
    <li className={styles.pair}>
      <div className={styles.people}>
        <Person patient={pair.one} />
        <Person patient={pair.other} />
        <p className={clsx(typography.small, typography.muted)}>
          <Icon of={IconUsers} small /> {pair.alike.map((each) => t(`person.alike.${each}`)).join(', ')},{' '}
          {t('merging.score', { score: pair.score })}
        </p>
        {deciding.error ? <FormError error={deciding.error} /> : null}
      </div>
      <div className={clsx(layout.row, layout.wrap)}>
        <Button kind="quiet" small disabled={deciding.isPending} onClick={() => deciding.mutate(true)} data-testid="pair-distinct">
          {t('merging.distinct')}
        </Button>
        <Link
          className={buttonLook({ small: true })}
          {...to.patientPairs(clinic.alias, { one: pair.one.id, other: pair.other.id })}
          data-testid="pair-compare"
        >
          <Icon of={IconArrowsJoin2} small />
          {t('merging.compare')}
        </Link>
      </div>
    </li>
  );
}

function Person({ patient }: { patient: Patient }) {
  const { language } = useWords();
  const clinic = useClinic();
  return (
    <p className={styles.person}>
      <Link {...to.patient(clinic.alias, patient.id)}>{patient.displayName}</Link>
      <span className={clsx(typography.small, typography.muted)}>
        {[
          patient.birthDate && dayMonthYear(patient.birthDate, language),
          patient.phone && phoneText(patient.phone),
          patient.identifiers[0]?.formatted,
        ]
          .filter(Boolean)
          .join(' · ')}
      </span>
    </p>
  );
}
