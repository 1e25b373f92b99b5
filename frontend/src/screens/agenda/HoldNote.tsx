import clsx from 'clsx';
import { useClinic, useWords } from '../../app/clinic';
import { timeOf } from '../../time/clinicTime';
import typography from '../../ui/typography.module.css';
import { InTheWay } from './InTheWay';
import type { HeldTime } from './useSlotHold';

/** Whether the time of a form is kept for it, and if not, why. */
export function HoldNote({ hold, refused }: HeldTime) {
  const { t } = useWords();
  const { timeZone } = useClinic();
  return (
    <>
      {hold && (
        <p className={clsx(typography.small, typography.muted)} data-testid="held">
          {t('holds.kept', { until: timeOf(hold.expiresAt, timeZone) })}
        </p>
      )}
      <div role="status">
        {refused && (
          <div data-testid="hold-refused">
            <p className={typography.small}>{t('holds.notFree')}</p>
            <InTheWay error={refused} />
          </div>
        )}
      </div>
    </>
  );
}
