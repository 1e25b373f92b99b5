import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useRef } from 'react';
import { Intention } from '../api/intention';
import { fieldSentences } from '../api/problems';
import { useWords } from '../app/clinic';
import { FormError } from './FormError';

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
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        saving.mutate(body);
      }}
    >
      {children}
      <FormError error={saving.error} />
      <div className="row wrap form-a">
        <button type="submit" className="btn pri" disabled={saving.isPending || incomplete}>
          {submit ?? t('action.save')}
        </button>
        <button type="button" className="btn" onClick={onClose}>
          {t('action.cancel')}
        </button>
      </div>
    </form>
  );
}
