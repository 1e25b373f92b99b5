import { IconArrowDown, IconArrowUp, IconPlus } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import clsx from 'clsx';
import { useEffect, useRef, useState } from 'react';
import { customFieldsQuery, moveCustomField } from '../../api/customFields';
import { sentenceFor } from '../../api/problems';
import type { CustomField } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { Icon } from '../../ui/Icon';
import layout from '../../ui/layout.module.css';
import lists from '../../ui/lists.module.css';
import { failed } from '../../ui/notices';
import { LoadError, Section, Skeleton } from '../../ui/Page';
import { StatusLabel } from '../../ui/Status';
import typography from '../../ui/typography.module.css';
import { CustomFieldForm } from './CustomFieldForm';
import settings from './settings.module.css';

type Subject = CustomField['subject'];
const subjects = ['patient', 'appointment'] as const satisfies readonly Subject[];

/** What the clinic wants to know of its patients and visits beyond what every clinic does, in the order of its forms. */
export function CustomFields() {
  const { t } = useWords();
  const clinic = useClinic();
  const fields = useQuery(customFieldsQuery(clinic.id));
  const [open, setOpen] = useState<{ subject: Subject; changed: CustomField | null } | null>(null);
  const close = () => setOpen(null);
  if (fields.isPending) return <Skeleton rows={6} />;
  if (fields.isLoadingError) return <LoadError error={fields.error} title={t('settings.error')} retry={() => void fields.refetch()} />;
  return (
    <div className={settings.list}>
      <p className={typography.muted}>{t('custom.under')}</p>
      {subjects.map((subject) => (
        <FieldList
          key={subject}
          subject={subject}
          fields={fields.data.filter((one) => one.subject === subject)}
          onOpen={(changed) => setOpen({ subject, changed })}
        />
      ))}
      <Dialog
        opened={open !== null}
        onClose={close}
        title={open?.changed ? t('settings.changeName', { name: open.changed.label }) : t(`custom.add.${open?.subject ?? 'patient'}`)}
      >
        {open && <CustomFieldForm subject={open.subject} changed={open.changed} onClose={close} />}
      </Dialog>
    </div>
  );
}

/** The fields about patients or about visits; each can be moved a place up or down. */
function FieldList(props: { subject: Subject; fields: CustomField[]; onOpen: (changed: CustomField | null) => void }) {
  const { t } = useWords();
  const { subject, fields, onOpen } = props;
  const { move, moved, list } = useMoving(fields);
  return (
    <section className={settings.below} aria-label={t(`custom.of.${subject}`)}>
      <Section title={t(`custom.of.${subject}`)}>
        <span className={layout.end}>
          <Button onClick={() => onOpen(null)} data-testid={`new-custom-field-${subject}`}>
            <Icon of={IconPlus} />
            {t('custom.addOne')}
          </Button>
        </span>
      </Section>
      {fields.length === 0 && <p className={typography.muted}>{t(`custom.none.${subject}`)}</p>}
      <ol ref={list} className={clsx(lists.ruled, lists.lined)} data-testid={`custom-fields-${subject}`}>
        {fields.map((one, at) => (
          <li key={one.id} className={settings.row}>
            <b className={typography.strong}>{one.label}</b>
            <span className={typography.muted}>
              {t(`custom.type.${one.type}`)}
              {one.required && `, ${t('custom.isRequired')}`}
              {!one.active && (
                <>
                  {' '}
                  <StatusLabel tone="mute">{t('custom.retired')}</StatusLabel>
                </>
              )}
            </span>
            <span className={clsx(layout.row, settings.rowEnd)}>
              {([-1, 1] as const).map((step) => (
                <Button
                  key={step}
                  kind="quiet"
                  small
                  iconOnly
                  // Not disabled while it is moved: the focus would be lost.
                  disabled={at + step < 0 || at + step >= fields.length}
                  aria-label={t(step < 0 ? 'custom.up' : 'custom.down', { name: one.label })}
                  data-move={`${one.id} ${step}`}
                  onClick={() => move(one, at + step, step)}
                >
                  <Icon of={step < 0 ? IconArrowUp : IconArrowDown} small />
                </Button>
              ))}
              <Button kind="quiet" small onClick={() => onOpen(one)} aria-label={t('settings.changeName', { name: one.label })}>
                {t('settings.change')}
              </Button>
            </span>
          </li>
        ))}
      </ol>
      <p role="status" className={layout.visuallyHidden}>
        {moved}
      </p>
    </section>
  );
}

/** Moves fields: shown at once, taken back when the server refuses, said to who cannot see it; the focus goes along. */
function useMoving(fields: CustomField[]) {
  const { t } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const { queryKey } = customFieldsQuery(clinic.id);
  const list = useRef<HTMLOListElement>(null);
  const pressed = useRef<{ id: string; step: number } | null>(null);
  const moving = useMutation({
    mutationFn: ({ field, position }: { field: CustomField; position: number }) => moveCustomField(clinic.id, field, position),
    onMutate: async ({ field, position }) => {
      await client.cancelQueries({ queryKey });
      const before = client.getQueryData(queryKey);
      client.setQueryData(queryKey, (all) => all && reordered(all, field, position));
      return before;
    },
    onSuccess: (saved) => {
      client.setQueryData(queryKey, (all) => all?.map((one) => (one.id === saved.id ? saved : one)));
    },
    onError: (error, _, before) => {
      if (before) client.setQueryData(queryKey, before);
      failed(sentenceFor(error, t), t('action.close'));
    },
    // Not waited for: the next move may follow at once.
    onSettled: () => {
      void client.invalidateQueries({ queryKey });
    },
  });
  // Said once the next move may follow: whoever hears it may press again.
  const moved = moving.isSuccess ? t('custom.moved', { name: moving.data.label, place: moving.data.position + 1 }) : '';
  const order = fields.map((one) => one.id).join();
  // A row that changes places may lose the focus, and at an end the button that was pressed is no more to be pressed.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another order is the reason to look
  useEffect(() => {
    if (!pressed.current) return;
    const { id, step } = pressed.current;
    pressed.current = null;
    const button = (which: number) => list.current?.querySelector<HTMLButtonElement>(`[data-move="${id} ${which}"]:not(:disabled)`);
    (button(step) ?? button(-step))?.focus();
  }, [order]);
  const move = (field: CustomField, position: number, step: number) => {
    if (moving.isPending) return;
    pressed.current = { id: field.id, step };
    moving.mutate({ field, position });
  };
  return { move, moved, list };
}

/** The same fields with one at another place among those about the same. */
function reordered(all: CustomField[], field: CustomField, position: number): CustomField[] {
  const others = all.filter((one) => one.subject === field.subject && one.id !== field.id);
  others.splice(position, 0, field);
  const placed = others.map((one, at) => ({ ...one, position: at }));
  return [...all.filter((one) => one.subject !== field.subject), ...placed];
}
