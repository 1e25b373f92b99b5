import { useState } from 'react';
import { fieldSentences } from '../../api/problems';
import { useClinic, useWords } from '../../app/clinic';
import { TextField } from '../../ui/Field';
import { PhoneField } from '../../ui/PhoneField';
import { readPhone } from '../../ui/phone';
import { SendForm } from './SendForm';
import { useSending, type Writing } from './useSending';

/** Somebody to call, such as a laboratory. */
export function ContactForm(writing: Writing) {
  const { t } = useWords();
  const clinic = useClinic();
  const [name, setName] = useState('');
  const [phone, setPhone] = useState('');
  const [tried, setTried] = useState(false);
  const sending = useSending(writing);
  const refused = fieldSentences(sending.error, t);
  const required = (value: string) => (tried && !value.trim() ? t('field.required') : undefined);
  const submit = () => {
    setTried(true);
    if (name.trim() && readPhone(phone, clinic.country)) {
      sending.mutate(() => ({ kind: 'contact', name: name.trim(), phone }));
    }
  };
  return (
    <SendForm writing={writing} sending={sending} onSubmit={submit}>
      <TextField
        label={t('write.contactName')}
        required
        maxLength={100}
        data-testid="write-contact-name"
        value={name}
        onChange={(event) => setName(event.target.value)}
        error={required(name) ?? refused['content.name']}
      />
      <PhoneField
        label={t('write.contactPhone')}
        hint={t('write.contactHint')}
        value={phone}
        onValue={setPhone}
        strict={tried}
        error={required(phone) ?? refused['content.phone']}
        testId="write-contact-phone"
      />
    </SendForm>
  );
}
