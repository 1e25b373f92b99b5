import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { keys } from '../../../api/keys';
import { createPrivacyRequest } from '../../../api/privacyRequests';
import type { Patient, PrivacyRequest, PrivacyRequestInput } from '../../../api/types';
import { useClinic, useWords } from '../../../app/clinic';
import { todayIn } from '../../../time/clinicTime';
import { dayMonthYear } from '../../../time/format';
import { SelectField, TextArea, TextField } from '../../../ui/Field';
import { SavingForm, useSaving } from '../../../ui/Form';
import { done } from '../../../ui/notices';
import { requestKinds } from './requests';

/** Writes down what a patient asked about their data. */
export function RequestForm({ patient, onClose }: { patient: Patient; onClose: () => void }) {
  const { t, language } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const today = todayIn(clinic.timeZone);
  const [kind, setKind] = useState<PrivacyRequest['kind']>('access');
  const [receivedOn, setReceivedOn] = useState(today);
  const [note, setNote] = useState('');
  const body: PrivacyRequestInput = { patientId: patient.id, kind, receivedOn, ...(note.trim() ? { note: note.trim() } : {}) };
  const { saving, refused } = useSaving(
    (asked: PrivacyRequestInput, key) => createPrivacyRequest(clinic.id, asked, key),
    (saved) => {
      void client.invalidateQueries({ queryKey: keys.of(clinic.id, 'privacy-requests') });
      done(t('privacy.noted', { date: dayMonthYear(saved.dueOn, language) }), t('action.close'));
      onClose();
    },
  );
  return (
    <SavingForm saving={saving} body={body} incomplete={!receivedOn} onClose={onClose}>
      <SelectField
        label={t('privacy.what')}
        value={kind}
        onChange={(event) => setKind(event.target.value as PrivacyRequest['kind'])}
        error={refused.kind}
        data-autofocus
        data-testid="request-kind"
      >
        {requestKinds.map((each) => (
          <option key={each} value={each}>
            {t(`privacy.kind.${each}`)}
          </option>
        ))}
      </SelectField>
      <TextField
        type="date"
        label={t('privacy.receivedOn')}
        hint={t('privacy.receivedHint')}
        max={today}
        value={receivedOn}
        onChange={(event) => setReceivedOn(event.target.value)}
        error={refused.receivedOn}
        data-testid="request-received"
      />
      <TextArea
        label={t('privacy.note')}
        maxLength={1000}
        value={note}
        onChange={(event) => setNote(event.target.value)}
        error={refused.note}
      />
    </SavingForm>
  );
}
