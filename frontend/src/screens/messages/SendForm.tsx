import { IconSend } from '@tabler/icons-react';
import clsx from 'clsx';
import type { ReactNode } from 'react';
import { fieldSentences, hasCode } from '../../api/problems';
import { useWords } from '../../app/clinic';
import { Button } from '../../ui/Button';
import { Check } from '../../ui/Field';
import { FormError } from '../../ui/FormError';
import forms from '../../ui/forms.module.css';
import { Icon } from '../../ui/Icon';
import layout from '../../ui/layout.module.css';
import typography from '../../ui/typography.module.css';
import type { useSending, Writing } from './useSending';

/** The frame of each way of writing: its inputs, what the server refused, and the two ways out. */
export function SendForm(props: { writing: Writing; sending: ReturnType<typeof useSending>; onSubmit: () => void; children: ReactNode }) {
  const { t } = useWords();
  const { writing, sending } = props;
  // No input shows whom it is for and where it leaves from: what is wrong with those is said here.
  const refused = fieldSentences(sending.error, t);
  const why = refused.contactId ?? refused.patientId ?? refused.lineId;
  return (
    <form
      noValidate
      className={forms.form}
      onSubmit={(event) => {
        event.preventDefault();
        props.onSubmit();
      }}
    >
      {props.children}
      {(sending.despite || hasCode(sending.error, 'patient-restricted')) && (
        <Check
          type="checkbox"
          checked={sending.despite}
          onChange={(event) => sending.setDespite(event.target.checked)}
          label={t('privacy.despite')}
          hint={t('privacy.despiteHint')}
          data-testid="write-despite"
        />
      )}
      <FormError error={sending.error}>{why && <p className={typography.small}>{why}</p>}</FormError>
      <div className={clsx(layout.row, layout.wrap, forms.actions)}>
        <Button type="submit" kind="primary" disabled={sending.isPending || writing.closed}>
          <Icon of={IconSend} />
          {t('write.send')}
        </Button>
        <Button onClick={writing.onDone}>{t('action.cancel')}</Button>
      </div>
    </form>
  );
}
