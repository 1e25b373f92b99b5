import { IconDeviceDesktopOff, IconKey, IconUserMinus, IconUserPlus } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import clsx from 'clsx';
import { useState } from 'react';
import { removeMember, setRoles, signMemberOut } from '../../api/actions';
import { keys } from '../../api/keys';
import { sentenceFor } from '../../api/problems';
import { membersQuery } from '../../api/queries';
import type { Member, Role } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { Button } from '../../ui/Button';
import chips from '../../ui/chips.module.css';
import { Dialog } from '../../ui/Dialog';
import forms from '../../ui/forms.module.css';
import { Icon } from '../../ui/Icon';
import layout from '../../ui/layout.module.css';
import lists from '../../ui/lists.module.css';
import { done, failed } from '../../ui/notices';
import { LoadError, Section, Skeleton } from '../../ui/Page';
import typography from '../../ui/typography.module.css';
import { Invitations } from './Invitations';
import { InviteForm, roles } from './InviteForm';
import { MemberPermissionsForm } from './MemberPermissions';
import settings from './settings.module.css';

/** Who works here and as what. E-mail and password belong to the person, not to the clinic. */
export function Members() {
  const { t } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const members = useQuery(membersQuery(clinic.id));
  const [adding, setAdding] = useState(false);
  const [deciding, setDeciding] = useState(false);
  const [leaving, setLeaving] = useState<Member | null>(null);
  const refresh = () => void client.invalidateQueries({ queryKey: keys.of(clinic.id, 'members') });
  const change = useMutation({
    mutationFn: ({ member, next }: { member: Member; next: Role[] | null }) =>
      next ? setRoles(clinic.id, member.id, next) : removeMember(clinic.id, member.id),
    onSuccess: (_, { member, next }) =>
      done(t(next ? 'settings.roleChanged' : 'settings.removed', { name: member.name }), t('action.close')),
    onError: (error) => failed(sentenceFor(error, t), t('action.close')),
    onSettled: refresh,
  });
  const signOut = useMutation({
    mutationFn: (member: Member) => signMemberOut(clinic.id, member.id),
    onSuccess: (_, member) => done(t('permissions.signedOut', { name: member.name }), t('action.close')),
    onError: (error) => failed(sentenceFor(error, t), t('action.close')),
  });
  if (members.isPending) return <Skeleton rows={4} />;
  if (members.isLoadingError) return <LoadError error={members.error} title={t('settings.error')} retry={() => void members.refetch()} />;
  return (
    <div className={settings.list}>
      <Section title={t('settings.members')}>
        <span className={clsx(layout.row, layout.wrap, layout.end)}>
          <Button onClick={() => setDeciding(true)} data-testid="member-permissions">
            <Icon of={IconKey} />
            {t('permissions.title')}
          </Button>
          <Button kind="primary" onClick={() => setAdding(true)} data-testid="new-member">
            <Icon of={IconUserPlus} />
            {t('settings.newMember')}
          </Button>
        </span>
      </Section>
      <ul className={clsx(lists.ruled, lists.lined)}>
        {members.data.map((member) => (
          <li key={member.id} className={clsx(settings.row, settings.member)}>
            <div className={layout.fill}>
              <b className={typography.strong}>{member.name}</b>{' '}
              {member.you && <span className={clsx(typography.small, typography.muted)}>{t('settings.you')}</span>}
              <span className={clsx(typography.small, typography.muted, typography.block, typography.ellipsis)}>{member.email}</span>
            </div>
            <label className={clsx(chips.chip, chips.withInput)}>
              <span className={layout.visuallyHidden}>{t('settings.roleOf', { name: member.name })}</span>
              <select
                value={member.roles[0] ?? ''}
                disabled={change.isPending}
                onChange={(event) => change.mutate({ member, next: [event.target.value as Role] })}
              >
                {roles.map((role) => (
                  <option key={role} value={role}>
                    {t(`role.${role}`)}
                  </option>
                ))}
              </select>
            </label>
            <span className={layout.row}>
              <Button
                kind="quiet"
                small
                iconOnly
                aria-label={t('permissions.signOutName', { name: member.name })}
                title={t('permissions.signOut')}
                disabled={member.you || signOut.isPending}
                onClick={() => signOut.mutate(member)}
              >
                <Icon of={IconDeviceDesktopOff} />
              </Button>
              <Button
                kind="quiet"
                small
                iconOnly
                aria-label={t('settings.removeName', { name: member.name })}
                disabled={member.you}
                onClick={() => setLeaving(member)}
              >
                <Icon of={IconUserMinus} />
              </Button>
            </span>
          </li>
        ))}
      </ul>
      <Invitations />
      <Dialog opened={leaving !== null} onClose={() => setLeaving(null)} title={t('settings.removeTitle')}>
        <p>{t('settings.removeText', { name: leaving?.name ?? '' })}</p>
        <div className={clsx(layout.row, layout.wrap, forms.dialogActions)}>
          <Button
            kind="danger"
            onClick={() => {
              if (leaving) change.mutate({ member: leaving, next: null });
              setLeaving(null);
            }}
          >
            {t('settings.remove')}
          </Button>
          <Button onClick={() => setLeaving(null)}>{t('action.back')}</Button>
        </div>
      </Dialog>
      <Dialog opened={deciding} onClose={() => setDeciding(false)} title={t('permissions.title')}>
        {deciding && <MemberPermissionsForm members={members.data} onClose={() => setDeciding(false)} />}
      </Dialog>
      <Dialog opened={adding} onClose={() => setAdding(false)} title={t('settings.newMember')}>
        <InviteForm onClose={() => setAdding(false)} />
      </Dialog>
    </div>
  );
}
