import { IconPlus, IconX } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import * as tickets from '../../api/tickets';
import { useClinic, useWords } from '../../app/clinic';
import { Button } from '../../ui/Button';
import { Check, SelectField, TextField } from '../../ui/Field';
import { SavingForm, useSaving } from '../../ui/Form';
import { Icon } from '../../ui/Icon';
import { done } from '../../ui/notices';
import typography from '../../ui/typography.module.css';
import styles from './TicketBar.module.css';

type Body = Pick<tickets.TicketSettings, 'openedFor' | 'rules'>;

/** For what tickets are opened by themselves, and what the clinic knows better than the model. */
export function TicketSettingsForm({ saved, onClose }: { saved: tickets.TicketSettings; onClose: () => void }) {
  const { t } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const [openedFor, setOpenedFor] = useState(saved.openedFor);
  const [rules, setRules] = useState(saved.rules.map((rule, at) => ({ ...rule, key: at })));
  const body: Body = {
    openedFor,
    rules: rules.filter((rule) => rule.words.trim()).map(({ words, category }) => ({ words: words.trim(), category })),
  };
  const { saving } = useSaving(
    (change: Body) => tickets.changeTicketSettings(clinic.id, saved.version, change),
    (now) => {
      client.setQueryData(tickets.ticketSettingsQuery(clinic.id).queryKey, now);
      done(t('inboxSettings.saved'), t('action.close'));
      onClose();
    },
  );
  const set = (key: number, change: Partial<(typeof rules)[number]>) =>
    setRules((all) => all.map((rule) => (rule.key === key ? { ...rule, ...change } : rule)));
  return (
    <SavingForm saving={saving} body={body} onClose={onClose}>
      <fieldset className={styles.plain}>
        <legend className={typography.small}>{t('tickets.openedFor')}</legend>
        {tickets.ticketCategories.map((category) => (
          <Check
            key={category}
            type="checkbox"
            label={t(`tickets.categories.${category}`)}
            checked={openedFor.includes(category)}
            onChange={() => setOpenedFor((all) => (all.includes(category) ? all.filter((each) => each !== category) : [...all, category]))}
          />
        ))}
      </fieldset>
      <p className={typography.small}>{t('tickets.rulesHint')}</p>
      {rules.map((rule) => (
        <div key={rule.key}>
          <TextField
            label={t('tickets.ruleWords')}
            maxLength={100}
            value={rule.words}
            onChange={(event) => set(rule.key, { words: event.target.value })}
          />
          <SelectField
            label={t('tickets.category')}
            value={rule.category}
            onChange={(event) => set(rule.key, { category: event.target.value as tickets.TicketCategory })}
          >
            {tickets.ticketCategories.map((category) => (
              <option key={category} value={category}>
                {t(`tickets.categories.${category}`)}
              </option>
            ))}
          </SelectField>
          <Button kind="quiet" small onClick={() => setRules((all) => all.filter((each) => each.key !== rule.key))}>
            <Icon of={IconX} small />
            {t('tickets.removeRule')}
          </Button>
        </div>
      ))}
      <Button
        small
        onClick={() =>
          setRules((all) => [...all, { words: '', category: 'complaint', key: Math.max(0, ...all.map((each) => each.key)) + 1 }])
        }
        data-testid="add-rule"
      >
        <Icon of={IconPlus} />
        {t('tickets.addRule')}
      </Button>
    </SavingForm>
  );
}
