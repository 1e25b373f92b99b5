import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { inviteMember } from '../../api/actions';
import { keys } from '../../api/keys';
import type { Language, NewInvitation, Role } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { languageNames, languages } from '../../i18n';
import { SelectField } from '../../ui/Field';
import { SavingForm, useSaving } from '../../ui/Form';
import { done } from '../../ui/notices';
import { nobody, PersonFields, personOf } from '../../ui/PersonFields';

export const roles: readonly Role[] = ['owner', 'receptionist', 'practitioner'];

/** Invites somebody by e-mail. They belong to the clinic when they accept; whether they have an account is not told. */
export function InviteForm({ onClose }: { onClose: () => void }) {
  const { t } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const [person, setPerson] = useState(nobody);
  const [role, setRole] = useState<Role>('receptionist');
  const [language, setLanguage] = useState<Language>(clinic.locale);
  const { saving, refused } = useSaving(
    (invitation: NewInvitation, key) => inviteMember(clinic.id, invitation, key),
    (saved) => {
      void client.invalidateQueries({ queryKey: keys.of(clinic.id, 'invitations') });
      done(t('settings.invited', { name: saved.name }), t('action.close'));
      onClose();
    },
  );
  return (
    <SavingForm saving={saving} body={{ ...personOf(person), roles: [role], language }} submit={t('settings.invite')} onClose={onClose}>
      <PersonFields
        person={person}
        set={(change) => setPerson({ ...person, ...change })}
        refused={refused}
        emailHint={t('settings.emailHint')}
        autoFocus
      />
      <SelectField
        label={t('settings.role')}
        value={role}
        onChange={(event) => setRole(event.target.value as Role)}
        hint={t(`settings.roleHint.${role}`)}
      >
        {roles.map((role) => (
          <option key={role} value={role}>
            {t(`role.${role}`)}
          </option>
        ))}
      </SelectField>
      <SelectField label={t('settings.mailLanguage')} value={language} onChange={(event) => setLanguage(event.target.value as Language)}>
        {languages.map((each) => (
          <option key={each} value={each} lang={each}>
            {languageNames[each]}
          </option>
        ))}
      </SelectField>
    </SavingForm>
  );
}
