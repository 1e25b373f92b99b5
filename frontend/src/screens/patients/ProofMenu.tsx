import { Menu } from '@mantine/core';
import { IconFileDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { exportProof, type ProofFormat } from '../../api/notices';
import { sentenceFor } from '../../api/problems';
import { useClinic, useWords } from '../../app/clinic';
import { addDays, todayIn } from '../../time/clinicTime';
import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import { failed } from '../../ui/notices';
import { saveFile } from '../../ui/saveFile';

const YEAR = 365;

/** Saves the proof of a visit, or of everything said to its patient within a year, to print or to check. */
export function ProofMenu({ appointmentId, patientId }: { appointmentId: string; patientId: string }) {
  const { t } = useWords();
  const clinic = useClinic();
  const saving = useMutation({
    mutationFn: async ({ whole, format }: { whole: boolean; format: ProofFormat }) => {
      const tomorrow = addDays(todayIn(clinic.timeZone), 1);
      const of = whole ? { patientId, from: addDays(tomorrow, -YEAR), to: tomorrow } : { appointmentId };
      return { file: await exportProof(clinic.id, of, format), format };
    },
    // No name: the file may lie in a folder that others see.
    onSuccess: ({ file, format }) => saveFile(file, `constancia-de-aviso.${format}`),
    onError: (error) => failed(sentenceFor(error, t), t('action.close')),
  });
  const item = (label: string, whole: boolean, format: ProofFormat) => (
    <Menu.Item onClick={() => saving.mutate({ whole, format })}>{label}</Menu.Item>
  );
  return (
    <Menu position="bottom-end" width={270} withinPortal>
      <Menu.Target>
        <Button small disabled={saving.isPending} data-testid="proof-export">
          <Icon of={IconFileDownload} small />
          {t('notices.proof')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('notices.ofVisit')}</Menu.Label>
        {item(t('notices.pdf'), false, 'pdf')}
        {item(t('notices.csv'), false, 'csv')}
        <Menu.Label>{t('notices.ofYear')}</Menu.Label>
        {item(t('notices.pdf'), true, 'pdf')}
        {item(t('notices.csv'), true, 'csv')}
      </Menu.Dropdown>
    </Menu>
  );
}
