import { useMutation, useQueryClient } from '@tanstack/react-query';
import { keys } from '../../../api/keys';
import { undoMerge } from '../../../api/patientMerges';
import { sentenceFor } from '../../../api/problems';
import { patientQuery } from '../../../api/queries';
import { useClinic, useWords } from '../../../app/clinic';
import { done, failed } from '../../../ui/notices';

/** Makes two cards again of one, from wherever it is asked; says what came of it in a notice. */
export function useUndoMerge() {
  const { t } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ seen, mergeId }: { seen: { id: string; version: number }; mergeId: string }) => undoMerge(clinic.id, seen, mergeId),
    onSuccess: ({ patient, restored }) => {
      for (const one of [patient, restored]) client.setQueryData(patientQuery(clinic.id, one.id).queryKey, one);
      void client.invalidateQueries({ queryKey: keys.of(clinic.id, 'patients') });
      void client.invalidateQueries({ queryKey: keys.of(clinic.id, 'appointments') });
      done(t('merging.didUndo'), t('action.close'));
    },
    onError: (error, { seen }) => {
      void client.invalidateQueries({ queryKey: patientQuery(clinic.id, seen.id).queryKey });
      failed(sentenceFor(error, t), t('action.close'));
    },
  });
}
