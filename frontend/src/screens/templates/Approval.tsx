import { IconAlertTriangle, IconBan, IconCircleCheck, IconClockHour4, IconSend } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import clsx from 'clsx';
import { useState } from 'react';
import { may } from '../../api/may';
import { linesQuery } from '../../api/queries';
import { submissionsQuery, submitTemplate } from '../../api/submissions';
import type { Language, TemplateSubmission, TemplateSubmissionInput, TemplateText, WhatsAppLine } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { moment } from '../../time/format';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { Segments, TextField } from '../../ui/Field';
import { SavingForm, useSaving } from '../../ui/Form';
import fields from '../../ui/fields.module.css';
import type { IconType } from '../../ui/Icon';
import layout from '../../ui/layout.module.css';
import lists from '../../ui/lists.module.css';
import { done } from '../../ui/notices';
import { LoadError, Skeleton } from '../../ui/Page';
import { StatusLabel, type Tone } from '../../ui/Status';
import typography from '../../ui/typography.module.css';
import styles from './Approval.module.css';

const signs: Record<TemplateSubmission['state'], { tone: Tone; icon: IconType }> = {
  submitting: { tone: 'wait', icon: IconSend },
  pending: { tone: 'wait', icon: IconClockHour4 },
  approved: { tone: 'ok', icon: IconCircleCheck },
  rejected: { tone: 'fail', icon: IconBan },
  paused: { tone: 'fail', icon: IconAlertTriangle },
  disabled: { tone: 'fail', icon: IconBan },
};

/** Meta's code for a language, until the clinic says another. */
const usual: Record<Language, string> = { es: 'es_AR', en: 'en_US', 'pt-BR': 'pt_BR' };

/** The provider's reasons that have a sentence; others are shown as the provider wrote them. */
const reasons: ReadonlySet<string> = new Set([
  'invalid-format',
  'incorrect-category',
  'tag-content-mismatch',
  'abusive-content',
  'promotional',
  'scam',
  'limit-exceeded',
  'flagged',
  'deleted',
  'archived',
  'authorization-failed',
  'credentials-missing',
  'provider-unreachable',
]);

/** Whether a text is approved on each official line, and handing it in. Nothing where the clinic has no such line. */
export function Approval({ text, marketing }: { text: TemplateText; marketing: boolean }) {
  const { t } = useWords();
  const clinic = useClinic();
  const lines = useQuery(linesQuery(clinic.id));
  const official = lines.data?.filter((line) => line.capabilities.templates) ?? [];
  const submissions = useQuery({ ...submissionsQuery(clinic.id), enabled: official.length > 0 });
  const [chosen, setChosen] = useState<WhatsAppLine | null>(null);
  if (official.length === 0) return null;
  const mine = (line: WhatsAppLine, confirmed: boolean) =>
    submissions.data?.filter(
      (one) =>
        one.lineId === line.id &&
        one.language === text.language &&
        one.confirmed === confirmed &&
        (text.customTemplateId ? one.customTemplateId === text.customTemplateId : one.kind === text.kind),
    ) ?? [];
  return (
    <section className={layout.spaced} aria-labelledby="approval" data-testid="approval">
      <h2 id="approval" className={typography.strong}>
        {t('approval.title')}
      </h2>
      <p className={clsx(typography.small, typography.muted)}>{t('approval.under')}</p>
      {submissions.isPending ? (
        <Skeleton rows={2} />
      ) : submissions.isLoadingError ? (
        <LoadError error={submissions.error} title={t('approval.error')} retry={() => void submissions.refetch()} />
      ) : (
        <ul className={clsx(lists.ruled, lists.lined)}>
          {official.map((line) => (
            <Row
              key={line.id}
              line={line}
              text={text}
              all={mine(line, false)}
              confirmed={mine(line, true)[0] ?? null}
              onSubmit={may(clinic, 'set-credentials') ? () => setChosen(line) : null}
            />
          ))}
        </ul>
      )}
      <Dialog
        opened={chosen !== null}
        onClose={() => setChosen(null)}
        title={t('approval.submit')}
        under={chosen ? t('approval.submitUnder', { line: chosen.name }) : ''}
      >
        {chosen && (
          <SubmitForm
            line={chosen}
            text={text}
            before={mine(chosen, false)[0] ?? null}
            marketing={marketing}
            onClose={() => setChosen(null)}
          />
        )}
      </Dialog>
    </section>
  );
}

interface RowProps {
  line: WhatsAppLine;
  text: TemplateText;
  /** Of this text on this line, the newest first. */
  all: TemplateSubmission[];
  confirmed: TemplateSubmission | null;
  onSubmit: (() => void) | null;
}
function Row({ line, text, all, confirmed, onSubmit }: RowProps) {
  const { t, language } = useWords();
  const clinic = useClinic();
  const newest = all[0];
  const older = newest && newest.state !== 'approved' ? all.find((one) => one.state === 'approved') : undefined;
  const waiting = newest?.state === 'submitting' || newest?.state === 'pending';
  const outdated = newest?.state === 'approved' && newest.body !== null && newest.textNumber !== text.number;
  const label = t(newest ? 'approval.again' : 'approval.submit');
  return (
    <li className={styles.line} data-testid={`approval-${line.engine}`}>
      <div className={clsx(layout.row, layout.wrap)}>
        <span className={typography.strong}>{line.name}</span>
        {newest ? <Standing of={newest} /> : <span className={clsx(typography.small, typography.muted)}>{t('approval.never')}</span>}
        {onSubmit && !waiting && text.body !== null && (
          <Button small className={layout.end} onClick={onSubmit} aria-label={`${label}: ${line.name}`} data-testid="approval-submit">
            {label}
          </Button>
        )}
      </div>
      {newest && (
        <p className={clsx(typography.small, typography.muted)}>
          {[
            newest.category ? t(`approval.category.${newest.category}`) : null,
            newest.quality && newest.quality !== 'unknown' ? t(`approval.quality.${newest.quality}`) : null,
            t('approval.at', { when: moment(newest.toldAt ?? newest.submittedAt, clinic.timeZone, language) }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
      )}
      {newest?.reason && (
        <p className={typography.small} data-testid="approval-reason">
          {reasons.has(newest.reason) ? t(`approval.reason.${newest.reason}`) : t('approval.reasonSaid', { reason: newest.reason })}
          {newest.detail && (
            <span className={clsx(typography.muted, typography.block)}>{t('approval.detail', { detail: newest.detail })}</span>
          )}
        </p>
      )}
      {newest && ['rejected', 'paused', 'disabled'].includes(newest.state) && !older && (
        <p className={typography.small}>{t('approval.blocked')}</p>
      )}
      {older && <p className={typography.small}>{t('approval.older')}</p>}
      {outdated && <p className={typography.small}>{t('approval.outdated')}</p>}
      {newest?.category === 'marketing' && newest.kind !== null && newest.kind !== 'recall' && (
        <p className={typography.small}>{t('approval.becameMarketing')}</p>
      )}
      {confirmed && (
        <p className={clsx(layout.row, layout.wrap, typography.small)}>
          <span className={typography.muted}>{t('approval.confirmed')}</span> <Standing of={confirmed} />
        </p>
      )}
    </li>
  );
}

function Standing({ of }: { of: TemplateSubmission }) {
  const { t } = useWords();
  const { tone, icon } = signs[of.state];
  return (
    <StatusLabel bare tone={tone} icon={icon}>
      {t(`approval.state.${of.state}`)}
    </StatusLabel>
  );
}

interface FormProps {
  line: WhatsAppLine;
  text: TemplateText;
  before: TemplateSubmission | null;
  /** What its messages are for, where the clinic said it. */
  marketing: boolean;
  onClose: () => void;
}
function SubmitForm({ line, text, before, marketing, onClose }: FormProps) {
  const { t } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const [category, setCategory] = useState<'utility' | 'marketing'>(marketing || text.kind === 'recall' ? 'marketing' : 'utility');
  const [language, setLanguage] = useState(before?.providerLanguage ?? usual[text.language]);
  const body: TemplateSubmissionInput = {
    lineId: line.id,
    ...(text.customTemplateId ? { customTemplateId: text.customTemplateId } : { kind: text.kind }),
    language: text.language,
    category,
    providerLanguage: language.trim(),
  };
  const { saving, refused } = useSaving(
    (sent: TemplateSubmissionInput, key) => submitTemplate(clinic.id, sent, key),
    async () => {
      await client.invalidateQueries({ queryKey: submissionsQuery(clinic.id).queryKey });
      done(t('approval.submitted'), t('action.close'));
      onClose();
    },
  );
  return (
    <SavingForm saving={saving} body={body} incomplete={!language.trim()} submit={t('approval.submit')} onClose={onClose}>
      <p className={typography.small}>{t(text.number > 0 ? 'approval.what' : 'approval.whatStandard', { number: text.number })}</p>
      <div>
        <span className={fields.label}>{t('approval.categoryLabel')}</span>
        <Segments
          label={t('approval.categoryLabel')}
          value={category}
          onChange={setCategory}
          options={[
            { value: 'utility', label: t('approval.category.utility') },
            { value: 'marketing', label: t('approval.category.marketing') },
          ]}
        />
        <p className={fields.hint}>{t(`approval.categoryHint.${category}`)}</p>
      </div>
      <TextField
        label={t('approved.language')}
        hint={t('approved.languageHint')}
        spellCheck={false}
        required
        value={language}
        onChange={(event) => setLanguage(event.target.value)}
        error={refused.providerLanguage}
        data-testid="approval-language"
      />
      {refused.body && <p className={clsx(fields.hint, fields.error)}>{refused.body}</p>}
    </SavingForm>
  );
}
