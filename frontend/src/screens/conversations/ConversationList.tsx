import { IconAlarm, IconClockHour4, IconUser } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import clsx from 'clsx';
import { type KeyboardEvent, useEffect, useMemo, useRef } from 'react';
import { type Conversation, type ConversationFilter, type ConversationTurn, conversationsQuery } from '../../api/conversations';
import { useClinic, useNow, useWords } from '../../app/clinic';
import { type ConversationsSearch, to } from '../../app/paths';
import { minutesBetween } from '../../time/clinicTime';
import { moment } from '../../time/format';
import { Icon } from '../../ui/Icon';
import layout from '../../ui/layout.module.css';
import { Empty, LoadError, Skeleton } from '../../ui/Page';
import { messageSigns, StatusLabel } from '../../ui/Status';
import typography from '../../ui/typography.module.css';
import styles from './ConversationList.module.css';
import { eachOnce } from './eachOnce';
import { nameOf } from './names';
import { useWindow } from './useWindow';

const HEADING = 40;
const ROW = 84;
const turns: readonly ConversationTurn[] = ['clinic', 'patient', 'recado'];

type Row = { heading: string; count: string } | { conversation: Conversation };

function usePages(filter: ConversationFilter, enabled: boolean) {
  const clinic = useClinic();
  const query = useInfiniteQuery({ ...conversationsQuery(clinic.id, filter), enabled });
  const items = useMemo(() => (query.data?.pages ?? []).flatMap((page) => page.items), [query.data]);
  return { query, items, at: query.dataUpdatedAt };
}

/** Whose turn it is orders the list: who waits for us, urgent and longest first, then who we wait for, then what Recado carries. */
export function ConversationList({ filter, search }: { filter: ConversationFilter; search: ConversationsSearch }) {
  const { t } = useWords();
  const grouped = filter.state === undefined;
  const groups = {
    clinic: usePages({ ...filter, turn: 'clinic' }, grouped),
    patient: usePages({ ...filter, turn: 'patient' }, grouped),
    recado: usePages({ ...filter, turn: 'recado' }, grouped),
  };
  const flat = usePages(filter, !grouped);
  const shown = grouped ? turns.map((turn) => groups[turn]) : [flat];
  const once = eachOnce(shown);
  const rows: Row[] = grouped
    ? turns.flatMap((turn, at) => {
        const { query } = groups[turn];
        const items = once[at] ?? [];
        const heading = { heading: t(`inbox.turn.${turn}`), count: `${items.length}${query.hasNextPage ? '+' : ''}` };
        return items.length === 0 ? [] : [heading, ...items.map((conversation) => ({ conversation }))];
      })
    : (once[0] ?? []).map((conversation) => ({ conversation }));
  const failed = shown.find(({ query }) => query.isLoadingError);
  if (failed) {
    return <LoadError error={failed.query.error} title={t('inbox.error')} retry={() => void failed.query.refetch()} />;
  }
  if (shown.some(({ query }) => query.isPending)) return <Skeleton rows={6} tall />;
  if (rows.length === 0) {
    return <Empty small art="spike" title={t(grouped ? 'conversations.allDone' : 'inbox.nothing')} text={t('inbox.nothingText')} />;
  }
  return (
    <Rows
      rows={rows}
      search={search}
      onEnd={() => {
        const more = shown.find(({ query }) => query.hasNextPage && !query.isFetchingNextPage);
        void more?.query.fetchNextPage();
      }}
    />
  );
}

function Rows({ rows, search, onEnd }: { rows: Row[]; search: ConversationsSearch; onEnd: () => void }) {
  const { t } = useWords();
  const scroller = useRef<HTMLDivElement>(null);
  const heights = useMemo(() => rows.map((row) => ('heading' in row ? HEADING : ROW)), [rows]);
  const { tops, total, first, end, look } = useWindow(scroller, heights);
  const atEnd = end >= rows.length;
  const ask = useRef(onEnd);
  ask.current = onEnd;
  // The next page is asked for when the end comes into view, not when it is reached.
  useEffect(() => {
    if (atEnd && rows.length > 0) ask.current();
  }, [atEnd, rows.length]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the links inside take the focus; arrows only move it between them
    <div className={styles.scroller} ref={scroller} onScroll={look} onKeyDown={byArrows}>
      <ul className={styles.rows} style={{ blockSize: total }} aria-label={t('nav.conversations')} data-testid="conversations">
        {rows.slice(first, end).map((row, at) => (
          <li key={'heading' in row ? row.heading : row.conversation.id} style={{ insetBlockStart: tops[first + at] }}>
            {'heading' in row ? (
              <div className={styles.heading}>
                <h2>{row.heading}</h2>
                <span className={clsx(typography.small, typography.muted)}>{row.count}</span>
              </div>
            ) : (
              <One conversation={row.conversation} search={search} />
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Up and down go from one conversation to the next. */
function byArrows(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('a')];
  const next = links[links.indexOf(document.activeElement as HTMLElement) + (event.key === 'ArrowDown' ? 1 : -1)];
  if (!next) return;
  event.preventDefault();
  next.focus();
  next.scrollIntoView({ block: 'nearest' });
}

function One({ conversation: one, search }: { conversation: Conversation; search: ConversationsSearch }) {
  const { t, language } = useWords();
  const clinic = useClinic();
  const now = useNow();
  const last = one.last;
  const words = last?.text ?? (last ? t(`conversations.kind.${last.kind}`, { defaultValue: t('conversations.kind.other') }) : '');
  const said = !last || last.by === 'patient' ? words : t(last.by === 'recado' ? 'inbox.recadoSaid' : 'inbox.clinicSaid', { words });
  const facts = [
    one.assignee ? (one.assignee.you ? t('inbox.you') : one.assignee.name) : one.turn === 'clinic' ? t('inbox.unassigned') : null,
    one.snoozedUntil ? t('inbox.backAt', { when: moment(one.snoozedUntil, clinic.timeZone, language) }) : null,
    one.team?.name ?? null,
    ...one.labels,
  ].filter(Boolean);
  return (
    <Link
      {...to.conversations(clinic.alias, { ...search, id: one.id })}
      className={clsx(styles.row, one.unread && styles.unread)}
      aria-current={search.id === one.id ? 'true' : undefined}
      data-testid={`conversation-${one.id}`}
    >
      <span className={clsx(styles.name, typography.ellipsis)}>
        {nameOf(one, t)}
        {one.unread && <span className={layout.visuallyHidden}> {t('inbox.unread')}</span>}
      </span>
      <span className={clsx(typography.small, typography.muted, typography.nowrap)}>
        {moment(last?.at ?? one.lastAt, clinic.timeZone, language)}
      </span>
      <span className={clsx(styles.preview, typography.small, typography.ellipsis)}>{said}</span>
      <span className={styles.foot}>
        {one.waitingSince && one.turn === 'clinic' && (
          <StatusLabel tone={one.priority === 'urgent' ? 'no' : 'wait'} icon={IconClockHour4}>
            {waited(Math.max(0, minutesBetween(one.waitingSince, now)), t)}
          </StatusLabel>
        )}
        {one.responseDueAt && one.responseWarnAt && one.turn === 'clinic' && now >= one.responseWarnAt && (
          <StatusLabel tone={now >= one.responseDueAt ? 'fail' : 'wait'} icon={IconAlarm}>
            {now >= one.responseDueAt
              ? t('inbox.overdue')
              : t('inbox.dueIn', { count: Math.max(1, minutesBetween(now, one.responseDueAt)) })}
          </StatusLabel>
        )}
        {last && last.by !== 'patient' && last.state && (
          <span className={clsx(typography.tiny, typography.muted)}>{t(`status.${messageSigns[last.state].word}`)}</span>
        )}
        {one.handOver && <span className={clsx(typography.tiny, typography.strong)}>{t('inbox.handOver.sign')}</span>}
        {one.priority === 'urgent' && <span className={clsx(typography.tiny, typography.strong)}>{t('inbox.urgent')}</span>}
        {one.mentioned && <span className={clsx(typography.tiny, typography.strong)}>{t('inbox.mentionsYou')}</span>}
        {facts.length > 0 && (
          <span className={clsx(typography.tiny, typography.muted, typography.ellipsis)}>
            {one.assignee && <Icon of={IconUser} small />} {facts.join(' · ')}
          </span>
        )}
      </span>
    </Link>
  );
}

function waited(minutes: number, t: (key: string, values?: Record<string, unknown>) => string): string {
  if (minutes < 90) return t('inbox.minutes', { count: minutes });
  if (minutes < 48 * 60) return t('inbox.hours', { count: Math.round(minutes / 60) });
  return t('inbox.days', { count: Math.round(minutes / (24 * 60)) });
}
