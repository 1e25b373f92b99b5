import { IconTrash } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import clsx from 'clsx';
import { useState } from 'react';
import { deletionQuery, requestDeletion } from '../../api/deletion';
import { keys } from '../../api/keys';
import { useClinic, useWords } from '../../app/clinic';
import { DeletionForm } from '../../app/DeletionForm';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { Icon } from '../../ui/Icon';
import { LoadError, Section, Skeleton } from '../../ui/Page';
import typography from '../../ui/typography.module.css';
import { ExportButton } from './ClinicExport';
import settings from './settings.module.css';

/** The last thing of the page. Once asked for, the whole clinic stands still and says so: here is nothing to show of it. */
export function ClinicDeletion() {
  const { t } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const query = deletionQuery(clinic.id);
  const [asking, setAsking] = useState(false);
  const deletion = useQuery({ ...query, enabled: asking });
  return (
    <section className={clsx(settings.form, settings.hold)} aria-labelledby="clinic-deletion">
      <Section title={t('deletion.title')} id="clinic-deletion" />
      <p className={clsx(typography.small, typography.muted)}>{t('deletion.under')}</p>
      <p className={settings.linked}>
        <Button small onClick={() => setAsking(true)} data-testid="clinic-deletion">
          <Icon of={IconTrash} />
          {t('deletion.open')}
        </Button>
      </p>
      <Dialog opened={asking} onClose={() => setAsking(false)} title={t('deletion.title')} under={clinic.name}>
        {deletion.isPending ? (
          <Skeleton rows={4} />
        ) : deletion.isLoadingError ? (
          <LoadError error={deletion.error} title={t('deletion.error')} retry={() => void deletion.refetch()} />
        ) : (
          <DeletionForm
            clinic={clinic}
            due={deletion.data.dueIfRequestedNow}
            request={(name, key) => requestDeletion(clinic.id, name, key)}
            onDone={(now) => {
              client.setQueryData(query.queryKey, now);
              void client.invalidateQueries({ queryKey: keys.me });
            }}
            onClose={() => setAsking(false)}
          >
            <div>
              <p className={typography.small}>{t('deletion.first')}</p>
              <ExportButton />
            </div>
          </DeletionForm>
        )}
      </Dialog>
    </section>
  );
}
