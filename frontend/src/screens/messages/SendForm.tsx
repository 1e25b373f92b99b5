import { IconSend } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useWords } from '../../app/clinic';
import { FormError } from '../../ui/FormError';
import { Icon } from '../../ui/Icon';
import type { useSending, Writing } from './useSending';

/** The frame of each way of writing: its inputs, what the server refused, and the two ways out. */
export function SendForm(props: { writing: Writing; sending: ReturnType<typeof useSending>; onSubmit: () => void; children: ReactNode }) {
  const { t } = useWords();
  const { writing, sending } = props;
  return (
    <form
      noValidate
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        props.onSubmit();
      }}
    >
      {props.children}
      <FormError error={sending.error} />
      <div className="row wrap form-a">
        <button type="submit" className="btn pri" disabled={sending.isPending || writing.closed}>
          <Icon of={IconSend} />
          {t('write.send')}
        </button>
        <button type="button" className="btn" onClick={writing.onDone}>
          {t('action.cancel')}
        </button>
      </div>
    </form>
  );
}
