import { IconAlertTriangle, IconCalendarPlus, IconPencil, IconX } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import clsx from 'clsx';
import { reactivateWaitlistEntry, withdrawWaitlistEntry } from '../../api/actions';
import { keys } from '../../api/keys';
import { sentenceFor } from '../../api/problems';
import type { WaitlistEntry } from '../../api/types';
import { type Translate, useClinic, useNow, useWords } from '../../app/clinic';
import { useClinicActions } from '../../app/clinicActions';
import { to } from '../../app/paths';
import { relative, shortDateWithin } from '../../time/format';
import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import { done, failed } from '../../ui/notices';
import { phoneText } from '../../ui/phone';
import { StatusLabel } from '../../ui/Status';
import typography from '../../ui/typography.module.css';
import styles from './Waitlist.module.css';
import { partsOf, partText } from './windows';

/** One who waits: who, for what and with whom, when they could come, and what can be done. */
export function Entry({ entry, book }: { entry: WaitlistEntry; book: ((entry: WaitlistEntry) => void) | null }) {
  const { t, language } = useWords();
  const clinic = useClinic();
  const actions = useClinicActions();
  const now = useNow();
  const withdraw = useWithdrawing();
  const name = entry.patient.displayName;
  const waits = entry.state === 'active' || entry.state === 'offered';
  return (
    <li className={styles.entry} data-testid={`waiting-${entry.id}`}>
      <div>
        <Link className={typography.strong} {...to.patient(clinic.alias, entry.patient.id)}>
          {name}
        </Link>
        <div className={clsx(typography.small, typography.muted)}>
          {entry.patient.phone ? phoneText(entry.patient.phone) : t('visit.noPhone')}
        </div>
      </div>
      <div>
        {entry.healthcareService.name}
        <div className={clsx(typography.small, typography.muted)}>
          {entry.practitioner?.name ?? t('find.anybody')}
          {entry.location && ` · ${entry.location.name}`}
        </div>
      </div>
      <div>
        <span>{whenOf(entry, t, language) || t('waitlist.whenever')}</span>
        <div className={clsx(typography.small, typography.muted)}>
          {entry.priority === 'urgent' && waits && (
            <>
              <StatusLabel tone="no" icon={IconAlertTriangle}>
                {t('waitlist.priorities.urgent')}
              </StatusLabel>{' '}
            </>
          )}
          {waits ? t('waitlist.since', { when: relative(entry.createdAt, now, language) }) : t(`waitlist.state.${entry.state}`)}
          {entry.note && <div className={typography.quote}>{entry.note}</div>}
        </div>
      </div>
      <div className={styles.actions}>
        {waits && book && (
          <Button small onClick={() => book(entry)} aria-label={t('waitlist.bookFor', { name })} data-testid="wait-book">
            <Icon of={IconCalendarPlus} />
            {t('waitlist.book')}
          </Button>
        )}
        {(waits || entry.state === 'expired') && actions.wait && (
          <>
            <Button small kind="quiet" iconOnly aria-label={t('waitlist.editOf', { name })} onClick={() => actions.wait?.({ entry })}>
              <Icon of={IconPencil} />
            </Button>
            <Button
              small
              kind="quiet"
              iconOnly
              aria-label={t('waitlist.withdrawOf', { name })}
              onClick={() => withdraw(entry)}
              data-testid="wait-withdraw"
            >
              <Icon of={IconX} />
            </Button>
          </>
        )}
        {entry.state === 'booked' && entry.appointmentId && (
          <Button small onClick={() => actions.show(entry.appointmentId ?? '')} aria-label={t('waitlist.visitOf', { name })}>
            {t('action.see')}
          </Button>
        )}
      </div>
    </li>
  );
}

/** The days and hours in words; empty when there is nothing to say. */
export function whenOf(entry: WaitlistEntry, t: Translate, language: string): string {
  const range = [
    entry.firstDay && t('waitlist.fromDay', { date: shortDateWithin(entry.firstDay, language) }),
    entry.lastDay && t('waitlist.untilDay', { date: shortDateWithin(entry.lastDay, language) }),
  ]
    .filter(Boolean)
    .join(' ');
  return [...partsOf(entry.windows).map((part) => partText(part, language)), range].filter(Boolean).join('; ');
}

/** Takes somebody off the list, with a way back. */
function useWithdrawing(): (entry: WaitlistEntry) => void {
  const { t } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const changing = useMutation({
    mutationFn: ({ seen, back }: { seen: WaitlistEntry; back: boolean }) =>
      back ? reactivateWaitlistEntry(clinic.id, seen) : withdrawWaitlistEntry(clinic.id, seen),
    onSuccess: (saved, { back }) => {
      const words = t(back ? 'waitlist.isBack' : 'waitlist.withdrawn', { name: saved.patient.displayName });
      done(
        words,
        t('action.close'),
        back ? undefined : { label: t('action.undo'), run: () => changing.mutate({ seen: saved, back: true }) },
      );
    },
    onError: (error) => failed(sentenceFor(error, t), t('action.close')),
    onSettled: () => void client.invalidateQueries({ queryKey: keys.of(clinic.id, 'waitlist') }),
  });
  return (entry) => changing.mutate({ seen: entry, back: false });
}
