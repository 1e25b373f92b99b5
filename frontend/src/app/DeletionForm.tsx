import { IconTrash } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import clsx from 'clsx';
import { useRef, useState } from 'react';
import { Intention } from '../api/intention';
import { fieldSentences } from '../api/problems';
import type { OrganizationDeletion } from '../api/types';
import { moment } from '../time/format';
import { Button } from '../ui/Button';
import { TextField } from '../ui/Field';
import { FormError } from '../ui/FormError';
import forms from '../ui/forms.module.css';
import { Icon } from '../ui/Icon';
import layout from '../ui/layout.module.css';
import { useWords } from './clinic';

interface Props {
  clinic: { name: string; timeZone: string };
  /** When it would be deleted if it were asked for now. */
  due: string;
  request: (name: string, key: string) => Promise<OrganizationDeletion>;
  onDone: (now: OrganizationDeletion) => void;
  onClose: () => void;
  /** What is offered before: taking the data out. */
  children?: React.ReactNode;
}

/** What being deleted means, and the name to type: nobody deletes a clinic by pressing the wrong button. */
export function DeletionForm({ clinic, due, request, onDone, onClose, children }: Props) {
  const { t, language } = useWords();
  const [name, setName] = useState('');
  const intention = useRef(new Intention());
  const asking = useMutation({
    mutationFn: (typed: string) => intention.current.carryOut(typed, (key) => request(typed, key)),
    onSuccess: onDone,
  });
  const refused = fieldSentences(asking.error, t);
  return (
    <form
      className={forms.form}
      onSubmit={(event) => {
        event.preventDefault();
        asking.mutate(name.trim());
      }}
    >
      <p>{t('deletion.what', { when: moment(due, clinic.timeZone, language) })}</p>
      {children}
      <TextField
        label={t('deletion.type', { name: clinic.name })}
        value={name}
        autoComplete="off"
        error={refused['/name']}
        onChange={(event) => setName(event.target.value)}
        data-testid="deletion-name"
      />
      {asking.error && !refused['/name'] ? <FormError error={asking.error} /> : null}
      <div className={clsx(layout.row, layout.wrap, forms.dialogActions)}>
        <Button
          kind="danger"
          type="submit"
          disabled={asking.isPending || name.trim() !== clinic.name.trim()}
          data-testid="deletion-confirm"
        >
          <Icon of={IconTrash} />
          {t('deletion.begin')}
        </Button>
        <Button onClick={onClose}>{t('action.back')}</Button>
      </div>
    </form>
  );
}
