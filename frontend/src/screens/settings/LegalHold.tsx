import { IconArchive, IconArchiveOff } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import clsx from 'clsx';
import { useRef, useState } from 'react';
import { setLegalHold } from '../../api/actions';
import { Intention } from '../../api/intention';
import { legalHoldQuery } from '../../api/queries';
import { useClinic, useWords } from '../../app/clinic';
import { moment } from '../../time/format';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { FormError } from '../../ui/FormError';
import forms from '../../ui/forms.module.css';
import { Icon } from '../../ui/Icon';
import layout from '../../ui/layout.module.css';
import { LoadError, Section, Skeleton } from '../../ui/Page';
import { StatusLabel } from '../../ui/Status';
import typography from '../../ui/typography.module.css';
import settings from './settings.module.css';

/** Whether old records may go. Holding them is harmless; ending the hold deletes within the hour, so it is asked about. */
export function LegalHold() {
  const { t, language } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const query = legalHoldQuery(clinic.id);
  const hold = useQuery(query);
  const [asking, setAsking] = useState(false);
  const intention = useRef(new Intention());
  const setting = useMutation({
    mutationFn: (held: boolean) => intention.current.carryOut(held, (key) => setLegalHold(clinic.id, held, key)),
    onSuccess: (now) => {
      client.setQueryData(query.queryKey, now);
      setAsking(false);
    },
  });
  return (
    <section className={clsx(settings.form, settings.hold)} aria-labelledby="legal-hold">
      <Section title={t('hold.title')} id="legal-hold" />
      <p className={clsx(typography.small, typography.muted)}>{t('hold.under')}</p>
      {hold.isPending ? (
        <Skeleton rows={1} />
      ) : hold.isLoadingError ? (
        <LoadError error={hold.error} title={t('hold.error')} retry={() => void hold.refetch()} />
      ) : (
        <div className={clsx(layout.row, layout.wrap, settings.holdState)} data-testid="legal-hold-state">
          <span role="status">
            {hold.data.held ? (
              <StatusLabel tone="wait" icon={IconArchive}>
                {t('hold.since', { when: moment(hold.data.since ?? '', clinic.timeZone, language) })}
              </StatusLabel>
            ) : (
              t('hold.none')
            )}
          </span>
          <Button
            small
            disabled={setting.isPending}
            onClick={() => (hold.data.held ? setAsking(true) : setting.mutate(true))}
            data-testid="legal-hold-change"
          >
            <Icon of={hold.data.held ? IconArchiveOff : IconArchive} />
            {t(hold.data.held ? 'hold.end' : 'hold.begin')}
          </Button>
        </div>
      )}
      {!asking && setting.error ? <FormError error={setting.error} /> : null}
      <Dialog opened={asking} onClose={() => setAsking(false)} title={t('hold.endTitle')}>
        <p>{t('hold.endText')}</p>
        {setting.error ? <FormError error={setting.error} /> : null}
        <div className={clsx(layout.row, layout.wrap, forms.dialogActions)}>
          <Button kind="danger" disabled={setting.isPending} onClick={() => setting.mutate(false)} data-testid="legal-hold-end">
            <Icon of={IconArchiveOff} />
            {t('hold.end')}
          </Button>
          <Button onClick={() => setAsking(false)}>{t('action.back')}</Button>
        </div>
      </Dialog>
    </section>
  );
}
