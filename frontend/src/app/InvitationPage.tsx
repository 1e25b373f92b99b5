import { useMutation, useQuery } from '@tanstack/react-query';
import clsx from 'clsx';
import { acceptInvitation, declineInvitation } from '../api/actions';
import { Problem } from '../api/problems';
import { myInvitationQuery } from '../api/queries';
import type { Me } from '../api/types';
import { dateOf } from '../time/clinicTime';
import { dayMonth } from '../time/format';
import { Button } from '../ui/Button';
import { FormError } from '../ui/FormError';
import forms from '../ui/forms.module.css';
import layout from '../ui/layout.module.css';
import { LoadError, PageHead, Skeleton } from '../ui/Page';
import { useWords } from './clinic';
import { useConsoleSession } from './sessionContext';

export interface InvitationPath {
  organizationId: string;
  invitationId: string;
}

/** The link of an invitation's mail. It is no secret: the server shows it to the person it was sent to, and to nobody else. */
export function invitationIn(pathname: string): InvitationPath | null {
  const [, organizationId, invitationId] = /^\/invitation\/([0-9a-f-]{36})\/([0-9a-f-]{36})\/?$/.exec(pathname) ?? [];
  return organizationId && invitationId ? { organizationId, invitationId } : null;
}

/** Somebody who was invited says yes or no. Only from then on they belong to the clinic. */
export function InvitationPage({ invitation, me }: { invitation: InvitationPath; me: Me }) {
  const { t, language } = useWords();
  const session = useConsoleSession();
  const asked = useQuery(myInvitationQuery(invitation));
  const answer = useMutation({
    mutationFn: (yes: boolean) => (yes ? acceptInvitation(invitation) : declineInvitation(invitation)),
    onSuccess: (_, yes) => (yes && asked.data ? session.joined(`/c/${asked.data.alias}/today`) : undefined),
  });
  if (asked.isPending) return <Skeleton rows={4} />;
  if (asked.isError) {
    return asked.error instanceof Problem && asked.error.status === 404 ? (
      <>
        <PageHead title={t('invitation.gone')} under={t('invitation.goneText', { email: me.email ?? '' })} />
        <div className={clsx(layout.row, layout.wrap, layout.spaced)}>
          <Button onClick={() => void session.signOut()}>{t('invitation.otherAccount')}</Button>
          {me.organizations.length > 0 && <Button onClick={() => window.location.assign('/')}>{t('invitation.home')}</Button>}
        </div>
      </>
    ) : (
      <LoadError error={asked.error} title={t('error.heading')} retry={() => void asked.refetch()} />
    );
  }
  const { organizationName, invitedBy, roles, expiresAt } = asked.data;
  if (answer.isSuccess && answer.variables === false) {
    return <PageHead title={t('invitation.declined')} under={t('invitation.declinedText', { clinic: organizationName })} />;
  }
  return (
    <>
      <PageHead
        title={t('invitation.title', { clinic: organizationName })}
        under={t('invitation.text', { who: invitedBy, roles: roles.map((role) => t(`role.${role}`)).join(', ') })}
      />
      <div className={clsx(forms.form, layout.spaced)}>
        <p>
          {t('invitation.until', {
            email: me.email ?? '',
            date: dayMonth(dateOf(expiresAt, Intl.DateTimeFormat().resolvedOptions().timeZone), language),
          })}
        </p>
        <FormError error={answer.error} />
        <div className={clsx(layout.row, layout.wrap)}>
          <Button kind="primary" disabled={answer.isPending || answer.isSuccess} onClick={() => answer.mutate(true)} data-testid="accept">
            {t('invitation.accept')}
          </Button>
          <Button disabled={answer.isPending || answer.isSuccess} onClick={() => answer.mutate(false)}>
            {t('invitation.decline')}
          </Button>
        </div>
      </div>
    </>
  );
}
