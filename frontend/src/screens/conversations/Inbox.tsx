import { useMediaQuery } from '@mantine/hooks';
import { IconSearch, IconTicket, IconUserCheck, IconUserOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import clsx from 'clsx';
import { useDeferredValue, useEffect, useState } from 'react';
import {
  type ConversationFilter,
  conversationCountsQuery,
  conversationQuery,
  inboxTeamsQuery,
  labelsQuery,
  searchConversations,
} from '../../api/conversations';
import { keys } from '../../api/keys';
import { may } from '../../api/may';
import { linesQuery } from '../../api/queries';
import { useAvailability } from '../../app/availability';
import { LineBanner } from '../../app/Banners';
import { useClinic, useWords } from '../../app/clinic';
import { type ConversationsSearch, to } from '../../app/paths';
import { moment } from '../../time/format';
import { buttonLook } from '../../ui/Button';
import chips from '../../ui/chips.module.css';
import { SidePanel } from '../../ui/Dialog';
import { Segments } from '../../ui/Field';
import fields from '../../ui/fields.module.css';
import { Icon } from '../../ui/Icon';
import layout from '../../ui/layout.module.css';
import lists from '../../ui/lists.module.css';
import { PageHead } from '../../ui/Page';
import typography from '../../ui/typography.module.css';
import { CannedReplies } from './CannedReplies';
import { ConversationList } from './ConversationList';
import { HandOverDialog } from './HandOverDialog';
import styles from './Inbox.module.css';
import { nameOf } from './names';
import { PatientBeside } from './PatientBeside';
import { Thread } from './Thread';

/** The clinic's shared inbox: who waits for an answer, what was said, and the patient with their visits beside it. */
export function Inbox() {
  const { t } = useWords();
  const clinic = useClinic();
  const search = useSearch({ from: '/c/$clinic/conversations' });
  // What is looked for is about patients: it never stands in an address.
  const [text, setText] = useState('');
  const open = useQuery({ ...conversationQuery(clinic.id, search.id ?? ''), enabled: search.id !== undefined });
  const filter: ConversationFilter = {
    ...(search.show ? { assignee: search.show === 'mine' ? 'me' : 'none' } : {}),
    ...(search.state ? { state: search.state } : {}),
    ...(search.label ? { label: search.label } : {}),
    ...(search.team ? { teamId: search.team } : {}),
    ...(search.line ? { lineId: search.line } : {}),
    ...(search.from ? { from: search.from } : {}),
  };
  // Between a phone, where the patient stands below, and a wide screen, they are opened beside the thread.
  const narrow = useMediaQuery('(min-width: 721px) and (max-width: 1180px)', undefined, { getInitialValueInEffect: false }) ?? false;
  const [beside, setBeside] = useState(false);
  const conversation = search.id && open.data?.id === search.id ? open.data : null;
  return (
    <>
      <div className={search.id ? styles.hiddenHead : undefined}>
        <PageHead title={t('nav.conversations')}>
          <Filters search={search} />
        </PageHead>
        <LineBanner />
      </div>
      <div className={clsx(styles.inbox, !conversation && styles.noBeside)} data-open={search.id ? '' : undefined}>
        <section className={styles.listPane} aria-label={t('nav.conversations')}>
          <div className={styles.search}>
            <input
              className={fields.input}
              type="search"
              aria-label={t('inbox.search')}
              placeholder={t('inbox.search')}
              maxLength={200}
              value={text}
              onChange={(event) => setText(event.target.value)}
              data-testid="inbox-search"
            />
          </div>
          {text.trim().length >= 2 ? <Found text={text} search={search} /> : <ConversationList filter={filter} search={search} />}
        </section>
        {search.id ? (
          <Thread
            key={search.id}
            id={search.id}
            back={{ ...search, id: undefined }}
            onPatient={narrow ? () => setBeside(true) : undefined}
          />
        ) : (
          <p className={clsx(styles.pane, styles.nothing, typography.muted)}>{t('inbox.choose')}</p>
        )}
        {conversation && !narrow && <PatientBeside className={styles.pane} conversation={conversation} />}
      </div>
      {conversation && narrow && (
        <SidePanel opened={beside} onClose={() => setBeside(false)} title={nameOf(conversation, t)}>
          <PatientBeside conversation={conversation} />
        </SidePanel>
      )}
    </>
  );
}

function Filters({ search }: { search: ConversationsSearch }) {
  const { t } = useWords();
  const clinic = useClinic();
  const navigate = useNavigate({ from: '/c/$clinic/conversations' });
  const counts = useQuery(conversationCountsQuery(clinic.id)).data;
  const lines = useQuery(linesQuery(clinic.id)).data ?? [];
  const teams = useQuery(inboxTeamsQuery(clinic.id)).data ?? [];
  const labels = useQuery(labelsQuery(clinic.id)).data ?? [];
  const set = (change: Partial<ConversationsSearch>) => void navigate({ search: (before) => ({ ...before, ...change }) });
  const counted = (word: string, count: number | undefined) => (count === undefined ? word : `${word}, ${count}`);
  return (
    <div className={styles.filters}>
      <Segments
        label={t('inbox.whose')}
        value={search.show ?? 'all'}
        onChange={(value) => set({ show: value === 'all' ? undefined : value })}
        options={[
          { value: 'mine', label: counted(t('inbox.mine'), counts?.mine) },
          { value: 'unassigned', label: counted(t('inbox.unassigned'), counts?.unassigned) },
          { value: 'all', label: counted(t('inbox.all'), counts?.open) },
        ]}
      />
      {lines.length > 1 && (
        <Choice
          label={t('inbox.line')}
          value={search.line}
          options={lines.map((line) => [line.id, line.name])}
          onChange={(line) => set({ line })}
        />
      )}
      {teams.length > 0 && (
        <Choice
          label={t('inbox.team')}
          value={search.team}
          options={teams.map((team) => [team.id, team.name])}
          onChange={(team) => set({ team })}
        />
      )}
      {labels.length > 0 && (
        <Choice
          label={t('inbox.label')}
          value={search.label}
          options={labels.map((label) => [label, label])}
          onChange={(label) => set({ label })}
        />
      )}
      <Choice
        label={t('inbox.state')}
        value={search.state}
        all={t('inbox.going')}
        options={(['snoozed', 'pending', 'resolved'] as const).map((state) => [state, t(`inbox.states.${state}`)])}
        onChange={(state) => set({ state: state as ConversationsSearch['state'] })}
      />
      {may(clinic, 'write-messages') && (
        <>
          <Available />
          <Link className={buttonLook({ kind: 'quiet', small: true })} {...to.tickets(clinic.alias)} data-testid="tickets-link">
            <Icon of={IconTicket} />
            {t('tickets.title')}
          </Link>
          <CannedReplies />
          <HandOverDialog />
        </>
      )}
    </div>
  );
}

/** Whether conversations are given to this person while their console is open. */
function Available() {
  const { t } = useWords();
  const clinic = useClinic();
  const [available, setAvailable] = useAvailability(clinic.id);
  return (
    <button
      type="button"
      className={chips.chip}
      aria-pressed={available}
      title={t('inbox.availableHint')}
      onClick={() => setAvailable(!available)}
      data-testid="available"
    >
      <Icon of={available ? IconUserCheck : IconUserOff} small />
      {t(available ? 'inbox.available' : 'inbox.away')}
    </button>
  );
}

function Choice(props: {
  label: string;
  value: string | undefined;
  all?: string;
  options: (readonly [string, string])[];
  onChange: (value: string | undefined) => void;
}) {
  return (
    <span className={clsx(chips.chip, chips.withInput)}>
      <select aria-label={props.label} value={props.value ?? ''} onChange={(event) => props.onChange(event.target.value || undefined)}>
        <option value="">{props.all ?? props.label}</option>
        {props.options.map(([value, word]) => (
          <option key={value} value={value}>
            {word}
          </option>
        ))}
      </select>
    </span>
  );
}

/** What people said with these words, the newest first. */
function Found({ text, search }: { text: string; search: ConversationsSearch }) {
  const { t, language } = useWords();
  const clinic = useClinic();
  const wanted = useDeferredValue(text.trim());
  const [settled, setSettled] = useState(wanted);
  useEffect(() => {
    const timer = window.setTimeout(() => setSettled(wanted), 200);
    return () => window.clearTimeout(timer);
  }, [wanted]);
  const { data, isError } = useQuery({
    queryKey: keys.of(clinic.id, 'conversations', 'search', settled),
    queryFn: ({ signal }) => searchConversations(clinic.id, settled, signal),
    staleTime: 10_000,
    gcTime: 60_000,
  });
  if (isError) return <p className={typography.small}>{t('inbox.searchError')}</p>;
  return (
    <div aria-live="polite">
      {data?.items.length === 0 && (
        <p className={clsx(typography.small, typography.muted, layout.row)}>
          <Icon of={IconSearch} small />
          {t('inbox.foundNothing')}
        </p>
      )}
      <ul className={lists.ruled} data-testid="found">
        {data?.items.map((one) => (
          <li key={one.entryId}>
            <Link {...to.conversations(clinic.alias, { ...search, id: one.conversationId })}>
              <b className={typography.strong}>{nameOf(one, t)}</b>{' '}
              <span className={clsx(typography.small, typography.muted)}>{moment(one.at, clinic.timeZone, language)}</span>
            </Link>
            <p className={typography.small}>{one.text}</p>
          </li>
        ))}
      </ul>
    </div>
  );
}
