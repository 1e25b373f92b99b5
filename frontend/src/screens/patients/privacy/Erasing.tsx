import { IconEraser } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import clsx from 'clsx';
import { useState } from 'react';
import { keys } from '../../../api/keys';
import { erasePatient } from '../../../api/privacyRequests';
import type { Patient } from '../../../api/types';
import { useClinic, useWords } from '../../../app/clinic';
import { to } from '../../../app/paths';
import { Button } from '../../../ui/Button';
import { Dialog } from '../../../ui/Dialog';
import { TextField } from '../../../ui/Field';
import { FormError } from '../../../ui/FormError';
import { fold } from '../../../ui/fold';
import forms from '../../../ui/forms.module.css';
import { Icon } from '../../../ui/Icon';
import layout from '../../../ui/layout.module.css';
import { done } from '../../../ui/notices';
import typography from '../../../ui/typography.module.css';
import styles from './Privacy.module.css';

/** Nothing brings an erased person back: whoever does it types whom it is about. */
export function Erasing({ patient }: { patient: Patient }) {
  const { t } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const [typed, setTyped] = useState('');
  const erasing = useMutation({
    mutationFn: () => erasePatient(clinic.id, patient),
    onSuccess: async () => {
      done(t('privacy.erased'), t('action.close'));
      await navigate(to.patients(clinic.alias));
      client.removeQueries({ queryKey: keys.of(clinic.id, 'patients', 'one', patient.id) });
      void client.invalidateQueries({ queryKey: keys.clinic(clinic.id) });
    },
  });
  const close = () => {
    setAsking(false);
    setTyped('');
    erasing.reset();
  };
  const named = fold(typed).trim() === fold(patient.displayName).trim();
  return (
    <div className={styles.erasing}>
      <Button kind="link" className={typography.small} onClick={() => setAsking(true)} data-testid="patient-erase">
        <Icon of={IconEraser} small />
        {t('privacy.erase')}
      </Button>
      <Dialog opened={asking} onClose={close} title={t('privacy.eraseTitle', { name: patient.displayName })} fleeting>
        <form
          className={forms.form}
          onSubmit={(event) => {
            event.preventDefault();
            if (named) erasing.mutate();
          }}
        >
          <ul className={styles.consequences}>
            <li>{t('privacy.eraseGoes')}</li>
            <li>{t('privacy.eraseStays')}</li>
            <li>{t('privacy.eraseAhead')}</li>
            <li>{t('privacy.eraseLaw')}</li>
          </ul>
          <TextField
            label={t('privacy.eraseType', { name: patient.displayName })}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            autoComplete="off"
            data-autofocus
            data-testid="patient-erase-name"
          />
          <FormError error={erasing.error} />
          <div className={clsx(layout.row, layout.wrap, forms.actions)}>
            <Button type="submit" kind="danger" disabled={!named || erasing.isPending} data-testid="patient-erase-sure">
              <Icon of={IconEraser} />
              {t('privacy.erase')}
            </Button>
            <Button onClick={close}>{t('action.back')}</Button>
          </div>
        </form>
      </Dialog>
    </div>
  );
}
