import { useQuery, useQueryClient } from '@tanstack/react-query';
import clsx from 'clsx';
import { Fragment, useState } from 'react';
import { consentsQuery, recordMarketing } from '../../api/campaigns';
import { keys } from '../../api/keys';
import { may } from '../../api/may';
import type { Patient } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { moment } from '../../time/format';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { Segments, TextField } from '../../ui/Field';
import { SavingForm, useSaving } from '../../ui/Form';
import facts from '../../ui/facts.module.css';
import { Section } from '../../ui/Page';
import { StatusLabel } from '../../ui/Status';
import typography from '../../ui/typography.module.css';
import styles from './PatientPage.module.css';

/** What holds for care and for marketing, when and how it was said; "never asked" differs from "no". */
export function Consents({ patient }: { patient: Patient }) {
  const { t, language } = useWords();
  const clinic = useClinic();
  const consents = useQuery(consentsQuery(clinic.id, patient.id));
  const [asking, setAsking] = useState(false);
  if (!patient.phone) return null;
  const last = (purpose: 'care' | 'marketing') => consents.data?.find((one) => one.purpose === purpose) ?? null;
  const marketing = last('marketing');
  const wants = patient.marketing === 'opted-out' ? 'no' : marketing ? (marketing.allowed ? 'yes' : 'no') : 'never';
  const rows = [
    { purpose: 'care', state: patient.messaging === 'allowed' ? 'yes' : 'no', said: last('care') },
    { purpose: 'marketing', state: wants, said: marketing },
  ] as const;
  return (
    <div className={styles.consents} data-testid="patient-consents">
      <Section title={t('consents.title')}>
        {may(clinic, 'edit-patients') && (
          <Button kind="link" className={typography.small} onClick={() => setAsking(true)} data-testid="consent-note">
            {t('consents.note')}
          </Button>
        )}
      </Section>
      <dl className={clsx(facts.facts, facts.wide)}>
        {rows.map(({ purpose, state, said }) => (
          <Fragment key={purpose}>
            <dt>{t(`wording.${purpose}`)}</dt>
            <dd>
              <StatusLabel tone={state === 'yes' ? 'ok' : state === 'no' ? 'no' : 'mute'} bare>
                {t(`consents.state.${state}`)}
              </StatusLabel>
              {said && (
                <div className={clsx(typography.small, typography.muted)}>
                  {t(`consents.source.${said.source}`)}, {moment(said.saidAt, clinic.timeZone, language)}
                  {said.evidence ? `: «${said.evidence}»` : ''}
                </div>
              )}
            </dd>
          </Fragment>
        ))}
      </dl>
      <Dialog opened={asking} onClose={() => setAsking(false)} title={t('consents.note')} under={t('consents.noteText')}>
        <MarketingForm patient={patient} onClose={() => setAsking(false)} />
      </Dialog>
    </div>
  );
}

function MarketingForm({ patient, onClose }: { patient: Patient; onClose: () => void }) {
  const { t } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const [allowed, setAllowed] = useState<'yes' | 'no'>('yes');
  const [evidence, setEvidence] = useState('');
  const { saving, refused } = useSaving(
    (body: { allowed: boolean; evidence: string }, key) => recordMarketing(clinic.id, patient.id, body, key),
    () => {
      void client.invalidateQueries({ queryKey: keys.of(clinic.id, 'patients') });
      onClose();
    },
  );
  return (
    <SavingForm
      saving={saving}
      body={{ allowed: allowed === 'yes', evidence: evidence.trim() }}
      incomplete={!evidence.trim()}
      onClose={onClose}
    >
      <Segments
        label={t('wording.marketing')}
        value={allowed}
        onChange={setAllowed}
        options={[
          { value: 'yes', label: t('consents.state.yes') },
          { value: 'no', label: t('consents.state.no') },
        ]}
      />
      <TextField
        label={t('consents.evidence')}
        hint={t('consents.evidenceHint')}
        value={evidence}
        maxLength={500}
        error={refused.evidence}
        onChange={(event) => setEvidence(event.target.value)}
        data-testid="consent-evidence"
      />
    </SavingForm>
  );
}
