import { Link } from '@tanstack/react-router';
import { Problem } from '../../../api/problems';
import { useClinic, useWords } from '../../../app/clinic';
import { to } from '../../../app/paths';
import { buttonLook } from '../../../ui/Button';
import { Empty } from '../../../ui/Page';

/** Where a card was that was merged into another one. */
export function ReplacedPatient({ error }: { error: unknown }) {
  const { t } = useWords();
  const clinic = useClinic();
  const survivor = error instanceof Problem ? error.patientId : null;
  return (
    <Empty title={t('merging.replacedTitle')} text={t('merging.replacedText')}>
      {survivor && (
        <Link className={buttonLook({ kind: 'primary' })} {...to.patient(clinic.alias, survivor)} data-testid="open-survivor">
          {t('merging.openSurvivor')}
        </Link>
      )}
    </Empty>
  );
}
