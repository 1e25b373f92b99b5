import { useQuery, useQueryClient } from '@tanstack/react-query';
import clsx from 'clsx';
import { useState } from 'react';
import { budgetQuery, changeBudget } from '../../api/costs';
import type { MessageBudget as Budget, MessageBudgetInput } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { costText } from '../../ui/cost';
import { SelectField, TextField } from '../../ui/Field';
import { SavingForm, useSaving } from '../../ui/Form';
import forms from '../../ui/forms.module.css';
import { done } from '../../ui/notices';
import { LoadError, Section, Skeleton } from '../../ui/Page';
import typography from '../../ui/typography.module.css';
import settings from './settings.module.css';

const currencies = ['USD', 'ARS', 'BRL', 'CLP', 'COP', 'EUR', 'MXN', 'PEN', 'UYU'];

/** How much the clinic wants to spend on messages in a month. It stops what advertises, never what is about a visit. */
export function MessageBudget() {
  const { t } = useWords();
  const clinic = useClinic();
  const budget = useQuery(budgetQuery(clinic.id));
  return (
    <section className={clsx(settings.form, settings.hold)} aria-labelledby="message-budget">
      <Section title={t('costs.budget')} id="message-budget" />
      <p className={clsx(typography.small, typography.muted)}>{t('costs.budgetUnder')}</p>
      {budget.isPending ? (
        <Skeleton rows={1} />
      ) : budget.isLoadingError ? (
        <LoadError error={budget.error} title={t('costs.budgetError')} retry={() => void budget.refetch()} />
      ) : (
        <BudgetForm key={budget.data.version} saved={budget.data} />
      )}
    </section>
  );
}

function BudgetForm({ saved }: { saved: Budget }) {
  const { t, language } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const written = saved.monthly === null ? '' : String(saved.monthly);
  const [monthly, setMonthly] = useState(written);
  const [currency, setCurrency] = useState(saved.currency);
  const amount = monthly.trim() === '' ? null : Number(monthly.trim().replace(',', '.'));
  const body: MessageBudgetInput = { monthly: amount, currency };
  const { saving, refused } = useSaving(
    (change: MessageBudgetInput) => changeBudget(clinic.id, saved.version, change),
    (now) => {
      client.setQueryData(budgetQuery(clinic.id).queryKey, now);
      done(t('costs.budgetSaved'), t('action.close'));
    },
  );
  return (
    <SavingForm
      saving={saving}
      body={body}
      incomplete={amount !== null && !(amount >= 0)}
      onClose={() => {
        setMonthly(written);
        setCurrency(saved.currency);
      }}
    >
      <div className={forms.columns}>
        <TextField
          label={t('costs.monthly')}
          hint={t('costs.spent', { spent: costText({ amount: saved.spent, currency: saved.currency }, language) })}
          inputMode="decimal"
          value={monthly}
          onChange={(event) => setMonthly(event.target.value)}
          error={refused.monthly}
          data-testid="budget-monthly"
        />
        <SelectField
          label={t('settings.currency')}
          value={currency}
          onChange={(event) => setCurrency(event.target.value)}
          error={refused.currency}
        >
          {[...new Set([currency, ...currencies])].map((one) => (
            <option key={one} value={one}>
              {one}
            </option>
          ))}
        </SelectField>
      </div>
    </SavingForm>
  );
}
