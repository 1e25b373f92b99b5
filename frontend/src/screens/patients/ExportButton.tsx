import { IconTableExport } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { exportPatients } from '../../api/actions';
import { sentenceFor } from '../../api/problems';
import { useClinic, useWords } from '../../app/clinic';
import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import { failed } from '../../ui/notices';

/** Saves the register as a file. */
export function ExportButton() {
  const { t } = useWords();
  const clinic = useClinic();
  const exporting = useMutation({
    mutationFn: () => exportPatients(clinic.id),
    onSuccess: (file) => {
      const address = URL.createObjectURL(file);
      const link = document.createElement('a');
      link.href = address;
      link.download = t('import.exportName');
      link.click();
      URL.revokeObjectURL(address);
    },
    onError: (error) => failed(sentenceFor(error, t), t('action.close')),
  });
  return (
    <Button iconOnPhone disabled={exporting.isPending} onClick={() => exporting.mutate()} data-testid="export-patients">
      <Icon of={IconTableExport} />
      <span>{t('import.export')}</span>
    </Button>
  );
}
