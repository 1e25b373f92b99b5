import { useQuery } from '@tanstack/react-query';
import { patientQuery } from '../../api/queries';
import type { WaitlistEntry } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import type { WaitStart } from '../../app/clinicActions';
import { Dialog } from '../../ui/Dialog';
import { LoadError, Skeleton } from '../../ui/Page';
import { WaitlistForm } from './WaitlistForm';

/** Puts somebody on the waitlist, or changes what they wait for. */
export function WaitlistDialog({ start, onClose }: { start: WaitStart | null; onClose: () => void }) {
  const { t } = useWords();
  return (
    <Dialog opened={start !== null} onClose={onClose} title={t(start?.entry ? 'waitlist.editTitle' : 'waitlist.addTitle')}>
      {start?.entry ? (
        <Changing entry={start.entry} onClose={onClose} />
      ) : (
        start && <WaitlistForm start={start} patient={start.patient ?? null} onClose={onClose} />
      )}
    </Dialog>
  );
}

/** The list names a patient; the form needs the whole card. */
function Changing({ entry, onClose }: { entry: WaitlistEntry; onClose: () => void }) {
  const { t } = useWords();
  const clinic = useClinic();
  const patient = useQuery(patientQuery(clinic.id, entry.patient.id));
  if (patient.isLoadingError)
    return <LoadError error={patient.error} title={t('patients.oneError')} retry={() => void patient.refetch()} />;
  if (!patient.data) return <Skeleton rows={6} />;
  return <WaitlistForm start={{ entry }} patient={patient.data} onClose={onClose} />;
}
