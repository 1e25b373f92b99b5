import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { fieldSentences } from '../../api/problems';
import type { PlanInput, PlatformOrganization, Usage } from '../../api/types';
import { platformUsageQuery, setPlan } from '../../api/usage';
import { useWords } from '../../app/clinic';
import { Dialog } from '../../ui/Dialog';
import { TextField } from '../../ui/Field';
import { SavingForm } from '../../ui/Form';
import forms from '../../ui/forms.module.css';
import { done } from '../../ui/notices';
import { LoadError, Skeleton } from '../../ui/Page';
import { UsageMeters } from '../../ui/UsageMeters';
import platform from './platform.module.css';

/** What a clinic uses and what its plan includes; numbers only. */
export function PlanDialog({ clinic, onClose }: { clinic: PlatformOrganization | null; onClose: () => void }) {
  const { t } = useWords();
  return (
    <Dialog opened={clinic !== null} onClose={onClose} title={t('usage.title')} under={clinic?.name}>
      {clinic && <Body key={clinic.id} clinic={clinic} onClose={onClose} />}
    </Dialog>
  );
}

function Body({ clinic, onClose }: { clinic: PlatformOrganization; onClose: () => void }) {
  const { t } = useWords();
  const usage = useQuery(platformUsageQuery(clinic.id));
  if (usage.isPending) return <Skeleton rows={4} />;
  if (usage.isLoadingError) return <LoadError error={usage.error} title={t('usage.error')} retry={() => void usage.refetch()} />;
  return <Form clinic={clinic} usage={usage.data} onClose={onClose} />;
}

const limits = ['lines', 'messagesPerDay', 'members', 'storageMegabytes'] as const;
type Field = (typeof limits)[number];
const nameOf: Record<Field, Usage['items'][number]['limit']> = {
  lines: 'lines',
  messagesPerDay: 'messages-per-day',
  members: 'members',
  storageMegabytes: 'storage-megabytes',
};

function Form({ clinic, usage, onClose }: { clinic: PlatformOrganization; usage: Usage; onClose: () => void }) {
  const { t } = useWords();
  const client = useQueryClient();
  const [plan, setName] = useState(usage.plan ?? '');
  const [typed, setTyped] = useState<Record<Field, string>>(() => {
    const most = (field: Field) => usage.items.find((one) => one.limit === nameOf[field])?.most?.toString() ?? '';
    return {
      lines: most('lines'),
      messagesPerDay: most('messagesPerDay'),
      members: most('members'),
      storageMegabytes: most('storageMegabytes'),
    };
  });
  const numberIn = (field: Field) => (typed[field].trim() === '' ? null : Number(typed[field]));
  const body: PlanInput = {
    plan: plan.trim(),
    lines: numberIn('lines'),
    messagesPerDay: numberIn('messagesPerDay'),
    members: numberIn('members'),
    storageMegabytes: numberIn('storageMegabytes'),
  };
  const unreadable = limits.some((field) => !Number.isInteger(body[field] ?? 0));
  const saving = useMutation({
    mutationFn: (wanted: PlanInput) => setPlan(clinic.id, wanted),
    onSuccess: (now) => {
      client.setQueryData(platformUsageQuery(clinic.id).queryKey, now);
      done(t('usage.saved', { name: clinic.name }), t('action.close'));
      onClose();
    },
  });
  const refused = fieldSentences(saving.error, t);
  return (
    <>
      <div className={platform.usage}>
        <UsageMeters usage={usage} />
      </div>
      <SavingForm saving={saving} body={body} incomplete={!body.plan || unreadable} onClose={onClose}>
        <TextField
          label={t('usage.planName')}
          required
          maxLength={60}
          value={plan}
          onChange={(event) => setName(event.target.value)}
          error={refused.plan}
          data-testid="plan-name"
        />
        <div className={forms.columns}>
          {limits.map((field) => (
            <TextField
              key={field}
              label={t(field === 'messagesPerDay' ? 'usage.perDay' : `usage.limit.${nameOf[field]}`)}
              hint={t('usage.emptyIsNone')}
              inputMode="numeric"
              value={typed[field]}
              onChange={(event) => setTyped({ ...typed, [field]: event.target.value })}
              error={refused[field]}
              data-testid={`plan-${nameOf[field]}`}
            />
          ))}
        </div>
      </SavingForm>
    </>
  );
}
