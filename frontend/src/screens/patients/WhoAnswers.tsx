import { useQuery } from '@tanstack/react-query';
import clsx from 'clsx';
import { householdsQuery } from '../../api/households';
import { useClinic, useWords } from '../../app/clinic';
import typography from '../../ui/typography.module.css';

/** Beside a patient's phone: who answers it, where that is somebody else. */
export function WhoAnswers({ patientId }: { patientId: string }) {
  const { t } = useWords();
  const clinic = useClinic();
  const households = useQuery(householdsQuery(clinic.id, patientId)).data ?? [];
  for (const household of households) {
    const member = household.members.find((one) => one.patientId === patientId);
    if (!member?.throughContact) continue;
    return (
      <span className={clsx(typography.small, typography.muted, typography.block)} data-testid="who-answers">
        {t('family.answers', { name: household.displayName, relationship: t(`family.is.${member.relationship}`) })}
      </span>
    );
  }
  return null;
}
