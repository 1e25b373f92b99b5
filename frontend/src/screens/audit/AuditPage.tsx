import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import clsx from 'clsx';
import { auditQuery, exportAudit } from '../../api/audit';
import { may } from '../../api/may';
import { apiClientsQuery, membersQuery } from '../../api/queries';
import type { AuditEntry } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { NoPermission } from '../../app/Problems';
import { type AuditSearch, to } from '../../app/paths';
import { addDays, dateOf, timeOf } from '../../time/clinicTime';
import { dayMonthYear } from '../../time/format';
import { Button } from '../../ui/Button';
import chips from '../../ui/chips.module.css';
import { ExportMenu } from '../../ui/ExportMenu';
import filterBar from '../../ui/filterBar.module.css';
import lists from '../../ui/lists.module.css';
import { Empty, LoadError, PageHead, Skeleton } from '../../ui/Page';
import typography from '../../ui/typography.module.css';
import styles from './Audit.module.css';
import { actions, actionWord, changesOf } from './auditWords';

/** Who did and read what; owners only. The filters are in the address, by id. */
export function AuditPage() {
  const clinic = useClinic();
  return may(clinic, 'see-audit') ? <Audit /> : <NoPermission />;
}

function Audit() {
  const { t } = useWords();
  const clinic = useClinic();
  const { visit: _, ...search } = useSearch({ from: '/c/$clinic/audit' });
  const navigate = useNavigate({ from: '/c/$clinic/audit' });
  const change = (next: Partial<AuditSearch>) => void navigate({ search: (before: AuditSearch) => ({ ...before, ...next }) });
  const members = useQuery(membersQuery(clinic.id));
  const clients = useQuery(apiClientsQuery(clinic.id));
  const filter = {
    actor: search.actor,
    action: search.action,
    recordId: search.record,
    from: search.from,
    to: search.to && addDays(search.to, 1),
  };
  const entries = useInfiniteQuery(auditQuery(clinic.id, filter));
  const found = entries.data?.pages.flatMap((page) => page.items) ?? [];
  const programs = (clients.data ?? []).flatMap((client) => client.keys.map((key) => ({ id: key.clientId, name: client.name })));
  const filtered = Object.values(search).some(Boolean);
  return (
    <>
      <PageHead title={t('audit.title')} under={t('audit.under')} above={<Link {...to.settings(clinic.alias)}>{t('nav.settings')}</Link>}>
        <ExportMenu
          label={t('audit.export')}
          name={t('audit.exportName')}
          fetch={(format) => exportAudit(clinic.id, filter, format)}
          testId="export-audit"
        />
      </PageHead>
      <div className={clsx(filterBar.bar, styles.filters)}>
        <label className={clsx(chips.chip, chips.withInput)}>
          <span>{t('audit.who')}</span>
          <select
            value={search.actor ?? ''}
            onChange={(event) => change({ actor: event.target.value || undefined })}
            data-testid="audit-actor"
          >
            <option value="">{t('audit.everybody')}</option>
            {[...(members.data ?? []), ...programs].map((one) => (
              <option key={one.id} value={one.id}>
                {one.name}
              </option>
            ))}
          </select>
        </label>
        <label className={clsx(chips.chip, chips.withInput)}>
          <span>{t('audit.what')}</span>
          <select
            value={search.action ?? ''}
            onChange={(event) => change({ action: event.target.value || undefined })}
            data-testid="audit-action"
          >
            <option value="">{t('audit.everything')}</option>
            {actions.map((action) => (
              <option key={action} value={action}>
                {actionWord(action, t)}
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
            onClick={() => change({ actor: undefined, action: undefined, record: undefined, from: undefined, to: undefined })}
            data-testid="audit-clear"
          >
            {t('messages.clear')}
          </Button>
        )}
      </div>
      {entries.isPending ? (
        <Skeleton rows={12} />
      ) : entries.isLoadingError ? (
        <LoadError error={entries.error} title={t('audit.error')} retry={() => void entries.refetch()} />
      ) : found.length === 0 ? (
        <Empty small={filtered} art={filtered ? 'spike' : 'pad'} title={t('audit.none')} text={t('audit.noneText')} />
      ) : (
        <>
          <ul className={lists.ruled} data-testid="audit-entries">
            {found.map((entry) => (
              <Entry
                key={entry.id}
                entry={entry}
                program={programs.find((one) => one.id === entry.actor)?.name}
                onRecord={(record) => change({ record })}
              />
            ))}
          </ul>
          {entries.hasNextPage && (
            <div className={lists.more}>
              <Button disabled={entries.isFetchingNextPage} onClick={() => void entries.fetchNextPage()}>
                {t('action.more')}
              </Button>
            </div>
          )}
        </>
      )}
    </>
  );
}

function Entry({ entry, program, onRecord }: { entry: AuditEntry; program?: string; onRecord: (record: string) => void }) {
  const { t, language } = useWords();
  const clinic = useClinic();
  const { recordId } = entry;
  const who = entry.actorName ?? program ?? t(`audit.kind.${entry.actorKind}`);
  const about = [changesOf(entry, t), entry.address].filter(Boolean).join(' · ');
  return (
    <li className={styles.entry}>
      <time className={clsx(typography.small, typography.muted)} dateTime={entry.at}>
        {dayMonthYear(dateOf(entry.at, clinic.timeZone), language)}, {timeOf(entry.at, clinic.timeZone)}
      </time>
      <b className={clsx(typography.strong, typography.ellipsis)}>{who}</b>
      <span className={styles.deed}>
        {actionWord(entry.action, t)}
        {about && <span className={clsx(typography.small, typography.muted, typography.block)}>{about}</span>}
      </span>
      <span className={styles.record}>
        {recordId && (
          <Button
            kind="quiet"
            small
            onClick={() => onRecord(recordId)}
            aria-label={`${t('audit.sameRecord')}: ${actionWord(entry.action, t)}, ${timeOf(entry.at, clinic.timeZone)}`}
          >
            {t('audit.sameRecord')}
          </Button>
        )}
      </span>
    </li>
  );
}
