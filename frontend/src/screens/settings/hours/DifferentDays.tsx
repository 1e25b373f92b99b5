import { IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import clsx from 'clsx';
import { useState } from 'react';
import { createScheduleException, removeScheduleException, replaceScheduleException } from '../../../api/actions';
import { scheduleExceptionsQuery } from '../../../api/agendaQueries';
import { keys } from '../../../api/keys';
import type { HoursPart, Practitioner, ScheduleException, ScheduleExceptionInput } from '../../../api/types';
import { useClinic, useWords } from '../../../app/clinic';
import { dateSpan, shortDate } from '../../../time/format';
import { Button } from '../../../ui/Button';
import { Dialog } from '../../../ui/Dialog';
import { Segments, TextField, TimeField } from '../../../ui/Field';
import { SavingForm, useSaving } from '../../../ui/Form';
import forms from '../../../ui/forms.module.css';
import { Icon } from '../../../ui/Icon';
import layout from '../../../ui/layout.module.css';
import lists from '../../../ui/lists.module.css';
import { done } from '../../../ui/notices';
import { LoadError, Section, Skeleton } from '../../../ui/Page';
import typography from '../../../ui/typography.module.css';
import { LocationSelect } from '../LocationSelect';
import styles from './Hours.module.css';
import { faultsOf } from './week';

/** Days that differ from the usual week: of one practitioner, or closed for the whole clinic. */
export function DifferentDays({ practitioner, today }: { practitioner: Practitioner | null; today: string }) {
  const { t, language } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const exceptions = useQuery(scheduleExceptionsQuery(clinic.id, today));
  const [editing, setEditing] = useState<ScheduleException | 'new' | null>(null);
  const owner = practitioner?.id ?? null;
  const changed = () => void client.invalidateQueries({ queryKey: keys.of(clinic.id, 'schedules') });
  const removing = useMutation({
    mutationFn: (one: ScheduleException) => removeScheduleException(clinic.id, one),
    onSuccess: (_, one) => {
      changed();
      const { id: _id, version: _version, ...body } = one;
      done(t('hours.dayRemoved'), t('action.close'), {
        label: t('action.undo'),
        run: () => void createScheduleException(clinic.id, body, crypto.randomUUID()).then(changed),
      });
    },
    onError: changed,
  });
  // The clinic's days count for everybody, so they are shown with everybody's own.
  const shown = (exceptions.data ?? []).filter((one) => one.practitionerId === owner || one.practitionerId === null);
  const close = () => setEditing(null);
  return (
    <section className={styles.different}>
      <Section title={t('hours.different')}>
        <span className={layout.end}>
          <Button kind="quiet" onClick={() => setEditing('new')} data-testid="new-day">
            <Icon of={IconPlus} />
            {t('hours.addDay')}
          </Button>
        </span>
      </Section>
      {exceptions.isPending ? (
        <Skeleton rows={2} />
      ) : exceptions.isLoadingError ? (
        <LoadError error={exceptions.error} title={t('settings.error')} retry={() => void exceptions.refetch()} />
      ) : shown.length === 0 ? (
        <p className={typography.muted}>{t('hours.noDifferent')}</p>
      ) : (
        <ul className={clsx(lists.ruled, lists.lined)}>
          {shown.map((one) => (
            <li key={one.id} className={styles.exception}>
              <b className={typography.strong}>
                {one.firstDay === one.lastDay ? shortDate(one.firstDay, language) : dateSpan(one.firstDay, one.lastDay, language)}
              </b>
              <span>
                {one.hours.length === 0
                  ? t('hours.closed')
                  : one.hours.map((part) => `${part.from} ${t('hours.to')} ${part.until}`).join(', ')}{' '}
                <span className={typography.muted}>
                  {one.reason}
                  {one.practitionerId === null && owner !== null && ` · ${t('hours.wholeClinic')}`}
                </span>
              </span>
              {one.practitionerId === owner && (
                <span className={layout.row}>
                  <Button
                    kind="quiet"
                    small
                    iconOnly
                    aria-label={t('hours.editDay', { date: shortDate(one.firstDay, language) })}
                    onClick={() => setEditing(one)}
                  >
                    <Icon of={IconPencil} />
                  </Button>
                  <Button
                    kind="quiet"
                    small
                    iconOnly
                    disabled={removing.isPending}
                    aria-label={t('hours.removeDay', { date: shortDate(one.firstDay, language) })}
                    onClick={() => removing.mutate(one)}
                  >
                    <Icon of={IconTrash} />
                  </Button>
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
      <Dialog
        opened={editing !== null}
        onClose={close}
        title={editing === 'new' ? t('hours.addDayTitle') : t('hours.changeDayTitle')}
        under={practitioner?.displayName ?? t('hours.wholeClinic')}
      >
        {editing && <DayForm owner={owner} today={today} edited={editing === 'new' ? null : editing} onSaved={changed} onClose={close} />}
      </Dialog>
    </section>
  );
}

function DayForm(props: {
  owner: string | null;
  today: string;
  edited: ScheduleException | null;
  onSaved: () => void;
  onClose: () => void;
}) {
  const { t } = useWords();
  const clinic = useClinic();
  const { edited } = props;
  const [firstDay, setFirst] = useState(edited?.firstDay ?? props.today);
  const [lastDay, setLast] = useState(edited?.lastDay ?? props.today);
  const [hours, setHours] = useState<HoursPart[]>(edited?.hours ?? []);
  const [reason, setReason] = useState(edited?.reason ?? '');
  const body: ScheduleExceptionInput = {
    practitionerId: props.owner,
    firstDay,
    lastDay: lastDay < firstDay ? firstDay : lastDay,
    hours,
    reason: reason.trim() || null,
  };
  const { saving, refused } = useSaving(
    (input: ScheduleExceptionInput, key) =>
      edited ? replaceScheduleException(clinic.id, edited, input) : createScheduleException(clinic.id, input, key),
    () => {
      props.onSaved();
      done(t('hours.daySaved'), t('action.close'));
      props.onClose();
    },
  );
  const part = hours[0];
  const fault = faultsOf(hours)[0];
  return (
    <SavingForm saving={saving} body={body} incomplete={!firstDay || !lastDay || Boolean(fault)} onClose={props.onClose}>
      <div className={forms.columns}>
        <TextField
          type="date"
          label={t('hours.firstDay')}
          required
          data-autofocus
          value={firstDay}
          onChange={(event) => setFirst(event.target.value)}
          error={refused.firstDay}
        />
        <TextField
          type="date"
          label={t('hours.lastDay')}
          required
          min={firstDay}
          value={body.lastDay}
          onChange={(event) => setLast(event.target.value)}
          error={refused.lastDay}
        />
      </div>
      <Segments
        label={t('hours.thatDay')}
        value={part ? 'open' : 'closed'}
        options={[
          { value: 'closed', label: t('hours.closed') },
          { value: 'open', label: t('hours.otherHours') },
        ]}
        onChange={(value) => setHours(value === 'closed' ? [] : [{ from: '09:00', until: '13:00' }])}
      />
      {part && (
        <div className={forms.columns}>
          <TimeField label={t('settings.from')} value={part.from} onValue={(from) => setHours([{ ...part, from }])} />
          <TimeField
            endOfDay
            label={t('settings.to')}
            value={part.until}
            onValue={(until) => setHours([{ ...part, until }])}
            error={fault ? t(`hours.fault.${fault}`) : undefined}
          />
        </div>
      )}
      {part && props.owner !== null && (
        <LocationSelect
          label={t('locations.where')}
          value={part.locationId ?? ''}
          onChange={(id) => setHours([{ ...part, locationId: id || null }])}
        />
      )}
      <TextField
        label={t('hours.reason')}
        maxLength={100}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
        error={refused.reason}
        hint={t('hours.reasonHint')}
      />
    </SavingForm>
  );
}
