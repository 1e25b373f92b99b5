import { IconSend, IconTicket } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { keys } from '../../api/keys';
import { may } from '../../api/may';
import { isStale, sentenceFor } from '../../api/problems';
import { attachmentQuery } from '../../api/queries';
import * as tickets from '../../api/tickets';
import { useClinic, useWords } from '../../app/clinic';
import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import { failed } from '../../ui/notices';
import typography from '../../ui/typography.module.css';
import styles from './TicketBar.module.css';

/** Changes a ticket; whoever was faster is shown first. */
export function useTicketChange() {
  const { t } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: () => Promise<unknown>) => change(),
    onError: (error) => failed(isStale(error) ? t('inbox.movedOn') : sentenceFor(error, t), t('action.close')),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: keys.of(clinic.id, 'tickets') });
      void client.invalidateQueries({ queryKey: keys.of(clinic.id, 'conversation-entries') });
    },
  });
}

/** The ticket that is open in a conversation: what it is about, how far it came, what was sent for it. */
export function TicketBar({ conversationId }: { conversationId: string }) {
  const { t } = useWords();
  const clinic = useClinic();
  const one = useQuery(tickets.ticketOfQuery(clinic.id, conversationId)).data;
  const change = useTicketChange();
  if (!one || one.state === 'closed') return null;
  const acts = may(clinic, 'write-messages') && !change.isPending;
  return (
    <div className={styles.bar} data-testid="ticket-bar">
      <b className={typography.strong}>
        <Icon of={IconTicket} small /> {t('tickets.number', { number: one.number })}
      </b>
      <CategorySelect ticket={one} disabled={!acts} change={change.mutate} />
      <StateSelect ticket={one} disabled={!acts} change={change.mutate} />
      {one.acknowledgedAt ? (
        <span className={typography.small}>{t('tickets.told')}</span>
      ) : (
        <Button
          small
          disabled={!acts}
          onClick={() => change.mutate(() => tickets.acknowledgeTicket(clinic.id, one))}
          data-testid="ticket-acknowledge"
        >
          <Icon of={IconSend} />
          {t('tickets.tell')}
        </Button>
      )}
      {one.pictures.length > 0 && <Gallery ids={one.pictures} />}
    </div>
  );
}

type Change = (change: () => Promise<unknown>) => void;

export function StateSelect({ ticket, disabled, change }: { ticket: tickets.Ticket; disabled: boolean; change: Change }) {
  const { t } = useWords();
  const clinic = useClinic();
  return (
    <select
      className={styles.select}
      aria-label={t('tickets.state')}
      value={ticket.state}
      disabled={disabled}
      onChange={(event) => {
        const state = event.target.value as tickets.TicketState;
        change(() => tickets.changeTicket(clinic.id, ticket, { state, category: ticket.category }));
      }}
      data-testid="ticket-state"
    >
      {tickets.ticketStates.map((state) => (
        <option key={state} value={state}>
          {t(`tickets.states.${state}`)}
        </option>
      ))}
    </select>
  );
}

export function CategorySelect({ ticket, disabled, change }: { ticket: tickets.Ticket; disabled: boolean; change: Change }) {
  const { t } = useWords();
  const clinic = useClinic();
  return (
    <select
      className={styles.select}
      aria-label={t('tickets.category')}
      value={ticket.category ?? ''}
      disabled={disabled}
      onChange={(event) => {
        const category = (event.target.value || null) as tickets.TicketCategory | null;
        change(() => tickets.changeTicket(clinic.id, ticket, { state: ticket.state, category }));
      }}
      data-testid="ticket-category"
    >
      <option value="">{t('tickets.noCategory')}</option>
      {tickets.ticketCategories.map((category) => (
        <option key={category} value={category}>
          {t(`tickets.categories.${category}`)}
        </option>
      ))}
    </select>
  );
}

/** The pictures that were sent for a ticket, small; each opens as it is. */
export function Gallery({ ids }: { ids: string[] }) {
  const { t } = useWords();
  return (
    <ul className={styles.gallery} aria-label={t('tickets.pictures')} data-testid="ticket-gallery">
      {ids.map((id, at) => (
        <li key={id}>
          <Picture id={id} name={t('tickets.picture', { number: at + 1 })} />
        </li>
      ))}
    </ul>
  );
}

function Picture({ id, name }: { id: string; name: string }) {
  const clinic = useClinic();
  const bytes = useQuery(attachmentQuery(clinic.id, id)).data;
  const address = useMemo(() => (bytes ? URL.createObjectURL(bytes) : null), [bytes]);
  useEffect(() => () => (address ? URL.revokeObjectURL(address) : undefined), [address]);
  if (!address) return null;
  return (
    <a href={address} target="_blank" rel="noreferrer">
      <img src={address} alt={name} />
    </a>
  );
}
