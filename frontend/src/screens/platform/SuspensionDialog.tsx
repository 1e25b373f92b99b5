import { IconHandStop, IconPlayerPlay } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import clsx from 'clsx';
import { useRef, useState } from 'react';
import { reactivateOrganization, suspendOrganization } from '../../api/actions';
import { Intention } from '../../api/intention';
import { keys } from '../../api/keys';
import type { PlatformOrganization, SuspensionReason } from '../../api/types';
import { useWords } from '../../app/clinic';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { SelectField } from '../../ui/Field';
import { FormError } from '../../ui/FormError';
import forms from '../../ui/forms.module.css';
import { Icon } from '../../ui/Icon';
import layout from '../../ui/layout.module.css';
import { done } from '../../ui/notices';

const reasons: readonly SuspensionReason[] = ['payment', 'request', 'misuse', 'security'];

/** Stops a clinic, or lets it go on: what that means stands in the dialog, because its patients hear nothing meanwhile. */
export function SuspensionDialog({ clinic, onClose }: { clinic: PlatformOrganization | null; onClose: () => void }) {
  const { t } = useWords();
  return (
    <Dialog
      opened={clinic !== null}
      onClose={onClose}
      title={t(clinic?.suspension ? 'suspension.endTitle' : 'suspension.beginTitle')}
      under={clinic?.name}
    >
      {clinic && <Body key={clinic.id} clinic={clinic} onClose={onClose} />}
    </Dialog>
  );
}

function Body({ clinic, onClose }: { clinic: PlatformOrganization; onClose: () => void }) {
  const { t } = useWords();
  const client = useQueryClient();
  const [reason, setReason] = useState<SuspensionReason>('payment');
  const intention = useRef(new Intention());
  const ends = clinic.suspension !== null;
  const changing = useMutation({
    mutationFn: () =>
      intention.current.carryOut({ ends, reason }, (key) =>
        ends ? reactivateOrganization(clinic.id, key) : suspendOrganization(clinic.id, reason, key),
      ),
    onSuccess: () => {
      done(t(ends ? 'suspension.ended' : 'suspension.begun', { name: clinic.name }), t('action.close'));
      void client.invalidateQueries({ queryKey: keys.platform });
      void client.invalidateQueries({ queryKey: keys.platformLines });
      onClose();
    },
  });
  return (
    <div className={forms.form}>
      <p>{t(ends ? 'suspension.endText' : 'suspension.beginText')}</p>
      {!ends && (
        <SelectField
          label={t('suspension.why')}
          hint={t('suspension.whyHint')}
          value={reason}
          onChange={(event) => setReason(event.target.value as SuspensionReason)}
          data-testid="suspension-reason"
        >
          {reasons.map((one) => (
            <option key={one} value={one}>
              {t(`suspension.reason.${one}`)}
            </option>
          ))}
        </SelectField>
      )}
      {changing.error ? <FormError error={changing.error} /> : null}
      <div className={clsx(layout.row, layout.wrap, forms.dialogActions)}>
        <Button
          kind={ends ? 'primary' : 'danger'}
          disabled={changing.isPending}
          onClick={() => changing.mutate()}
          data-testid="suspension-confirm"
        >
          <Icon of={ends ? IconPlayerPlay : IconHandStop} />
          {t(ends ? 'suspension.end' : 'suspension.begin')}
        </Button>
        <Button onClick={onClose}>{t('action.back')}</Button>
      </div>
    </div>
  );
}
