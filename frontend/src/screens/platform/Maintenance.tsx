import { IconPlus } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import clsx from 'clsx';
import { useState } from 'react';
import { announcedQuery, type MaintenanceNotice, withdrawMaintenance } from '../../api/maintenance';
import { useWords } from '../../app/clinic';
import { wordsOf } from '../../app/MaintenanceBanner';
import { dateOf, timeOf } from '../../time/clinicTime';
import { shortDate } from '../../time/format';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { FormError } from '../../ui/FormError';
import { Icon } from '../../ui/Icon';
import layout from '../../ui/layout.module.css';
import lists from '../../ui/lists.module.css';
import { LoadError, Section, Skeleton } from '../../ui/Page';
import typography from '../../ui/typography.module.css';
import styles from './Maintenance.module.css';
import { MaintenanceForm } from './MaintenanceForm';
import { ownZone } from './ownZone';

/** Work on Recado that clinics are told of. */
export function Maintenance() {
  const { t } = useWords();
  const announced = useQuery(announcedQuery);
  const [adding, setAdding] = useState(false);
  return (
    <section aria-labelledby="h-maintenance" className={styles.maintenance} data-testid="announced">
      <Section title={t('maintenance.title')} id="h-maintenance">
        <Button small onClick={() => setAdding(true)} data-testid="announce">
          <Icon of={IconPlus} />
          {t('maintenance.announce')}
        </Button>
      </Section>
      <p className={clsx(typography.small, typography.muted)}>{t('maintenance.under')}</p>
      {announced.isLoadingError ? (
        <LoadError error={announced.error} title={t('maintenance.error')} retry={() => void announced.refetch()} />
      ) : !announced.data ? (
        <Skeleton rows={1} />
      ) : announced.data.length === 0 ? (
        <p className={typography.muted}>{t('maintenance.none')}</p>
      ) : (
        <ul className={clsx(lists.ruled, lists.lined)}>
          {announced.data.map((one) => (
            <Row key={one.id} notice={one} />
          ))}
        </ul>
      )}
      <Dialog
        opened={adding}
        onClose={() => setAdding(false)}
        title={t('maintenance.announce')}
        under={t('maintenance.zone', { zone: ownZone().replaceAll('_', ' ') })}
      >
        <MaintenanceForm onClose={() => setAdding(false)} />
      </Dialog>
    </section>
  );
}

function Row({ notice }: { notice: MaintenanceNotice }) {
  const { t, language } = useWords();
  const client = useQueryClient();
  const zone = ownZone();
  const withdrawing = useMutation({
    mutationFn: () => withdrawMaintenance(notice.id),
    onSuccess: () => client.invalidateQueries({ queryKey: announcedQuery.queryKey }),
  });
  const when = `${shortDate(dateOf(notice.beginsAt, zone), language)}, ${timeOf(notice.beginsAt, zone)} – ${timeOf(notice.endsAt, zone)}`;
  return (
    <li className={styles.row}>
      <div className={layout.fill}>
        <b className={typography.strong}>{when}</b>
        <div className={clsx(typography.small, typography.muted)}>{wordsOf(notice, language)}</div>
        {withdrawing.error ? <FormError error={withdrawing.error} /> : null}
      </div>
      <Button
        small
        disabled={withdrawing.isPending}
        onClick={() => withdrawing.mutate()}
        aria-label={`${t('maintenance.withdraw')}: ${when}`}
      >
        {t('maintenance.withdraw')}
      </Button>
    </li>
  );
}
