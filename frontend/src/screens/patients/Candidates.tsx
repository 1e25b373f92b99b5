import { useDebouncedValue } from '@mantine/hooks';
import { IconUsers } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import clsx from 'clsx';
import { patientDuplicatesQuery } from '../../api/queries';
import type { PatientInput } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { to } from '../../app/paths';
import { dayMonthYear } from '../../time/format';
import { Icon } from '../../ui/Icon';
import layout from '../../ui/layout.module.css';
import { phoneText } from '../../ui/phone';
import typography from '../../ui/typography.module.css';
import styles from './Candidates.module.css';

/** While somebody types faster than this, nobody is looked for. */
const PAUSE = 350;

const enough = (input: PatientInput) =>
  (input.givenName ?? '').length + (input.familyName ?? '').length > 3 || (input.identifiers ?? []).some((paper) => paper.value.length > 4);

/** Who is there already and may be the one that is being written down. Says so and leaves it to the person. */
export function Candidates({ input, onLeave }: { input: PatientInput; onLeave: () => void }) {
  const { t, language } = useWords();
  const clinic = useClinic();
  const [typed] = useDebouncedValue(JSON.stringify({ ...input, email: undefined, notes: undefined, tags: undefined }), PAUSE);
  const asked = JSON.parse(typed) as PatientInput;
  const found = useQuery({ ...patientDuplicatesQuery(clinic.id, asked), enabled: enough(asked) });
  const candidates = enough(asked) ? (found.data ?? []) : [];
  return (
    <div aria-live="polite">
      {candidates.length > 0 && (
        <section className={styles.box} data-testid="patient-candidates">
          <div className={layout.row}>
            <Icon of={IconUsers} />
            <b className={typography.strong}>{t(candidates[0]?.score === 100 ? 'person.isThere' : 'person.maybeThere')}</b>
          </div>
          <ul className={styles.list}>
            {candidates.map(({ patient, alike }) => (
              <li key={patient.id}>
                <Link {...to.patient(clinic.alias, patient.id)} onClick={onLeave}>
                  {patient.displayName}
                </Link>
                <span className={clsx(typography.small, typography.muted)}>
                  {[
                    patient.birthDate && dayMonthYear(patient.birthDate, language),
                    patient.phone && phoneText(patient.phone),
                    patient.identifiers[0]?.formatted,
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
                <span className={clsx(typography.small, typography.muted)}>
                  {alike.map((each) => t(`person.alike.${each}`)).join(', ')}
                </span>
              </li>
            ))}
          </ul>
          <p className={clsx(typography.small, typography.muted)}>{t('person.saveAnyway')}</p>
        </section>
      )}
    </div>
  );
}
