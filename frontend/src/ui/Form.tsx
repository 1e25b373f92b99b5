import { useMutation } from '@tanstack/react-query';
import clsx from 'clsx';
import { type ReactNode, useRef } from 'react';
import { Intention } from '../api/intention';
import { fieldSentences } from '../api/problems';
import { useWords } from '../app/clinic';
import { Button } from './Button';
import { FormError } from './FormError';
import forms from './forms.module.css';
import layout from './layout.module.css';

/** Sends a form as one intention: pressed again after a failure it is the same intention, after a change another. */
export function useSaving<Body, Saved>(save: (body: Body, key: string) => Promise<Saved>, onSaved: (saved: Saved) => void) {
  const { t } = useWords();
  const intention = useRef(new Intention());
  const saving = useMutation({
    mutationFn: (body: Body) => intention.current.carryOut(body, (key) => save(body, key)),
    onSuccess: onSaved,
  });
  return { saving, refused: fieldSentences(saving.error, t) };
}

interface Props<Body> {
  saving: { mutate: (body: Body) => void; isPending: boolean; error: unknown };
  /** What would be sent now. */
  body: Body;
  /** The primary button's word; saving unless said otherwise. */
  submit?: string;
  incomplete?: boolean;
  onClose: () => void;
  children: ReactNode;
}

/** The inside of a dialog that adds something: inputs, what the server refused, and the two ways out. */
export function SavingForm<Body>({ saving, body, submit, incomplete, onClose, children }: Props<Body>) {
  const { t } = useWords();
  return (
    <form
      className={forms.form}
      onSubmit={(event) => {
        event.preventDefault();
        saving.mutate(body);
      }}
    >
      {children}
      <FormError error={saving.error} />
      <div className={clsx(layout.row, layout.wrap, forms.actions)}>
        <Button type="submit" kind="primary" disabled={saving.isPending || incomplete}>
          {submit ?? t('action.save')}
        </Button>
        <Button onClick={onClose}>{t('action.cancel')}</Button>
      </div>
    </form>
  );
}
