import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import clsx from 'clsx';
import { useDeferredValue, useState } from 'react';
import { clinicOrders, clinicOverviewsQuery } from '../../api/overview';
import type { ClinicOrder, ClinicOverview } from '../../api/types';
import { useNow, useWords } from '../../app/clinic';
import { relative } from '../../time/format';
import { Button } from '../../ui/Button';
import { SelectField, TextField } from '../../ui/Field';
import filterBar from '../../ui/filterBar.module.css';
import lists from '../../ui/lists.module.css';
import { Empty, LoadError, Skeleton } from '../../ui/Page';
import { StatusLabel } from '../../ui/Status';
import typography from '../../ui/typography.module.css';
import { PlatformHead } from './PlatformHead';
import styles from './PlatformUsage.module.css';

/** What every clinic uses, sorted by what one looks for: who outgrows a plan, whose lines are down, who writes most. */
export function PlatformUsage() {
  const { t } = useWords();
  const { sort = 'name', find = '' } = useSearch({ from: '/platform/usage' });
  const navigate = useNavigate({ from: '/platform/usage' });
  const [typed, setTyped] = useState(find);
  const words = useDeferredValue(typed.trim());
  const clinics = useInfiniteQuery(clinicOverviewsQuery(sort, words));
  const items = clinics.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <PlatformHead title={t('overview.title')} under={t('overview.under')} />
      <div className={clsx(filterBar.bar, styles.filters)}>
        <TextField
          label={t('overview.find')}
          type="search"
          maxLength={100}
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            void navigate({ search: (before) => ({ ...before, find: event.target.value.trim() || undefined }), replace: true });
          }}
          data-testid="overview-find"
        />
        <SelectField
          label={t('overview.sort')}
          value={sort}
          onChange={(event) => void navigate({ search: (before) => ({ ...before, sort: event.target.value as ClinicOrder }) })}
          data-testid="overview-sort"
        >
          {clinicOrders.map((one) => (
            <option key={one} value={one}>
              {t(`overview.by.${one}`)}
            </option>
          ))}
        </SelectField>
      </div>
      {clinics.isPending ? (
        <Skeleton rows={8} />
      ) : clinics.isLoadingError ? (
        <LoadError error={clinics.error} title={t('platform.error')} retry={() => void clinics.refetch()} />
      ) : items.length === 0 ? (
        <Empty title={t(words ? 'overview.none' : 'platform.empty')} text={t(words ? 'overview.noneText' : 'platform.emptyText')} />
      ) : (
        <ul className={clsx(lists.ruled, lists.lined)} data-testid="overviews">
          {items.map((one) => (
            <Row key={one.id} clinic={one} />
          ))}
        </ul>
      )}
      {clinics.hasNextPage && (
        <div className={lists.more}>
          <Button disabled={clinics.isFetchingNextPage} onClick={() => void clinics.fetchNextPage()}>
            {t('action.more')}
          </Button>
        </div>
      )}
    </>
  );
}

function Row({ clinic }: { clinic: ClinicOverview }) {
  const { t, language } = useWords();
  const now = useNow();
  const number = new Intl.NumberFormat(language);
  const { figures } = clinic;
  const use = figures?.planUsePercent ?? null;
  return (
    <li className={styles.row} data-testid={`overview-${clinic.alias}`}>
      <div className={styles.who}>
        <b className={typography.strong}>{clinic.name}</b>
        <span className={clsx(typography.small, typography.muted, typography.block)}>
          {clinic.alias} · {clinic.country}
          {clinic.state === 'suspended' && ` · ${t('suspension.suspended')}`}
          {clinic.state === 'provisioning' && ` · ${t('platform.provisioning')}`}
        </span>
      </div>
      {figures ? (
        <dl className={styles.figures}>
          <div>
            <dt>{t('overview.plan')}</dt>
            <dd>
              {figures.plan ?? t('overview.noPlan')}
              {use !== null && (
                <StatusLabel tone={use >= 100 ? 'fail' : use >= 80 ? 'wait' : 'mute'}>
                  {new Intl.NumberFormat(language, { style: 'percent' }).format(use / 100)}
                </StatusLabel>
              )}
            </dd>
          </div>
          <div>
            <dt>{t('overview.members')}</dt>
            <dd>{figures.members === null ? t('usage.unknown') : number.format(figures.members)}</dd>
          </div>
          <div>
            <dt>{t('overview.lines')}</dt>
            <dd>
              {t('overview.running', { linked: number.format(figures.linesLinked), all: number.format(figures.lines) })}
              {figures.linesDown > 0 && <StatusLabel tone="fail">{t('overview.down', { count: figures.linesDown })}</StatusLabel>}
            </dd>
          </div>
          <div>
            <dt>{t('overview.messages')}</dt>
            <dd>{number.format(figures.messagesThisMonth)}</dd>
          </div>
          <div>
            <dt>{t('overview.storage')}</dt>
            <dd>{number.format(figures.storageMegabytes)}</dd>
          </div>
        </dl>
      ) : (
        <span className={clsx(typography.small, typography.muted)}>{t('overview.uncounted')}</span>
      )}
      <span className={clsx(typography.tiny, typography.muted, styles.when)}>
        {figures && t('overview.at', { when: relative(figures.at, now, language) })}
      </span>
    </li>
  );
}
