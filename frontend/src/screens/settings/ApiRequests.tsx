import { useQuery } from '@tanstack/react-query';
import clsx from 'clsx';
import { useState } from 'react';
import { apiClientsQuery, apiRequestsQuery, apiUseQuery } from '../../api/queries';
import type { ApiClientUse, ApiRequest } from '../../api/types';
import { useClinic, useNow, useWords } from '../../app/clinic';
import { relative } from '../../time/format';
import { Check, SelectField } from '../../ui/Field';
import filterBar from '../../ui/filterBar.module.css';
import lists from '../../ui/lists.module.css';
import { LoadError, Section, Skeleton } from '../../ui/Page';
import { StatusLabel, type Tone } from '../../ui/Status';
import typography from '../../ui/typography.module.css';
import styles from './ApiRequests.module.css';
import settings from './settings.module.css';

/** What programs asked of the API, for whoever writes them: how much of their share they use, and each request. */
export function ApiRequests() {
  const { t } = useWords();
  return (
    <div className={settings.list}>
      <Section title={t('developers.use')} />
      <Use />
      <div className={settings.below}>
        <Section title={t('developers.requests')} />
        <p className={clsx(typography.small, typography.muted, settings.about)}>{t('developers.requestsHint')}</p>
        <Requests />
      </div>
    </div>
  );
}

function Use() {
  const { t } = useWords();
  const clinic = useClinic();
  const use = useQuery(apiUseQuery(clinic.id));
  const nameOf = useNames();
  if (use.isPending) return <Skeleton rows={2} />;
  if (use.isLoadingError) return <LoadError error={use.error} title={t('settings.error')} retry={() => void use.refetch()} />;
  return (
    <>
      <p className={clsx(typography.small, typography.muted, settings.about)}>
        {t('developers.share', { all: use.data.perMinute, key: use.data.perMinuteOfAKey })}
      </p>
      {use.data.items.length === 0 ? (
        <p className={typography.muted}>{t('developers.noUse')}</p>
      ) : (
        <ul className={clsx(lists.ruled, lists.lined)} data-testid="api-use">
          {use.data.items.map((one) => (
            <UseRow key={one.clientId ?? 'gone'} use={one} name={nameOf(one.clientId)} perMinute={use.data.perMinuteOfAKey} />
          ))}
        </ul>
      )}
    </>
  );
}

function UseRow({ use, name, perMinute }: { use: ApiClientUse; name: string; perMinute: number }) {
  const { t, language } = useWords();
  const number = new Intl.NumberFormat(language);
  const facts = [
    t('developers.asked', { count: use.requests, number: number.format(use.requests) }),
    use.refused > 0 ? t('developers.refused', { number: number.format(use.refused) }) : null,
    use.failed > 0 ? t('developers.failed', { number: number.format(use.failed) }) : null,
  ];
  return (
    <li className={clsx(settings.row, styles.asked)}>
      <span>
        <b className={typography.strong}>{name}</b>
        <br />
        <span className={clsx(typography.small, typography.muted)}>{facts.filter(Boolean).join(' · ')}</span>
      </span>
      <span className={typography.small}>
        {t('developers.lastMinute', { number: number.format(use.lastMinute), most: number.format(perMinute) })}
      </span>
      <span>
        {use.limited > 0 && <StatusLabel tone="wait">{t('developers.limited', { number: number.format(use.limited) })}</StatusLabel>}
      </span>
    </li>
  );
}

function Requests() {
  const { t } = useWords();
  const clinic = useClinic();
  const clients = useQuery(apiClientsQuery(clinic.id));
  const [clientId, setClientId] = useState('');
  const [refused, setRefused] = useState(false);
  const requests = useQuery(apiRequestsQuery(clinic.id, clientId || undefined, refused));
  const nameOf = useNames();
  return (
    <>
      <div className={clsx(filterBar.bar, styles.filters)}>
        <SelectField label={t('developers.program')} value={clientId} onChange={(event) => setClientId(event.target.value)}>
          <option value="">{t('developers.everyProgram')}</option>
          {clients.data?.map((one) => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
          ))}
        </SelectField>
        <Check
          type="checkbox"
          checked={refused}
          onChange={(event) => setRefused(event.target.checked)}
          label={t('developers.refusedOnly')}
        />
      </div>
      {requests.isPending ? (
        <Skeleton rows={4} />
      ) : requests.isLoadingError ? (
        <LoadError error={requests.error} title={t('settings.error')} retry={() => void requests.refetch()} />
      ) : requests.data.length === 0 ? (
        <p className={typography.muted}>{t('developers.noRequests')}</p>
      ) : (
        <ul className={clsx(lists.ruled, lists.lined)} data-testid="api-requests">
          {requests.data.map((one) => (
            <RequestRow key={one.id} request={one} name={nameOf(one.clientId)} />
          ))}
        </ul>
      )}
    </>
  );
}

function RequestRow({ request, name }: { request: ApiRequest; name: string }) {
  const { t, language } = useWords();
  const now = useNow();
  const facts = [
    name,
    relative(request.at, now, language),
    `${request.millis} ms`,
    request.address,
    request.skipped > 0 ? t('developers.skipped', { count: request.skipped }) : null,
    request.status >= 400 ? request.traceId : null,
  ];
  return (
    <li className={clsx(settings.row, styles.asked)}>
      <span>
        <b className={typography.strong}>{request.operation ?? t('developers.noOperation')}</b>{' '}
        <span className={clsx(typography.small, typography.muted)}>{request.method}</span>
        <br />
        <span className={clsx(typography.small, typography.muted)}>{facts.filter(Boolean).join(' · ')}</span>
      </span>
      <span className={clsx(typography.small, typography.muted)}>{request.problem}</span>
      <span>
        <StatusLabel tone={toneOf(request.status)}>{String(request.status)}</StatusLabel>
      </span>
    </li>
  );
}

function toneOf(status: number): Tone {
  if (status >= 500) return 'fail';
  return status >= 400 ? 'wait' : 'ok';
}

/** The name of a program; of one that is gone, that it is. */
function useNames(): (id: string | null) => string {
  const { t } = useWords();
  const clinic = useClinic();
  const clients = useQuery(apiClientsQuery(clinic.id));
  return (id) => clients.data?.find((one) => one.id === id)?.name ?? t('developers.gone');
}
