import { IconPhone } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import clsx from 'clsx';
import { keys } from '../../api/keys';
import { isSupport, may } from '../../api/may';
import { linesQuery, messagesPage } from '../../api/queries';
import { messageStates } from '../../api/states';
import { LineBanner } from '../../app/Banners';
import { useClinic, useWords } from '../../app/clinic';
import { type MessagesSearch, to } from '../../app/paths';
import { addDays } from '../../time/clinicTime';
import { moment } from '../../time/format';
import { Button } from '../../ui/Button';
import chips from '../../ui/chips.module.css';
import filterBar from '../../ui/filterBar.module.css';
import { Icon } from '../../ui/Icon';
import lists from '../../ui/lists.module.css';
import { Empty, LoadError, PageHead, Skeleton } from '../../ui/Page';
import { MessageStatus, messageSigns } from '../../ui/Status';
import typography from '../../ui/typography.module.css';
import styles from './Messages.module.css';
import { recipientOf } from './recipient';
import { isAhead, momentOf } from './steps';

/** The delivery log: every message, its state and why. The filters are in the address; no patient is. */
export function Messages() {
  const { t, language } = useWords();
  const clinic = useClinic();
  const { visit: _, ...search } = useSearch({ from: '/c/$clinic/messages' });
  const navigate = useNavigate({ from: '/c/$clinic/messages' });
  const change = (next: Partial<MessagesSearch>) => void navigate({ search: (before: MessagesSearch) => ({ ...before, ...next }) });
  const lines = useQuery({ ...linesQuery(clinic.id), enabled: !isSupport(clinic) });
  const { line, ...rest } = search;
  const messages = useInfiniteQuery({
    queryKey: keys.of(clinic.id, 'messages', 'list', search),
    queryFn: ({ pageParam, signal }) =>
      messagesPage(clinic.id, { ...rest, lineId: line, to: search.to && addDays(search.to, 1) }, pageParam || undefined, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor,
  });
  const found = (messages.data?.pages.flatMap((page) => page.items) ?? []).sort((a, b) => momentOf(b).localeCompare(momentOf(a)));
  const filtered = Boolean(search.state || search.from || search.to || line || search.channel);
  const channels = ['linked-device', 'cloud-api', 'twilio', 'evolution'] as const;
  return (
    <>
      <PageHead title={t('nav.messages')} under={t('messages.under')}>
        {may(clinic, 'write-messages') && (
          <Link className={chips.chip} {...to.unanswered(clinic.alias)} data-testid="unanswered-open">
            <Icon of={IconPhone} small />
            {t('notices.unanswered')}
          </Link>
        )}
      </PageHead>
      <LineBanner />
      <div className={clsx(filterBar.bar, styles.filters)}>
        <label className={clsx(chips.chip, chips.withInput)}>
          <span>{t('messages.state')}</span>
          <select
            value={search.state ?? ''}
            onChange={(event) => change({ state: event.target.value || undefined })}
            data-testid="messages-state"
          >
            <option value="">{t('messages.anyState')}</option>
            {messageStates.map((state) => (
              <option key={state} value={state}>
                {t(`status.${messageSigns[state].word}`)}
              </option>
            ))}
          </select>
        </label>
        <label className={clsx(chips.chip, chips.withInput)}>
          <span>{t('notices.channel')}</span>
          <select
            value={search.channel ?? ''}
            onChange={(event) => change({ channel: (event.target.value || undefined) as MessagesSearch['channel'] })}
            data-testid="messages-channel"
          >
            <option value="">{t('notices.anyChannel')}</option>
            {channels.map((channel) => (
              <option key={channel} value={channel}>
                {t(`notices.channels.${channel}`)}
              </option>
            ))}
          </select>
        </label>
        {(lines.data?.length ?? 0) > 1 && (
          <label className={clsx(chips.chip, chips.withInput)}>
            <span>{t('notices.line')}</span>
            <select value={line ?? ''} onChange={(event) => change({ line: event.target.value || undefined })}>
              <option value="">{t('notices.anyLine')}</option>
              {lines.data?.map((one) => (
                <option key={one.id} value={one.id}>
                  {one.name}
                </option>
              ))}
            </select>
          </label>
        )}
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
            onClick={() => change({ state: undefined, from: undefined, to: undefined, line: undefined, channel: undefined })}
          >
            {t('messages.clear')}
          </Button>
        )}
      </div>
      {messages.isPending ? (
        <Skeleton rows={12} />
      ) : messages.isLoadingError ? (
        <LoadError error={messages.error} title={t('messages.error')} retry={() => void messages.refetch()} />
      ) : found.length === 0 ? (
        <Empty
          small={filtered}
          art={filtered ? 'spike' : 'pad'}
          title={t(filtered ? 'messages.none' : 'messages.empty')}
          text={t(filtered ? 'messages.noneText' : 'messages.emptyText')}
        />
      ) : (
        <>
          <div
            className={clsx(lists.row, styles.message, styles.head, typography.tiny, typography.muted)}
            aria-hidden="true"
            data-testid="messages-head"
          >
            <span>{t('messages.when')}</span>
            <span>{t('visit.patient')}</span>
            <span>{t('messages.what')}</span>
            <span>{t('messages.state')}</span>
            <span>{t('messages.why')}</span>
          </div>
          <ul className={lists.ruled}>
            {found.map((message) => (
              <li key={message.id}>
                <Link
                  className={clsx(lists.row, styles.message)}
                  {...to.message(clinic.alias, message.id)}
                  data-testid={`message-${message.id}`}
                >
                  <span className={clsx(typography.small, typography.muted, typography.nowrap)}>
                    {t(isAhead(message) ? 'messages.leaves' : 'messages.at', {
                      when: moment(momentOf(message), clinic.timeZone, language),
                    })}
                  </span>
                  <b className={clsx(typography.strong, typography.ellipsis)}>{recipientOf(message, t)}</b>
                  <span className={clsx(typography.small, typography.muted, typography.ellipsis)}>{t(`kind.${message.kind}`)}</span>
                  <span className={styles.state}>
                    <MessageStatus state={message.state} bare={!['failed', 'unknown'].includes(message.state)} />
                  </span>
                  <span className={clsx(typography.small, typography.muted, typography.ellipsis, styles.why)}>
                    {message.reason ? t(`reason.${message.reason}`, { defaultValue: message.reason }) : ''}
                  </span>
                </Link>
              </li>
            ))}
          </ul>
          {messages.hasNextPage && (
            <div className={lists.more}>
              <Button disabled={messages.isFetchingNextPage} onClick={() => void messages.fetchNextPage()}>
                {t('action.more')}
              </Button>
            </div>
          )}
        </>
      )}
    </>
  );
}
