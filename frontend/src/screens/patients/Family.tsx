import { IconPencil, IconUsersGroup } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import clsx from 'clsx';
import { useState } from 'react';
import { householdsQuery } from '../../api/households';
import { may } from '../../api/may';
import type { Household, Patient } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { to } from '../../app/paths';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { Icon } from '../../ui/Icon';
import { Section } from '../../ui/Page';
import { phoneText } from '../../ui/phone';
import typography from '../../ui/typography.module.css';
import styles from './Family.module.css';
import { FamilyForm } from './FamilyForm';

/** On a card: who answers the phone for this patient, and for whom else. */
export function Family({ patient }: { patient: Patient }) {
  const { t } = useWords();
  const clinic = useClinic();
  const households = useQuery(householdsQuery(clinic.id, patient.id));
  const [editing, setEditing] = useState<Household | 'new' | null>(null);
  const mayEdit = may(clinic, 'edit-patients');
  if (!households.data || (households.data.length === 0 && !mayEdit)) return null;
  return (
    <div className={styles.family} data-testid="patient-family">
      <Section title={t('family.title')} />
      {households.data.map((household) => (
        <One key={household.id} household={household} patient={patient} onEdit={mayEdit ? () => setEditing(household) : null} />
      ))}
      {households.data.length === 0 && (
        <>
          <p className={clsx(typography.small, typography.muted)}>{t('family.none')}</p>
          <Button small onClick={() => setEditing('new')} data-testid="family-new">
            <Icon of={IconUsersGroup} small />
            {t('family.add')}
          </Button>
        </>
      )}
      <Dialog opened={editing !== null} onClose={() => setEditing(null)} title={t('family.title')} under={t('family.under')}>
        {editing && <FamilyForm household={editing === 'new' ? null : editing} patient={patient} onClose={() => setEditing(null)} />}
      </Dialog>
    </div>
  );
}

function One({ household, patient, onEdit }: { household: Household; patient: Patient; onEdit: (() => void) | null }) {
  const { t } = useWords();
  const clinic = useClinic();
  const own = household.members.find((member) => member.patientId === patient.id);
  const others = household.members.filter((member) => member.patientId !== patient.id);
  const contact = own?.relationship === 'self';
  const reached = contact ? 'self' : own?.throughContact ? 'through' : patient.phone ? 'own' : 'unreached';
  return (
    <div className={styles.household}>
      <p>
        <b className={typography.strong}>{household.displayName}</b>
        {own && !contact && <span className={typography.muted}> ({t(`family.is.${own.relationship}`)})</span>}
      </p>
      <p className={clsx(typography.small, typography.muted)}>
        {phoneText(household.phone)}. {t(`family.${reached}`)}
      </p>
      {others.length > 0 && (
        <ul className={styles.members}>
          {others.map((member) => (
            <li key={member.patientId}>
              <Link {...to.patient(clinic.alias, member.patientId)}>{member.displayName}</Link>
            </li>
          ))}
        </ul>
      )}
      {onEdit && (
        <Button small onClick={onEdit} data-testid="family-edit">
          <Icon of={IconPencil} small />
          {t('family.change')}
        </Button>
      )}
    </div>
  );
}
