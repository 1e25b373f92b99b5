import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { createOrganization } from '../../api/actions';
import { keys } from '../../api/keys';
import { hasCode } from '../../api/problems';
import type { Language, VisitWord } from '../../api/types';
import { useWords } from '../../app/clinic';
import { languageNames, languages } from '../../i18n';
import { SelectField, TextField } from '../../ui/Field';
import { SavingForm, useSaving } from '../../ui/Form';
import { fold } from '../../ui/fold';
import forms from '../../ui/forms.module.css';
import { done } from '../../ui/notices';
import { nobody, PersonFields, personOf } from '../../ui/PersonFields';

/** Countries Recado is offered in, with the zone most clinics there keep. */
const countries: Record<string, { zone: string; language: Language; word: VisitWord }> = {
  AR: { zone: 'America/Argentina/Buenos_Aires', language: 'es', word: 'turno' },
  BR: { zone: 'America/Sao_Paulo', language: 'pt-BR', word: 'cita' },
  CL: { zone: 'America/Santiago', language: 'es', word: 'cita' },
  CO: { zone: 'America/Bogota', language: 'es', word: 'cita' },
  ES: { zone: 'Europe/Madrid', language: 'es', word: 'cita' },
  MX: { zone: 'America/Mexico_City', language: 'es', word: 'cita' },
  PE: { zone: 'America/Lima', language: 'es', word: 'cita' },
  PY: { zone: 'America/Asuncion', language: 'es', word: 'turno' },
  US: { zone: 'America/New_York', language: 'en', word: 'cita' },
  UY: { zone: 'America/Montevideo', language: 'es', word: 'turno' },
};
const zones = typeof Intl.supportedValuesOf === 'function' ? Intl.supportedValuesOf('timeZone') : [];

/** A clinic and its first owner. If the identity server is away, sending it again carries on where it stopped. */
export function OrganizationForm({ onClose }: { onClose: () => void }) {
  const { t, language } = useWords();
  const client = useQueryClient();
  const [draft, setDraft] = useState({
    name: '',
    alias: '',
    country: 'AR',
    timeZone: countries.AR?.zone ?? '',
    locale: 'es' as Language,
    visitWord: 'turno' as VisitWord,
  });
  const [ownAlias, setOwnAlias] = useState(false);
  const [owner, setOwner] = useState(nobody);
  const set = (change: Partial<typeof draft>) => setDraft((before) => ({ ...before, ...change }));
  const names = new Intl.DisplayNames([language], { type: 'region' });
  const { saving, refused } = useSaving(createOrganization, (saved) => {
    void client.invalidateQueries({ queryKey: keys.platform });
    done(t('platform.created', { name: saved.name }), t('action.close'));
    onClose();
  });
  if (hasCode(saving.error, 'alias-taken')) refused.alias = t('problem.alias-taken');
  return (
    <SavingForm
      saving={saving}
      body={{ ...draft, name: draft.name.trim(), owner: personOf(owner) }}
      submit={t('platform.create')}
      onClose={onClose}
    >
      <div className={forms.columns}>
        <TextField
          label={t('platform.name')}
          required
          data-autofocus
          value={draft.name}
          onChange={(event) => set({ name: event.target.value, ...(ownAlias ? {} : { alias: aliasOf(event.target.value) }) })}
          error={refused.name}
        />
        <TextField
          label={t('platform.alias')}
          required
          pattern="[a-z0-9][a-z0-9\-]*"
          value={draft.alias}
          hint={t('platform.aliasHint')}
          onChange={(event) => {
            setOwnAlias(true);
            set({ alias: event.target.value });
          }}
          error={refused.alias}
        />
      </div>
      <div className={forms.columns}>
        <SelectField
          label={t('platform.country')}
          value={draft.country}
          onChange={(event) => {
            const country = countries[event.target.value];
            set({
              country: event.target.value,
              ...(country ? { timeZone: country.zone, locale: country.language, visitWord: country.word } : {}),
            });
          }}
        >
          {Object.keys(countries)
            .map((code) => ({ code, name: names.of(code) ?? code }))
            .sort((a, b) => a.name.localeCompare(b.name, language))
            .map(({ code, name }) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
        </SelectField>
        <SelectField
          label={t('platform.zone')}
          value={draft.timeZone}
          onChange={(event) => set({ timeZone: event.target.value })}
          error={refused.timeZone}
        >
          {[...new Set([draft.timeZone, ...zones])].map((zone) => (
            <option key={zone} value={zone}>
              {zone.replaceAll('_', ' ')}
            </option>
          ))}
        </SelectField>
      </div>
      <div className={forms.columns}>
        <SelectField
          label={t('patients.language')}
          value={draft.locale}
          onChange={(event) => set({ locale: event.target.value as Language })}
        >
          {languages.map((each) => (
            <option key={each} value={each}>
              {languageNames[each]}
            </option>
          ))}
        </SelectField>
        <SelectField
          label={t('settings.word')}
          value={draft.visitWord}
          onChange={(event) => set({ visitWord: event.target.value as VisitWord })}
        >
          <option value="turno">turno</option>
          <option value="cita">cita</option>
        </SelectField>
      </div>
      <h3>{t('platform.owner')}</h3>
      <PersonFields
        person={owner}
        emailHint={t('settings.ownerEmailHint')}
        set={(change) => setOwner({ ...owner, ...change })}
        refused={{ givenName: refused['owner.givenName'], familyName: refused['owner.familyName'], email: refused['owner.email'] }}
      />
    </SavingForm>
  );
}

/** `Odontología Arrayán` becomes `odontologia-arrayan`. */
function aliasOf(name: string): string {
  return fold(name)
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
}
