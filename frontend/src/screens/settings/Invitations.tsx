import { IconMailForward, IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import clsx from 'clsx';
import { resendInvitation, revokeInvitation } from '../../api/actions';
import { keys } from '../../api/keys';
import { sentenceFor } from '../../api/problems';
import { invitationsQuery } from '../../api/queries';
import type { Invitation } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { dateOf } from '../../time/clinicTime';
import { dayMonth } from '../../time/format';
import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import layout from '../../ui/layout.module.css';
import lists from '../../ui/lists.module.css';
import { done, failed } from '../../ui/notices';
import { LoadError, Section } from '../../ui/Page';
import typography from '../../ui/typography.module.css';
import settings from './settings.module.css';

/** Who was invited and has not answered yet, to be reminded or forgotten. */
export function Invitations() {
  const { t, language } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const open = useQuery(invitationsQuery(clinic.id));
  const change = useMutation({
    mutationFn: async ({ one, what }: { one: Invitation; what: 'resent' | 'revoked' }) => {
      if (what === 'resent') await resendInvitation(clinic.id, one.id, crypto.randomUUID());
      else await revokeInvitation(clinic.id, one.id);
    },
    onSuccess: (_, { one, what }) => done(t(`settings.invitation.${what}`, { name: one.name }), t('action.close')),
    onError: (error) => failed(sentenceFor(error, t), t('action.close')),
    onSettled: () => void client.invalidateQueries({ queryKey: keys.of(clinic.id, 'invitations') }),
  });
  if (open.isLoadingError) return <LoadError error={open.error} title={t('settings.error')} retry={() => void open.refetch()} />;
  if (!open.data?.length) return null;
  return (
    <>
      <Section title={t('settings.invitation.title')} />
      <ul className={clsx(lists.ruled, lists.lined)} data-testid="invitations">
        {open.data.map((one) => (
          <li key={one.id} className={clsx(settings.row, settings.member)}>
            <div className={layout.fill}>
              <b className={typography.strong}>{one.name}</b>{' '}
              <span className={clsx(typography.small, typography.muted)}>{one.roles.map((role) => t(`role.${role}`)).join(', ')}</span>
              <span className={clsx(typography.small, typography.muted, typography.block, typography.ellipsis)}>{one.email}</span>
              <span className={clsx(typography.small, typography.muted, typography.block)}>
                {one.state === 'expired'
                  ? t('settings.invitation.expired')
                  : t('settings.invitation.until', {
                      who: one.invitedBy,
                      date: dayMonth(dateOf(one.expiresAt, clinic.timeZone), language),
                    })}
              </span>
            </div>
            <Button small disabled={change.isPending} onClick={() => change.mutate({ one, what: 'resent' })}>
              <Icon of={IconMailForward} />
              {t('settings.invitation.resend')}
            </Button>
            <Button
              kind="quiet"
              small
              iconOnly
              aria-label={t('settings.invitation.revokeName', { name: one.name })}
              disabled={change.isPending}
              onClick={() => change.mutate({ one, what: 'revoked' })}
            >
              <Icon of={IconTrash} />
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}
