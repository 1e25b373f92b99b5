import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import clsx from 'clsx';
import { useState } from 'react';
import { keys } from '../../../api/keys';
import { answerPrivacyRequest, type PrivacyAnswer } from '../../../api/privacyRequests';
import type { PrivacyRequest } from '../../../api/types';
import { useClinic, useWords } from '../../../app/clinic';
import { to } from '../../../app/paths';
import { Segments, TextArea } from '../../../ui/Field';
import { SavingForm, useSaving } from '../../../ui/Form';
import { done } from '../../../ui/notices';
import typography from '../../../ui/typography.module.css';
import { carriedOut } from './requests';

const outcomes = ['done', 'refused'] as const satisfies readonly PrivacyAnswer['outcome'][];

/** Says what a request was answered; a refusal has a reason. What is done on the card is answered there. */
export function AnswerForm({ request, onClose }: { request: PrivacyRequest; onClose: () => void }) {
  const { t } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const [outcome, setOutcome] = useState<PrivacyAnswer['outcome']>(carriedOut(request.kind) ? 'refused' : 'done');
  const [reason, setReason] = useState('');
  const body: PrivacyAnswer = { outcome, reason: reason.trim() };
  const { saving, refused } = useSaving(
    (answer: PrivacyAnswer) => answerPrivacyRequest(clinic.id, request, answer),
    () => {
      void client.invalidateQueries({ queryKey: keys.of(clinic.id, 'privacy-requests') });
      done(t('privacy.answered'), t('action.close'));
      onClose();
    },
  );
  return (
    <SavingForm saving={saving} body={body} incomplete={outcome === 'refused' && !body.reason} onClose={onClose}>
      {carriedOut(request.kind) ? (
        <p className={clsx(typography.small, typography.muted)}>
          <Link {...to.patient(clinic.alias, request.patient.id)} data-testid="request-carry-out">
            {t('privacy.carryOut')}
          </Link>
          . {t(request.kind === 'erasure' ? 'privacy.carryOutErasure' : 'privacy.carryOutRestriction')}
        </p>
      ) : (
        <Segments
          label={t('privacy.outcome')}
          value={outcome}
          options={outcomes.map((value) => ({ value, label: t(`privacy.state.${value}`) }))}
          onChange={setOutcome}
        />
      )}
      <TextArea
        label={t('privacy.reason')}
        hint={t(outcome === 'refused' ? 'privacy.reasonRequired' : 'privacy.reasonHint')}
        maxLength={1000}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
        error={refused.reason}
        data-testid="answer-reason"
      />
    </SavingForm>
  );
}
