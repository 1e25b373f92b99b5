import { useQuery, useQueryClient } from '@tanstack/react-query';
import clsx from 'clsx';
import { useState } from 'react';
import { changeMemberPermissions } from '../../api/actions';
import { keys } from '../../api/keys';
import { memberPermissionsQuery } from '../../api/queries';
import type { Member, MemberPermission, MemberPermissionRule, MemberPermissions, MemberPermissionsInput, Role } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { Check } from '../../ui/Field';
import { SavingForm, useSaving } from '../../ui/Form';
import fields from '../../ui/fields.module.css';
import { done } from '../../ui/notices';
import { LoadError, Skeleton } from '../../ui/Page';
import typography from '../../ui/typography.module.css';
import settings from './settings.module.css';

/** The roles that may hold each, beside owners. Owners hold what owners may hold, whatever is decided. */
const roleOf = { 'clinical-notes': 'practitioner', exports: 'receptionist', campaigns: 'receptionist' } as const satisfies Record<
  MemberPermission,
  Role
>;
const ownersHold: readonly MemberPermission[] = ['exports', 'campaigns'];

/** What is ticked: the role as a whole, and who of it. */
interface Ticked {
  all: boolean;
  people: readonly string[];
}
type Choice = Record<MemberPermission, Ticked>;

/** Who may see notes, take lists out as files, and send campaigns. */
export function MemberPermissionsForm({ members, onClose }: { members: Member[]; onClose: () => void }) {
  const { t } = useWords();
  const clinic = useClinic();
  const decided = useQuery(memberPermissionsQuery(clinic.id));
  if (decided.isPending) return <Skeleton rows={4} />;
  if (decided.isLoadingError) return <LoadError error={decided.error} title={t('settings.error')} retry={() => void decided.refetch()} />;
  return <Form members={members} decided={decided.data} onClose={onClose} />;
}

function Form({ members, decided, onClose }: { members: Member[]; decided: MemberPermissions; onClose: () => void }) {
  const { t } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const [choice, setChoice] = useState<Choice>(() => ticked(decided.items, members));
  const [secondFactor, setSecondFactor] = useState(decided.secondFactorRequired);
  const body: MemberPermissionsInput = {
    items: decided.items.map(({ permission }) => ruleOf(permission, choice[permission], members)),
    secondFactorRequired: secondFactor,
  };
  const { saving } = useSaving(
    (asked: MemberPermissionsInput) => changeMemberPermissions(clinic.id, decided.version, asked),
    (saved) => {
      client.setQueryData(memberPermissionsQuery(clinic.id).queryKey, saved);
      void client.invalidateQueries({ queryKey: keys.me });
      done(t('permissions.saved'), t('action.close'));
      onClose();
    },
  );
  const tick = (permission: MemberPermission, next: Ticked) => setChoice({ ...choice, [permission]: next });
  return (
    <SavingForm saving={saving} body={body} onClose={onClose}>
      <p className={clsx(typography.small, typography.muted)}>{t('permissions.hint')}</p>
      {decided.items.map(({ permission }) => {
        const whose = eligible(members, permission);
        const { all, people } = choice[permission];
        return (
          <fieldset key={permission} className={fields.choices} data-testid={`permission-${permission}`}>
            <legend className={fields.label}>{t(`permissions.of.${permission}`)}</legend>
            {ownersHold.includes(permission) && <Check type="checkbox" checked disabled readOnly label={t('permissions.owners')} />}
            <Check
              type="checkbox"
              checked={all}
              onChange={(event) =>
                tick(permission, { all: event.target.checked, people: event.target.checked ? whose.map((one) => one.id) : [] })
              }
              label={t(`permissions.all.${roleOf[permission]}`)}
              hint={t('permissions.allHint')}
            />
            <div className={settings.people}>
              {whose.map((one) => (
                <Check
                  key={one.id}
                  type="checkbox"
                  checked={people.includes(one.id)}
                  onChange={(event) =>
                    tick(permission, {
                      all,
                      people: event.target.checked ? [...people, one.id] : people.filter((id) => id !== one.id),
                    })
                  }
                  label={one.name}
                />
              ))}
            </div>
          </fieldset>
        );
      })}
      <fieldset className={fields.choices}>
        <legend className={fields.label}>{t('permissions.signIn')}</legend>
        <Check
          type="checkbox"
          checked={secondFactor}
          onChange={(event) => setSecondFactor(event.target.checked)}
          label={t('permissions.secondFactor')}
          hint={t('permissions.secondFactorHint')}
        />
      </fieldset>
    </SavingForm>
  );
}

/** Those about whom there is something to decide: who is an owner too holds it anyway. */
const eligible = (members: Member[], permission: MemberPermission) =>
  members.filter((one) => one.roles.includes(roleOf[permission]) && !(ownersHold.includes(permission) && one.roles.includes('owner')));

function ticked(rules: MemberPermissionRule[], members: Member[]): Choice {
  const choice = {} as Choice;
  for (const { permission, roles, grantedTo, withheldFrom } of rules) {
    const all = roles.includes(roleOf[permission]);
    const people = eligible(members, permission)
      .map((one) => one.id)
      .filter((id) => grantedTo.includes(id) || (all && !withheldFrom.includes(id)));
    choice[permission] = { all, people };
  }
  return choice;
}

/** Only what differs from the role is said of a person: who joins later is treated as their role is. */
function ruleOf(permission: MemberPermission, { all, people }: Ticked, members: Member[]): MemberPermissionRule {
  const ids = eligible(members, permission).map((one) => one.id);
  return {
    permission,
    roles: all ? [roleOf[permission]] : [],
    grantedTo: all ? [] : ids.filter((id) => people.includes(id)),
    withheldFrom: all ? ids.filter((id) => !people.includes(id)) : [],
  };
}
