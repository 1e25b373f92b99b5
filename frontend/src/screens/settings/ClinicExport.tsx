import { IconFileZip } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import clsx from 'clsx';
import { exportClinic } from '../../api/clinicExport';
import { useClinic, useWords } from '../../app/clinic';
import { Button } from '../../ui/Button';
import { FormError } from '../../ui/FormError';
import { Icon } from '../../ui/Icon';
import { Section } from '../../ui/Page';
import { saveFile } from '../../ui/saveFile';
import typography from '../../ui/typography.module.css';
import settings from './settings.module.css';

/** The clinic's own data is the clinic's: all of it, at any time, without asking anybody. */
export function ClinicExport() {
  const { t } = useWords();
  return (
    <section className={clsx(settings.form, settings.hold)} aria-labelledby="clinic-export">
      <Section title={t('takeout.title')} id="clinic-export" />
      <p className={clsx(typography.small, typography.muted)}>{t('takeout.under')}</p>
      <ExportButton testId="clinic-export" />
    </section>
  );
}

/** Also offered to whoever is about to delete the clinic. */
export function ExportButton({ testId }: { testId?: string }) {
  const { t } = useWords();
  const clinic = useClinic();
  const exporting = useMutation({
    mutationFn: () => exportClinic(clinic.id),
    onSuccess: (file) => saveFile(file, `recado-${clinic.alias}.zip`),
  });
  return (
    <>
      <p className={settings.linked}>
        <Button small disabled={exporting.isPending} onClick={() => exporting.mutate()} data-testid={testId}>
          <Icon of={IconFileZip} />
          {t(exporting.isPending ? 'takeout.busy' : 'takeout.save')}
        </Button>
      </p>
      {exporting.error ? <FormError error={exporting.error} /> : null}
    </>
  );
}
