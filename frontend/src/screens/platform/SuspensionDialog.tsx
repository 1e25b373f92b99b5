import { IconArrowBackUp, IconHandStop, IconPlayerPlay, IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import clsx from 'clsx';
import { useRef, useState } from 'react';
import { reactivateOrganization, suspendOrganization } from '../../api/actions';
import { platformDeletionQuery, requestPlatformDeletion, withdrawPlatformDeletion } from '../../api/deletion';
import { Intention } from '../../api/intention';
import { keys } from '../../api/keys';
import type { PlatformOrganization, SuspensionReason } from '../../api/types';
import { useWords } from '../../app/clinic';
import { DeletionForm } from '../../app/DeletionForm';
import { moment } from '../../time/format';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { SelectField } from '../../ui/Field';
import { FormError } from '../../ui/FormError';
import forms from '../../ui/forms.module.css';
import { Icon } from '../../ui/Icon';
import layout from '../../ui/layout.module.css';
import { done } from '../../ui/notices';
import { LoadError, Skeleton } from '../../ui/Page';

/** Not `deletion`: that comes of asking for the deletion itself. */
const reasons: readonly SuspensionReason[] = ['payment', 'request', 'misuse', 'security'];

/** Stops a clinic, or lets it go on: what that means stands in the dialog, because its patients hear nothing meanwhile. */
export function SuspensionDialog({ clinic, onClose }: { clinic: PlatformOrganization | null; onClose: () => void }) {
  const { t } = useWords();
  const [deleting, setDeleting] = useState(false);
  const close = () => {
    setDeleting(false);
    onClose();
  };
  return (
    <Dialog
      opened={clinic !== null}
      onClose={close}
      title={t(
        deleting || clinic?.suspension?.deletionDueAt
          ? 'deletion.title'
          : clinic?.suspension
            ? 'suspension.endTitle'
            : 'suspension.beginTitle',
      )}
      under={clinic?.name}
    >
      {clinic &&
        (clinic.suspension?.deletionDueAt ? (
          <Keep key={clinic.id} clinic={clinic} due={clinic.suspension.deletionDueAt} onClose={close} />
        ) : deleting ? (
          <Delete key={clinic.id} clinic={clinic} onClose={close} />
        ) : (
          <Body key={clinic.id} clinic={clinic} onDelete={() => setDeleting(true)} onClose={close} />
        ))}
    </Dialog>
  );
}

/** The clinic's own name is asked for, as of its owner. */
function Delete({ clinic, onClose }: { clinic: PlatformOrganization; onClose: () => void }) {
  const { t } = useWords();
  const client = useQueryClient();
  const deletion = useQuery(platformDeletionQuery(clinic.id));
  if (deletion.isPending) return <Skeleton rows={4} />;
  if (deletion.isLoadingError)
    return <LoadError error={deletion.error} title={t('deletion.error')} retry={() => void deletion.refetch()} />;
  return (
    <DeletionForm
      clinic={clinic}
      due={deletion.data.dueIfRequestedNow}
      request={(name, key) => requestPlatformDeletion(clinic.id, name, key)}
      onDone={() => {
        done(t('deletion.begun', { name: clinic.name }), t('action.close'));
        void client.invalidateQueries({ queryKey: keys.platform });
        void client.invalidateQueries({ queryKey: keys.platformDeletion(clinic.id) });
        onClose();
      }}
      onClose={onClose}
    />
  );
}

function Keep({ clinic, due, onClose }: { clinic: PlatformOrganization; due: string; onClose: () => void }) {
  const { t, language } = useWords();
  const client = useQueryClient();
  const intention = useRef(new Intention());
  const keeping = useMutation({
    mutationFn: () => intention.current.carryOut(clinic.id, (key) => withdrawPlatformDeletion(clinic.id, key)),
    onSuccess: () => {
      done(t('deletion.withdrawn', { name: clinic.name }), t('action.close'));
      void client.invalidateQueries({ queryKey: keys.platform });
      void client.invalidateQueries({ queryKey: keys.platformDeletion(clinic.id) });
      onClose();
    },
  });
  return (
    <div className={forms.form}>
      <p>{t('deletion.on', { when: moment(due, clinic.timeZone, language) })}</p>
      <p>{t('deletion.kept')}</p>
      {keeping.error ? <FormError error={keeping.error} /> : null}
      <div className={clsx(layout.row, layout.wrap, forms.dialogActions)}>
        <Button kind="primary" disabled={keeping.isPending} onClick={() => keeping.mutate()} data-testid="deletion-withdraw">
          <Icon of={IconArrowBackUp} />
          {t('deletion.withdraw')}
        </Button>
        <Button onClick={onClose}>{t('action.back')}</Button>
      </div>
    </div>
  );
}

interface BodyProps {
  clinic: PlatformOrganization;
  onDelete: () => void;
  onClose: () => void;
}

function Body({ clinic, onDelete, onClose }: BodyProps) {
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
        <Button kind="quiet" onClick={onDelete} data-testid="deletion-open">
          <Icon of={IconTrash} />
          {t('deletion.open')}
        </Button>
      </div>
    </div>
  );
}
