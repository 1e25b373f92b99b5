import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import clsx from 'clsx';
import { useState } from 'react';
import { may } from '../../../api/may';
import { privacyRequestsQuery } from '../../../api/privacyRequests';
import type { PrivacyRequest } from '../../../api/types';
import { useClinic, useWords } from '../../../app/clinic';
import { NoPermission } from '../../../app/Problems';
import { to } from '../../../app/paths';
import { dayMonthYear } from '../../../time/format';
import { Button } from '../../../ui/Button';
import { Dialog } from '../../../ui/Dialog';
import { Segments } from '../../../ui/Field';
import filterBar from '../../../ui/filterBar.module.css';
import lists from '../../../ui/lists.module.css';
import { Empty, LoadError, PageHead, Skeleton } from '../../../ui/Page';
import typography from '../../../ui/typography.module.css';
import { AnswerForm } from './AnswerForm';
import styles from './Privacy.module.css';
import { RequestStatus } from './requests';

/** What patients asked about their data, and until when it is answered by law. */
export function RequestsPage() {
  const clinic = useClinic();
  return may(clinic, 'note-privacy-requests') ? <Requests /> : <NoPermission />;
}

function Requests() {
  const { t } = useWords();
  const clinic = useClinic();
  const { show } = useSearch({ from: '/c/$clinic/patients/requests' });
  const navigate = useNavigate({ from: '/c/$clinic/patients/requests' });
  const closed = show === 'closed';
  const requests = useInfiniteQuery(privacyRequestsQuery(clinic.id, closed));
  const found = requests.data?.pages.flatMap((page) => page.items) ?? [];
  const [answering, setAnswering] = useState<PrivacyRequest | null>(null);
  return (
    <>
      <PageHead
        title={t('privacy.title')}
        under={t('privacy.under')}
        above={<Link {...to.patients(clinic.alias)}>{t('nav.patients')}</Link>}
      />
      <div className={filterBar.bar}>
        <Segments
          label={t('privacy.which')}
          value={closed ? 'closed' : 'open'}
          options={(['open', 'closed'] as const).map((value) => ({ value, label: t(`privacy.show.${value}`) }))}
          onChange={(value) => void navigate({ search: value === 'closed' ? { show: value } : {} })}
        />
      </div>
      {requests.isPending ? (
        <Skeleton rows={6} tall />
      ) : requests.isLoadingError ? (
        <LoadError error={requests.error} title={t('privacy.error')} retry={() => void requests.refetch()} />
      ) : found.length === 0 ? (
        <Empty title={t(closed ? 'privacy.noneClosed' : 'privacy.none')} text={t('privacy.noneText')} />
      ) : (
        <>
          <ul className={lists.ruled} data-testid="privacy-requests">
            {found.map((request) => (
              <RequestLine key={request.id} request={request} answer={setAnswering} />
            ))}
          </ul>
          {requests.hasNextPage && (
            <div className={lists.more}>
              <Button disabled={requests.isFetchingNextPage} onClick={() => void requests.fetchNextPage()}>
                {t('action.more')}
              </Button>
            </div>
          )}
        </>
      )}
      <Dialog
        opened={answering !== null}
        onClose={() => setAnswering(null)}
        title={t('privacy.answerTitle')}
        under={answering ? `${answering.patient.displayName}, ${t(`privacy.kind.${answering.kind}`)}` : undefined}
      >
        {answering && <AnswerForm request={answering} onClose={() => setAnswering(null)} />}
      </Dialog>
    </>
  );
}

function RequestLine({ request, answer }: { request: PrivacyRequest; answer: (request: PrivacyRequest) => void }) {
  const { t, language } = useWords();
  const clinic = useClinic();
  const { days, working, law } = request.term;
  return (
    <li className={styles.request}>
      <div>
        <Link className={typography.strong} {...to.patient(clinic.alias, request.patient.id)}>
          {request.patient.displayName}
        </Link>
        <div className={clsx(typography.small, typography.muted)}>
          {t(`privacy.kind.${request.kind}`)}
          {request.patient.restricted && `, ${t('privacy.restrictedNow')}`}
        </div>
        {(request.reason ?? request.note) && <p className={clsx(typography.small, typography.quote)}>{request.reason ?? request.note}</p>}
      </div>
      <div>
        <RequestStatus request={request} />
        <div className={clsx(typography.small, typography.muted)}>
          {t('privacy.received', { date: dayMonthYear(request.receivedOn, language) })},{' '}
          {t(working ? 'privacy.workingDays' : 'privacy.days', { count: days })}
          {law ? `, ${law}` : ''}
        </div>
        {request.closedBy && <div className={clsx(typography.small, typography.muted)}>{t('privacy.by', { name: request.closedBy })}</div>}
      </div>
      <div className={styles.requestAction}>
        {request.state === 'open' && may(clinic, 'answer-privacy-requests') && (
          <Button
            small
            aria-label={t('privacy.answerOf', { name: request.patient.displayName })}
            onClick={() => answer(request)}
            data-testid="answer-request"
          >
            {t('privacy.answer')}
          </Button>
        )}
      </div>
    </li>
  );
}
