import { Menu } from '@mantine/core';
import { IconCheck, IconChevronLeft, IconDots, IconId, IconRefresh, IconUserPlus } from '@tabler/icons-react';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import clsx from 'clsx';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Conversation, ConversationEntry } from '../../api/conversations';
import * as inbox from '../../api/conversations';
import { keys } from '../../api/keys';
import { may } from '../../api/may';
import { sentenceFor } from '../../api/problems';
import { linesQuery } from '../../api/queries';
import { openTicket } from '../../api/tickets';
import { useClinic, useWords } from '../../app/clinic';
import { type ConversationsSearch, to } from '../../app/paths';
import { addDays, instantAt, todayIn } from '../../time/clinicTime';
import { moment } from '../../time/format';
import { Button, buttonLook } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import layout from '../../ui/layout.module.css';
import { failed } from '../../ui/notices';
import { LoadError, Skeleton } from '../../ui/Page';
import { phoneText } from '../../ui/phone';
import typography from '../../ui/typography.module.css';
import { WriteDialog } from '../messages/WriteDialog';
import { Entries } from './Entries';
import { HandOverBar } from './HandOverBar';
import inboxStyles from './Inbox.module.css';
import { nameOf } from './names';
import { type Outgoing, ReplyBox } from './ReplyBox';
import styles from './Thread.module.css';
import { TicketBar, useTicketChange } from './TicketBar';
import { useConversationChange } from './useConversationChange';

/** One conversation: who takes care of it, what was said, and the box to answer in. */
export function Thread({ id, back, onPatient }: { id: string; back: ConversationsSearch; onPatient?: (() => void) | undefined }) {
  const { t } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const one = useQuery(inbox.conversationQuery(clinic.id, id));
  const entries = useInfiniteQuery(inbox.entriesQuery(clinic.id, id));
  const [outgoing, setOutgoing] = useState<Outgoing[]>([]);
  const [quoted, setQuoted] = useState<ConversationEntry | null>(null);
  const engine = useQuery(linesQuery(clinic.id)).data?.find((line) => line.id === one.data?.line.id)?.engine;
  const reaction = useMutation({
    mutationFn: ({ entry, emoji }: { entry: ConversationEntry; emoji: string }) =>
      inbox.react(clinic.id, id, entry.id, emoji, crypto.randomUUID()),
    onError: (error) => failed(sentenceFor(error, t), t('action.close')),
    onSettled: () => void client.invalidateQueries({ queryKey: keys.of(clinic.id, 'conversation-entries') }),
  });
  // Twilio's interface knows neither quotes nor reactions.
  const answering =
    engine && engine !== 'twilio' && may(clinic, 'write-messages')
      ? { quote: setQuoted, react: (entry: ConversationEntry, emoji: string) => reaction.mutate({ entry, emoji }) }
      : null;
  const said = entries.data?.pages.flatMap((page) => page.items).reverse() ?? [];
  const newest = said.at(-1)?.id;
  const scroller = useRef<HTMLDivElement>(null);
  const length = useRef(0);
  const before = useRef(0);
  const unread = one.data?.unread === true || one.data?.mentioned === true;

  // Whoever has it open has seen it.
  useEffect(() => {
    if (!unread) return;
    void inbox
      .readConversation(clinic.id, id)
      .then(() => client.invalidateQueries({ queryKey: keys.of(clinic.id, 'conversations') }))
      .catch(() => {});
  }, [client, clinic.id, id, unread]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: something new at the end is what scrolls
  useLayoutEffect(() => {
    const pane = scroller.current;
    if (pane) pane.scrollTop = pane.scrollHeight;
  }, [newest, outgoing.length]);
  // What is put in front of the first line moves nothing that is on screen.
  useLayoutEffect(() => {
    const pane = scroller.current;
    if (!pane) return;
    if (said.length > length.current && length.current > 0 && pane.scrollTop < 40) {
      pane.scrollTop = pane.scrollHeight - before.current;
    }
    length.current = said.length;
    before.current = pane.scrollHeight;
  });

  if (one.isLoadingError) {
    return (
      <section className={clsx(inboxStyles.pane, inboxStyles.thread)}>
        <LoadError error={one.error} title={t('inbox.oneError')} retry={() => void one.refetch()} />
      </section>
    );
  }
  return (
    <section
      className={clsx(inboxStyles.pane, inboxStyles.thread, styles.thread)}
      aria-label={one.data && nameOf(one.data, t)}
      data-testid="thread"
    >
      {one.data && <Head conversation={one.data} back={back} onPatient={onPatient} />}
      {one.data?.handOver && <HandOverBar conversation={one.data} />}
      <TicketBar conversationId={id} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: whoever has no mouse scrolls it by keys */}
      <div className={styles.says} ref={scroller} tabIndex={0} role="log" aria-label={t('inbox.said')}>
        {entries.hasNextPage && (
          <Button small kind="quiet" disabled={entries.isFetchingNextPage} onClick={() => void entries.fetchNextPage()}>
            {t('inbox.earlier')}
          </Button>
        )}
        {entries.isPending || !one.data ? <Skeleton rows={5} tall /> : <Entries entries={said} outgoing={outgoing} answering={answering} />}
      </div>
      <WhoTypes id={id} />
      {one.data && may(clinic, 'write-messages') && (
        <ReplyBox conversation={one.data} outgoing={outgoing} setOutgoing={setOutgoing} quoted={quoted} setQuoted={setQuoted} />
      )}
    </section>
  );
}

function WhoTypes({ id }: { id: string }) {
  const { t } = useWords();
  const clinic = useClinic();
  const { data } = useQuery({ ...inbox.typingQuery(clinic.id, id), refetchInterval: ({ state }) => (state.data?.length ? 5_000 : false) });
  return (
    <p className={clsx(styles.typing, typography.small, typography.muted)} role="status" data-testid="typing">
      {data?.length ? t('inbox.typing', { names: data.map((one) => one.name).join(', '), count: data.length }) : ''}
    </p>
  );
}

function Head(props: { conversation: Conversation; back: ConversationsSearch; onPatient: (() => void) | undefined }) {
  const { conversation: one, back, onPatient } = props;
  const { t, language } = useWords();
  const clinic = useClinic();
  const members = useQuery(inbox.inboxMembersQuery(clinic.id)).data ?? [];
  const teams = useQuery(inbox.inboxTeamsQuery(clinic.id)).data ?? [];
  const change = useConversationChange(one);
  const ticket = useTicketChange();
  const busy = change.isPending;
  const [writing, setWriting] = useState(false);
  const acts = may(clinic, 'write-messages');
  const resolved = one.state === 'resolved';
  const tomorrow = instantAt(addDays(todayIn(clinic.timeZone), 1), 9 * 60, clinic.timeZone);
  const nextWeek = instantAt(addDays(todayIn(clinic.timeZone), 7), 9 * 60, clinic.timeZone);
  return (
    <header className={styles.head}>
      <Link
        className={clsx(buttonLook({ kind: 'quiet', small: true, iconOnly: true }), styles.back)}
        {...to.conversations(clinic.alias, back)}
        aria-label={t('inbox.back')}
      >
        <Icon of={IconChevronLeft} />
      </Link>
      <div className={styles.who}>
        <h2 className={typography.ellipsis}>{nameOf(one, t)}</h2>
        <p className={clsx(typography.tiny, typography.muted, typography.ellipsis)}>
          {[
            one.contact.phone ? phoneText(one.contact.phone) : t('conversations.noNumber'),
            t('inbox.onLine', { line: one.line.name }),
            ...(one.team ? [one.team.name] : []),
          ].join(' · ')}
          {one.snoozedUntil && ` · ${t('inbox.backAt', { when: moment(one.snoozedUntil, clinic.timeZone, language) })}`}
        </p>
      </div>
      {onPatient && (
        <Button kind="quiet" small iconOnly aria-label={t('inbox.patient')} onClick={onPatient} data-testid="show-patient">
          <Icon of={IconId} />
        </Button>
      )}
      {acts && (
        <>
          <Menu>
            <Menu.Target>
              <Button small iconOnPhone disabled={busy} data-testid="assign">
                <Icon of={IconUserPlus} />
                <span>{one.assignee ? (one.assignee.you ? t('inbox.you') : one.assignee.name) : t('inbox.unassigned')}</span>
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {!one.assignee?.you && (
                <Menu.Item onClick={() => change.mutate((seen) => inbox.takeConversation(clinic.id, seen))} data-testid="take">
                  {t('inbox.take')}
                </Menu.Item>
              )}
              {members
                .filter((member) => !member.you && member.memberId !== one.assignee?.memberId)
                .map((member) => (
                  <Menu.Item
                    key={member.memberId}
                    onClick={() => change.mutate((seen) => inbox.assignConversation(clinic.id, seen, member.memberId))}
                  >
                    {member.name}
                  </Menu.Item>
                ))}
              {one.assignee && (
                <Menu.Item onClick={() => change.mutate((seen) => inbox.assignConversation(clinic.id, seen, null))}>
                  {t('inbox.unassigned')}
                </Menu.Item>
              )}
              {teams.length > 0 && (
                <>
                  <Menu.Label>{t('inbox.team')}</Menu.Label>
                  {teams
                    .filter((team) => team.id !== one.team?.id)
                    .map((team) => (
                      <Menu.Item key={team.id} onClick={() => change.mutate((seen) => inbox.giveToTeam(clinic.id, seen, team.id))}>
                        {team.name}
                      </Menu.Item>
                    ))}
                  {one.team && (
                    <Menu.Item onClick={() => change.mutate((seen) => inbox.giveToTeam(clinic.id, seen, null))}>
                      {t('inbox.noTeam')}
                    </Menu.Item>
                  )}
                </>
              )}
            </Menu.Dropdown>
          </Menu>
          <Button
            small
            iconOnPhone
            disabled={busy}
            onClick={() =>
              change.mutate((seen) => (resolved ? inbox.reopenConversation(clinic.id, seen) : inbox.resolveConversation(clinic.id, seen)))
            }
            data-testid="resolve"
          >
            <Icon of={resolved ? IconRefresh : IconCheck} />
            <span>{t(resolved ? 'inbox.reopen' : 'inbox.resolve')}</span>
          </Button>
          <Menu position="bottom-end">
            <Menu.Target>
              <Button kind="quiet" small iconOnly aria-label={t('inbox.more')} data-testid="more">
                <Icon of={IconDots} />
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={() => setWriting(true)} data-testid="write">
                {t('inbox.placeOrContact')}
              </Menu.Item>
              <Menu.Item onClick={() => ticket.mutate(() => openTicket(clinic.id, one.id, crypto.randomUUID()))} data-testid="open-ticket">
                {t('tickets.open')}
              </Menu.Item>
              <Menu.Item
                onClick={() =>
                  change.mutate((seen) =>
                    inbox.sortConversation(clinic.id, seen, {
                      priority: seen.priority === 'urgent' ? 'normal' : 'urgent',
                      labels: seen.labels,
                    }),
                  )
                }
              >
                {t(one.priority === 'urgent' ? 'inbox.notUrgent' : 'inbox.markUrgent')}
              </Menu.Item>
              <Menu.Item onClick={() => change.mutate((seen) => inbox.handOverConversation(clinic.id, seen))} data-testid="hand-over">
                {t('inbox.handOverTo')}
              </Menu.Item>
              {!resolved && (
                <>
                  <Menu.Label>{t('inbox.snooze')}</Menu.Label>
                  <Menu.Item onClick={() => change.mutate((seen) => inbox.snoozeConversation(clinic.id, seen, inAnHour()))}>
                    {t('inbox.anHour')}
                  </Menu.Item>
                  {[tomorrow, nextWeek].map((until) => (
                    <Menu.Item key={until} onClick={() => change.mutate((seen) => inbox.snoozeConversation(clinic.id, seen, until))}>
                      {moment(until, clinic.timeZone, language)}
                    </Menu.Item>
                  ))}
                  <Menu.Divider />
                  <Menu.Item onClick={() => change.mutate((seen) => inbox.leaveToRecado(clinic.id, seen))}>{t('inbox.leave')}</Menu.Item>
                </>
              )}
            </Menu.Dropdown>
          </Menu>
          <WriteDialog
            opened={writing}
            addressee={
              one.patients[0] && one.patients.length === 1 && !one.linked
                ? { kind: 'patient', id: one.patients[0].id }
                : { kind: 'contact', id: one.contact.id }
            }
            name={nameOf(one, t)}
            onClose={() => setWriting(false)}
          />
        </>
      )}
      <span className={layout.visuallyHidden} role="status">
        {t(`inbox.states.${one.state}`)}
      </span>
    </header>
  );
}

const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();
