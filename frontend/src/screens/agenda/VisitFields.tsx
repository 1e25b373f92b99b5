import { IconPencil } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import clsx from 'clsx';
import { useState } from 'react';
import { appointmentQuery } from '../../api/agendaQueries';
import { writeVisitFields } from '../../api/customFields';
import { keys } from '../../api/keys';
import { may } from '../../api/may';
import { fieldSentences, isStale } from '../../api/problems';
import { patchVisit } from '../../api/queries';
import type { Appointment } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { useMayStep } from '../../app/own';
import { Button } from '../../ui/Button';
import { Conflict } from '../../ui/Conflict';
import { layOn } from '../../ui/draft';
import { FormError } from '../../ui/FormError';
import facts from '../../ui/facts.module.css';
import forms from '../../ui/forms.module.css';
import { Icon } from '../../ui/Icon';
import layout from '../../ui/layout.module.css';
import { CustomFacts } from '../customfields/CustomFacts';
import { CustomFieldInputs } from '../customfields/CustomFieldInputs';
import { useCustomFields, useSaid } from '../customfields/useCustomFields';
import { linesOf, valuesOf } from '../customfields/values';

/** What is written in the clinic's own fields of a visit, and the way to the form for it; nothing where there are none. */
export function VisitFields({ visit, onWrite }: { visit: Appointment; onWrite: () => void }) {
  const { t } = useWords();
  const clinic = useClinic();
  const mayStep = useMayStep();
  const asked = useCustomFields('appointment').filter((field) => field.active);
  const mayWrite = asked.length > 0 && (may(clinic, 'move') || mayStep(visit, 'check-in'));
  if (asked.length === 0 && visit.customFields.length === 0) return null;
  return (
    <div data-testid="visit-custom">
      {visit.customFields.length > 0 && (
        <dl className={facts.facts}>
          <CustomFacts subject="appointment" values={visit.customFields} />
        </dl>
      )}
      {mayWrite && (
        <Button kind="quiet" small onClick={onWrite} data-testid="visit-fields">
          <Icon of={IconPencil} small />
          {t('custom.write')}
        </Button>
      )}
    </div>
  );
}

/** Two people's values, laid on each other field by field. */
const byKey = (lines: string): Record<string, string> => Object.fromEntries(valuesOf(lines).map(({ key, value }) => [key, value]));
const asLines = (values: Record<string, string>): string =>
  linesOf(Object.entries(values).flatMap(([key, value]) => (value ? [{ key, value }] : [])));

/** Writes into them. */
export function VisitFieldsForm({ visit, onClose }: { visit: Appointment; onClose: () => void }) {
  const { t } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const fields = useCustomFields('appointment');
  const said = useSaid();
  // What the draft was made from: a live refresh behind the form must not change what saving is checked against.
  const [base, setBase] = useState(visit);
  const [lines, setLines] = useState(linesOf(visit.customFields));
  const [theirs, setTheirs] = useState<Appointment | null>(null);
  const saving = useMutation({
    mutationFn: ({ seen, written }: { seen: Appointment; written: string }) => writeVisitFields(clinic.id, seen, valuesOf(written)),
    onSuccess: (now) => {
      patchVisit(client, clinic.id, now);
      void client.invalidateQueries({ queryKey: keys.of(clinic.id, 'appointments') });
      void client.invalidateQueries({ queryKey: keys.of(clinic.id, 'timeline', now.id) });
      onClose();
    },
    onError: async (error) => {
      if (!isStale(error)) return;
      const now = await client.fetchQuery({ ...appointmentQuery(clinic.id, base.id), staleTime: 0 });
      // Somebody changed the visit, and none of its fields: there is nothing to decide about.
      if (linesOf(now.customFields) === linesOf(base.customFields)) {
        setBase(now);
        saving.mutate({ seen: now, written: lines });
      } else setTheirs(now);
    },
  });
  if (theirs) {
    const other = byKey(linesOf(theirs.customFields));
    const keysOfAll = fields.map((field) => field.key);
    const whole = (values: Record<string, string>) => Object.fromEntries(keysOfAll.map((key) => [key, values[key] ?? '']));
    const mine = layOn(whole(byKey(lines)), whole(byKey(linesOf(base.customFields))), whole(other));
    return (
      <Conflict
        title={t('custom.conflict')}
        differences={fields
          .filter((field) => (mine[field.key] ?? '') !== (other[field.key] ?? ''))
          .map((field) => {
            const text = (value: string | undefined) => (value ? said(field, value) : '');
            return { label: field.label, mine: text(mine[field.key]), theirs: text(other[field.key]) };
          })}
        busy={saving.isPending}
        onKeepMine={() => {
          const written = asLines(mine);
          setLines(written);
          setBase(theirs);
          setTheirs(null);
          saving.mutate({ seen: theirs, written });
        }}
        onTakeTheirs={onClose}
      />
    );
  }
  return (
    <form
      noValidate
      className={forms.form}
      aria-label={t('custom.title')}
      data-testid="visit-fields-form"
      onSubmit={(event) => {
        event.preventDefault();
        saving.mutate({ seen: base, written: lines });
      }}
    >
      <CustomFieldInputs subject="appointment" lines={lines} onLines={setLines} refused={fieldSentences(saving.error, t)} />
      {saving.error && !isStale(saving.error) ? <FormError error={saving.error} /> : null}
      <div className={clsx(layout.row, layout.wrap, forms.actions)}>
        <Button type="submit" kind="primary" disabled={saving.isPending} data-testid="visit-fields-save">
          {t('action.save')}
        </Button>
        <Button onClick={onClose}>{t('action.cancel')}</Button>
      </div>
    </form>
  );
}
