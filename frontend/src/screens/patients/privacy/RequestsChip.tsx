import { IconAlertTriangle, IconFileDescription } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useClinic, useWords } from '../../../app/clinic';
import { to } from '../../../app/paths';
import { Icon } from '../../../ui/Icon';
import { useOverdue } from './useOverdue';

/** From the register to what patients asked about their data; says when something is overdue. */
export function RequestsChip({ className }: { className: string }) {
  const { t } = useWords();
  const clinic = useClinic();
  const overdue = useOverdue();
  return (
    <Link className={className} {...to.privacyRequests(clinic.alias)} data-testid="privacy-requests-open">
      <Icon of={overdue > 0 ? IconAlertTriangle : IconFileDescription} small />
      {overdue > 0 ? t('privacy.overdueCount', { count: overdue }) : t('privacy.chip')}
    </Link>
  );
}
