import { IconArrowsSplit2 } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import clsx from 'clsx';
import { patientMergesQuery } from '../../../api/patientMerges';
import type { Patient } from '../../../api/types';
import { useClinic, useWords } from '../../../app/clinic';
import { dateOf } from '../../../time/clinicTime';
import { dayMonthYear } from '../../../time/format';
import { Button } from '../../../ui/Button';
import { Icon } from '../../../ui/Icon';
import { Section } from '../../../ui/Page';
import typography from '../../../ui/typography.module.css';
import styles from './Merging.module.css';
import { useUndoMerge } from './useUndoMerge';

/** On a card: who was merged into it, for as long as that can be undone. */
export function Merges({ patient }: { patient: Patient }) {
  const { t, language } = useWords();
  const clinic = useClinic();
  const merges = useQuery(patientMergesQuery(clinic.id, patient.id));
  const undo = useUndoMerge();
  if (!merges.data?.length) return null;
  const day = (instant: string) => dayMonthYear(dateOf(instant, clinic.timeZone), language);
  return (
    <div className={styles.merges} data-testid="patient-merges">
      <Section title={t('merging.merges')} />
      {merges.data.map((merge) => (
        <div key={merge.id} className={styles.merge}>
          <p className={clsx(typography.small, typography.muted)}>
            {t('merging.mergedAt', { name: merge.replacedName, date: day(merge.mergedAt), until: day(merge.undoableUntil) })}
          </p>
          <Button
            small
            disabled={undo.isPending}
            onClick={() => undo.mutate({ seen: patient, mergeId: merge.id })}
            data-testid="merge-undo"
          >
            <Icon of={IconArrowsSplit2} small />
            {t('merging.undoMerge')}
          </Button>
        </div>
      ))}
    </div>
  );
}
