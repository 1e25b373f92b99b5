import { useQuery } from '@tanstack/react-query';
import { insurancesQuery, locationsQuery, practitionersQuery, servicesQuery } from '../../api/agendaQueries';
import { patientTagsQuery } from '../../api/queries';
import type { NotificationRule } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { SelectField } from '../../ui/Field';
import forms from '../../ui/forms.module.css';
import { Chosen } from '../settings/Chosen';

type Conditions = NotificationRule['conditions'];

const sources = ['desk', 'online', 'bot', 'api', 'import'] as const;

/** A rule about every visit. */
export const noConditions: Conditions = {
  healthcareServiceIds: [],
  practitionerIds: [],
  locationIds: [],
  insuranceIds: [],
  sources: [],
  tags: [],
  firstVisit: null,
  household: null,
};

const options = (all: readonly { id: string; name: string; active: boolean }[] | undefined, chosen: readonly string[]) =>
  (all ?? []).filter((one) => one.active || chosen.includes(one.id));

/** Which visits a rule is about. */
export function RuleConditions({ value, onChange }: { value: Conditions; onChange: (changed: Conditions) => void }) {
  const { t } = useWords();
  const clinic = useClinic();
  const services = useQuery(servicesQuery(clinic.id));
  const practitioners = useQuery(practitionersQuery(clinic.id));
  const locations = useQuery(locationsQuery(clinic.id));
  const insurances = useQuery(insurancesQuery(clinic.id));
  const tags = useQuery(patientTagsQuery(clinic.id));
  const set = (changed: Partial<Conditions>) => onChange({ ...value, ...changed });
  const known = [...new Set([...(tags.data ?? []), ...value.tags])];
  return (
    <>
      <div className={forms.columns}>
        <Either
          label={t('rules.firstVisit')}
          words={(one) => t(`rules.firstVisits.${one}`)}
          value={value.firstVisit}
          onValue={(firstVisit) => set({ firstVisit })}
        />
        <Either
          label={t('rules.household')}
          words={(one) => t(`rules.households.${one}`)}
          value={value.household}
          onValue={(household) => set({ household })}
        />
      </div>
      <Chosen
        legend={t('rules.services')}
        all={t('rules.allServices')}
        options={options(services.data, value.healthcareServiceIds)}
        ids={value.healthcareServiceIds}
        onChange={(healthcareServiceIds) => set({ healthcareServiceIds })}
        fewest={1}
      />
      <Chosen
        legend={t('rules.practitioners')}
        all={t('settings.everybody')}
        options={options(
          practitioners.data?.map((one) => ({ ...one, name: one.displayName })),
          value.practitionerIds,
        )}
        ids={value.practitionerIds}
        onChange={(practitionerIds) => set({ practitionerIds })}
      />
      <Chosen
        legend={t('rules.locations')}
        all={t('rules.allLocations')}
        options={options(locations.data, value.locationIds)}
        ids={value.locationIds}
        onChange={(locationIds) => set({ locationIds })}
      />
      <Chosen
        legend={t('rules.insurances')}
        all={t('rules.allInsurances')}
        options={options(insurances.data, value.insuranceIds)}
        ids={value.insuranceIds}
        onChange={(insuranceIds) => set({ insuranceIds })}
        fewest={1}
      />
      <Chosen
        legend={t('rules.bookedBy')}
        all={t('rules.allSources')}
        options={sources.map((id) => ({ id, name: t(`rules.sources.${id}`) }))}
        ids={value.sources}
        onChange={(chosen) => set({ sources: sources.filter((one) => chosen.includes(one)) })}
      />
      <Chosen
        legend={t('rules.tags')}
        all={t('rules.allTags')}
        options={known.map((name) => ({ id: name, name }))}
        ids={value.tags}
        onChange={(chosen) => set({ tags: chosen })}
        fewest={1}
      />
    </>
  );
}

/** All, those of which something is so, or all others. */
function Either(props: {
  label: string;
  words: (which: 'any' | 'yes' | 'no') => string;
  value: boolean | null | undefined;
  onValue: (value: boolean | null) => void;
}) {
  const chosen = props.value === true ? 'yes' : props.value === false ? 'no' : 'any';
  return (
    <SelectField
      label={props.label}
      value={chosen}
      onChange={(event) => props.onValue(event.target.value === 'any' ? null : event.target.value === 'yes')}
    >
      {(['any', 'yes', 'no'] as const).map((one) => (
        <option key={one} value={one}>
          {props.words(one)}
        </option>
      ))}
    </SelectField>
  );
}
