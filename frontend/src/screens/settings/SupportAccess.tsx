import { IconEye, IconEyeOff } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import clsx from 'clsx';
import { useRef, useState } from 'react';
import { Intention } from '../../api/intention';
import { keys } from '../../api/keys';
import { grantSupport, revokeSupport, supportQuery } from '../../api/support';
import { useClinic, useWords } from '../../app/clinic';
import { moment } from '../../time/format';
import { Button } from '../../ui/Button';
import { SelectField } from '../../ui/Field';
import { FormError } from '../../ui/FormError';
import { Icon } from '../../ui/Icon';
import layout from '../../ui/layout.module.css';
import { LoadError, Section, Skeleton } from '../../ui/Page';
import { StatusLabel } from '../../ui/Status';
import typography from '../../ui/typography.module.css';
import settings from './settings.module.css';

const lengths = [1, 4, 24, 72] as const;

/** Whether support may look, for how long, and whether it did. Ending it needs no asking: it can be granted again. */
export function SupportAccess() {
  const { t, language } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const query = supportQuery(clinic.id);
  const access = useQuery(query);
  const [hours, setHours] = useState<number>(4);
  const intention = useRef(new Intention());
  const changing = useMutation({
    mutationFn: (length: number | null) =>
      intention.current.carryOut(length, (key) => (length === null ? revokeSupport(clinic.id, key) : grantSupport(clinic.id, length, key))),
    onSuccess: (now) => {
      client.setQueryData(query.queryKey, now);
      void client.invalidateQueries({ queryKey: keys.me });
    },
  });
  const when = (instant: string) => moment(instant, clinic.timeZone, language);
  return (
    <section className={clsx(settings.form, settings.hold)} aria-labelledby="support-access">
      <Section title={t('support.title')} id="support-access" />
      <p className={clsx(typography.small, typography.muted)}>{t('support.under')}</p>
      {access.isPending ? (
        <Skeleton rows={1} />
      ) : access.isLoadingError ? (
        <LoadError error={access.error} title={t('support.error')} retry={() => void access.refetch()} />
      ) : access.data.until ? (
        <div className={clsx(layout.row, layout.wrap, settings.holdState)} data-testid="support-state">
          <span role="status">
            <StatusLabel tone="info" icon={IconEye}>
              {t('support.until', { when: when(access.data.until) })}
            </StatusLabel>
            <span className={clsx(typography.small, typography.muted, typography.block)}>
              {access.data.lastUsedAt ? t('support.used', { when: when(access.data.lastUsedAt) }) : t('support.unused')}
            </span>
          </span>
          <Button small disabled={changing.isPending} onClick={() => changing.mutate(null)} data-testid="support-end">
            <Icon of={IconEyeOff} />
            {t('support.end')}
          </Button>
        </div>
      ) : (
        <div className={clsx(layout.row, layout.wrap, settings.holdState)} data-testid="support-state">
          <SelectField label={t('support.howLong')} value={hours} onChange={(event) => setHours(Number(event.target.value))}>
            {lengths.map((length) => (
              <option key={length} value={length}>
                {t('support.hours', { count: length })}
              </option>
            ))}
          </SelectField>
          <Button small disabled={changing.isPending} onClick={() => changing.mutate(hours)} data-testid="support-grant">
            <Icon of={IconEye} />
            {t('support.grant')}
          </Button>
        </div>
      )}
      {changing.error ? <FormError error={changing.error} /> : null}
    </section>
  );
}
