import { IconSettings } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import clsx from 'clsx';
import { useDeferredValue, useState } from 'react';
import { may } from '../../api/may';
import * as tickets from '../../api/tickets';
import { useClinic, useWords } from '../../app/clinic';
import { type TicketsSearch, to } from '../../app/paths';
import { addDays, todayIn } from '../../time/clinicTime';
import { moment } from '../../time/format';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { ExportMenu } from '../../ui/ExportMenu';
import { SelectField, TextField } from '../../ui/Field';
import { Icon } from '../../ui/Icon';
import layout from '../../ui/layout.module.css';
import lists from '../../ui/lists.module.css';
import { Empty, LoadError, PageHead, Skeleton } from '../../ui/Page';
import typography from '../../ui/typography.module.css';
import { nameOf } from './names';
import { CategorySelect, StateSelect, useTicketChange } from './TicketBar';
import { TicketFigures } from './TicketFigures';
import { TicketSettingsForm } from './TicketSettingsForm';
import styles from './Tickets.module.css';

/** Thirty days, today among them. */
const DAYS = 30;

/** What people want of the clinic: by state and category, with the figures of the last thirty days. */
export function Tickets() {
  const { t } = useWords();
  const clinic = useClinic();
  const search = useSearch({ from: '/c/$clinic/conversations/tickets' });
  const navigate = useNavigate({ from: '/c/$clinic/conversations/tickets' });
  const [settings, setSettings] = useState(false);
  // Words are about patients: they stand in no address.
  const [typed, setTyped] = useState('');
  const words = useDeferredValue(typed.trim());
  const looking = words.length > 1 || /^#?\d/.test(words);
  const found = useQuery({ ...tickets.foundTicketsQuery(clinic.id, words), enabled: looking, placeholderData: keepPreviousData });
  const listed = useInfiniteQuery(tickets.ticketsQuery(clinic.id, search));
  const query = looking ? found : listed;
  const items = looking ? (found.data ?? []) : (listed.data?.pages.flatMap((page) => page.items) ?? []);
  const today = todayIn(clinic.timeZone);
  const days = { from: addDays(today, 1 - DAYS), to: addDays(today, 1) };
  const set = (change: Partial<TicketsSearch>) => void navigate({ search: (before) => ({ ...before, ...change }) });
  return (
    <>
      <PageHead title={t('tickets.title')} under={<Link {...to.conversations(clinic.alias)}>{t('nav.conversations')}</Link>}>
        {may(clinic, 'edit-clinic') && (
          <>
            <Button onClick={() => setSettings(true)} iconOnPhone data-testid="ticket-settings">
              <Icon of={IconSettings} />
              <span>{t('tickets.settings')}</span>
            </Button>
            <ExportMenu
              label={t('tickets.export')}
              name="recado-tickets"
              fetch={(format) => tickets.exportTickets(clinic.id, { ...days, format })}
              testId="export-tickets"
            />
          </>
        )}
      </PageHead>
      <div className={styles.filters}>
        <TextField
          label={t('tickets.search')}
          type="search"
          maxLength={200}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          data-testid="ticket-search"
        />
        <SelectField
          label={t('tickets.state')}
          value={search.state ?? ''}
          onChange={(event) => set({ state: (event.target.value || undefined) as TicketsSearch['state'] })}
        >
          <option value="">{t('tickets.every')}</option>
          {tickets.ticketStates.map((state) => (
            <option key={state} value={state}>
              {t(`tickets.states.${state}`)}
            </option>
          ))}
        </SelectField>
        <SelectField
          label={t('tickets.category')}
          value={search.category ?? ''}
          onChange={(event) => set({ category: (event.target.value || undefined) as TicketsSearch['category'] })}
        >
          <option value="">{t('tickets.every')}</option>
          {tickets.ticketCategories.map((category) => (
            <option key={category} value={category}>
              {t(`tickets.categories.${category}`)}
            </option>
          ))}
        </SelectField>
        <TextField
          label={t('tickets.from')}
          type="date"
          value={search.from ?? ''}
          onChange={(event) => set({ from: event.target.value || undefined })}
        />
        <TextField
          label={t('tickets.until')}
          type="date"
          value={search.to ? addDays(search.to, -1) : ''}
          onChange={(event) => set({ to: event.target.value ? addDays(event.target.value, 1) : undefined })}
        />
      </div>
      {query.isPending ? (
        <Skeleton rows={5} tall />
      ) : query.isLoadingError ? (
        <LoadError error={query.error} title={t('tickets.error')} retry={() => void query.refetch()} />
      ) : items.length === 0 ? (
        <Empty title={t(looking ? 'tickets.notFound' : 'tickets.none')} text={t(looking ? 'tickets.notFoundText' : 'tickets.noneText')} />
      ) : (
        <ul className={clsx(lists.ruled, lists.lined)} data-testid="tickets">
          {items.map((one) => (
            <Row key={one.id} ticket={one} />
          ))}
        </ul>
      )}
      {!looking && listed.hasNextPage && (
        <Button small kind="quiet" disabled={listed.isFetchingNextPage} onClick={() => void listed.fetchNextPage()}>
          {t('inbox.earlier')}
        </Button>
      )}
      {may(clinic, 'see-reports') && <TicketFigures days={days} />}
      <Dialog opened={settings} onClose={() => setSettings(false)} title={t('tickets.settings')}>
        {settings && <Settings onClose={() => setSettings(false)} />}
      </Dialog>
    </>
  );
}

function Settings({ onClose }: { onClose: () => void }) {
  const clinic = useClinic();
  const saved = useQuery(tickets.ticketSettingsQuery(clinic.id)).data;
  return saved ? <TicketSettingsForm key={saved.version} saved={saved} onClose={onClose} /> : <Skeleton rows={4} />;
}

function Row({ ticket }: { ticket: tickets.Ticket }) {
  const { t, language } = useWords();
  const clinic = useClinic();
  const change = useTicketChange();
  const disabled = change.isPending || !may(clinic, 'write-messages');
  return (
    <li className={styles.row}>
      <span className={styles.who}>
        <Link {...to.conversations(clinic.alias, { id: ticket.conversationId })}>
          <b className={typography.strong}>
            {t('tickets.number', { number: ticket.number })} {nameOf(ticket, t)}
          </b>
        </Link>
        <span className={clsx(typography.small, typography.muted)}>
          {[
            moment(ticket.openedAt, clinic.timeZone, language),
            ticket.assignee ?? t('inbox.unassigned'),
            ticket.categoryBy === 'model' ? t('tickets.byModel') : ticket.categoryBy === 'rule' ? t('tickets.byRule') : null,
            ticket.pictures.length > 0 ? t('tickets.withPictures', { count: ticket.pictures.length }) : null,
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </span>
      <span className={clsx(layout.row, layout.wrap)}>
        <CategorySelect ticket={ticket} disabled={disabled} change={change.mutate} />
        <StateSelect ticket={ticket} disabled={disabled} change={change.mutate} />
      </span>
    </li>
  );
}
