import { IconCalendarShare, IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import clsx from 'clsx';
import { useState } from 'react';
import { createCalendarFeed, revokeCalendarFeed } from '../../api/actions';
import { practitionersQuery } from '../../api/agendaQueries';
import { keys } from '../../api/keys';
import { sentenceFor } from '../../api/problems';
import { calendarFeedsQuery } from '../../api/queries';
import type { CalendarFeed } from '../../api/types';
import { useClinic, useNow, useWords } from '../../app/clinic';
import { relative } from '../../time/format';
import { Button } from '../../ui/Button';
import { CopyLine } from '../../ui/CopyLine';
import { Dialog } from '../../ui/Dialog';
import { Check, SelectField } from '../../ui/Field';
import { SavingForm, useSaving } from '../../ui/Form';
import forms from '../../ui/forms.module.css';
import { Icon } from '../../ui/Icon';
import layout from '../../ui/layout.module.css';
import lists from '../../ui/lists.module.css';
import { done, failed } from '../../ui/notices';
import { LoadError, Section } from '../../ui/Page';
import typography from '../../ui/typography.module.css';
import settings from './settings.module.css';

/** Addresses at which calendars outside read a practitioner's visits. */
export function CalendarFeeds() {
  const { t, language } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const now = useNow();
  const feeds = useQuery(calendarFeedsQuery(clinic.id));
  const practitioners = useQuery(practitionersQuery(clinic.id));
  const [adding, setAdding] = useState(false);
  const [leaving, setLeaving] = useState<CalendarFeed | null>(null);
  const nameOf = (feed: CalendarFeed) => practitioners.data?.find((one) => one.id === feed.practitionerId)?.displayName ?? '';
  const revoke = useMutation({
    mutationFn: (feed: CalendarFeed) => revokeCalendarFeed(clinic.id, feed.id),
    onSuccess: () => done(t('calendars.revoked'), t('action.close')),
    onError: (error) => failed(sentenceFor(error, t), t('action.close')),
    onSettled: () => {
      setLeaving(null);
      void client.invalidateQueries({ queryKey: keys.of(clinic.id, 'calendar-feeds') });
    },
  });
  if (feeds.isLoadingError) return <LoadError error={feeds.error} title={t('settings.error')} retry={() => void feeds.refetch()} />;
  return (
    <div className={clsx(settings.list, settings.below)}>
      <Section title={t('calendars.title')}>
        <Button className={layout.end} onClick={() => setAdding(true)} data-testid="new-calendar-feed">
          <Icon of={IconCalendarShare} />
          {t('calendars.add')}
        </Button>
      </Section>
      <p className={clsx(typography.small, typography.muted)}>{t('calendars.hint')}</p>
      {feeds.data && feeds.data.length > 0 && (
        <ul className={clsx(lists.ruled, lists.lined)} data-testid="calendar-feeds">
          {feeds.data.map((feed) => (
            <li key={feed.id} className={settings.row}>
              <div className={layout.fill}>
                <CopyLine
                  label={t('calendars.address', { name: nameOf(feed) })}
                  value={`${window.location.origin}${feed.path}`}
                  copied={t('calendars.copied')}
                />
                <span className={clsx(typography.small, typography.muted)}>
                  {t(feed.patientNames ? 'calendars.withNames' : 'calendars.without')} ·{' '}
                  {feed.readAt ? t('calendars.read', { when: relative(feed.readAt, now, language) }) : t('calendars.never')}
                </span>
              </div>
              <Button
                kind="quiet"
                small
                iconOnly
                aria-label={t('calendars.revoke', { name: nameOf(feed) })}
                onClick={() => setLeaving(feed)}
              >
                <Icon of={IconTrash} />
              </Button>
            </li>
          ))}
        </ul>
      )}
      <Dialog opened={adding} onClose={() => setAdding(false)} title={t('calendars.add')}>
        {adding && <Form onClose={() => setAdding(false)} />}
      </Dialog>
      <Dialog
        opened={leaving !== null}
        onClose={() => setLeaving(null)}
        title={leaving ? t('calendars.revoke', { name: nameOf(leaving) }) : ''}
        fleeting
      >
        <p>{t('calendars.sure')}</p>
        <div className={clsx(layout.row, forms.actions)}>
          <Button kind="danger" disabled={revoke.isPending} onClick={() => leaving && revoke.mutate(leaving)}>
            {t('calendars.sureYes')}
          </Button>
          <Button onClick={() => setLeaving(null)}>{t('action.cancel')}</Button>
        </div>
      </Dialog>
    </div>
  );
}

function Form({ onClose }: { onClose: () => void }) {
  const { t } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const practitioners = useQuery(practitionersQuery(clinic.id));
  const offered = (practitioners.data ?? []).filter((one) => one.active);
  const [chosen, setChosen] = useState('');
  const [patientNames, setNames] = useState(false);
  const practitioner = offered.find((one) => one.id === chosen) ?? offered[0];
  const body = { practitionerId: practitioner?.id ?? '', patientNames };
  const { saving, refused } = useSaving(
    (asked: typeof body, key) => createCalendarFeed(clinic.id, asked, key),
    () => {
      void client.invalidateQueries({ queryKey: keys.of(clinic.id, 'calendar-feeds') });
      done(t('calendars.made', { name: practitioner?.displayName }), t('action.close'));
      onClose();
    },
  );
  return (
    <SavingForm saving={saving} body={body} incomplete={!practitioner} onClose={onClose}>
      <SelectField
        label={t('calendars.who')}
        value={practitioner?.id ?? ''}
        onChange={(event) => setChosen(event.target.value)}
        error={refused.practitionerId}
        data-autofocus
      >
        {offered.map((one) => (
          <option key={one.id} value={one.id}>
            {one.displayName}
          </option>
        ))}
      </SelectField>
      <Check
        type="checkbox"
        checked={patientNames}
        onChange={(event) => setNames(event.target.checked)}
        label={t('calendars.names')}
        hint={t('calendars.namesHint')}
      />
    </SavingForm>
  );
}
