import { IconBell } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { changeHandOverSettings, type HandOverSettings, handOverSettingsQuery } from '../../api/conversations';
import { may } from '../../api/may';
import { useClinic, useWords } from '../../app/clinic';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { TextArea, TextField } from '../../ui/Field';
import { SavingForm, useSaving } from '../../ui/Form';
import { Icon } from '../../ui/Icon';
import typography from '../../ui/typography.module.css';

/** Who is called when somebody asks for a person, and what is said when nobody comes; this browser's notices, for everybody. */
export function HandOverDialog() {
  const { t } = useWords();
  const clinic = useClinic();
  const [open, setOpen] = useState(false);
  const settings = useQuery({ ...handOverSettingsQuery(clinic.id), enabled: open && may(clinic, 'edit-clinic') });
  const close = () => setOpen(false);
  return (
    <>
      <Button
        kind="quiet"
        small
        iconOnly
        aria-label={t('inbox.handOver.title')}
        onClick={() => setOpen(true)}
        data-testid="hand-over-settings"
      >
        <Icon of={IconBell} />
      </Button>
      <Dialog opened={open} onClose={close} title={t('inbox.handOver.title')}>
        <BrowserNotices />
        {settings.data && <SettingsForm key={settings.data.version} saved={settings.data} onClose={close} />}
      </Dialog>
    </>
  );
}

function BrowserNotices() {
  const { t } = useWords();
  const [allowed, setAllowed] = useState(() => ('Notification' in window ? Notification.permission : 'denied'));
  if (allowed === 'granted') return <p className={typography.small}>{t('inbox.handOver.notified')}</p>;
  return (
    <Button small disabled={allowed === 'denied'} onClick={() => void Notification.requestPermission().then(setAllowed)}>
      <Icon of={IconBell} />
      {t(allowed === 'denied' ? 'inbox.handOver.blocked' : 'inbox.handOver.notify')}
    </Button>
  );
}

function SettingsForm({ saved, onClose }: { saved: HandOverSettings; onClose: () => void }) {
  const { t } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const [minutes, setMinutes] = useState(String(saved.minutes));
  const [emails, setEmails] = useState(saved.emails.join(', '));
  const [phones, setPhones] = useState(saved.phones.join(', '));
  const [words, setWords] = useState(saved.timeoutText ?? '');
  const { saving, refused } = useSaving(
    (body: { minutes: number; emails: string[]; phones: string[]; timeoutText: string | null }) =>
      changeHandOverSettings(clinic.id, saved.version, body),
    (now) => {
      client.setQueryData(handOverSettingsQuery(clinic.id).queryKey, now);
      onClose();
    },
  );
  const body = {
    minutes: Number(minutes),
    emails: emails.split(/[\s,;]+/).filter(Boolean),
    phones: phones
      .split(/[,;\n]+/)
      .map((each) => each.trim())
      .filter(Boolean),
    timeoutText: words.trim() || null,
  };
  return (
    <SavingForm saving={saving} body={body} incomplete={!Number.isInteger(body.minutes) || body.minutes < 1} onClose={onClose}>
      <TextField
        label={t('inbox.handOver.minutes')}
        inputMode="numeric"
        value={minutes}
        onChange={(event) => setMinutes(event.target.value)}
        error={refused.minutes}
      />
      <TextField
        label={t('inbox.handOver.emails')}
        hint={t('inbox.handOver.emailsHint')}
        value={emails}
        onChange={(event) => setEmails(event.target.value)}
        error={refused.emails ?? Object.entries(refused).find(([name]) => name.startsWith('emails'))?.[1]}
      />
      <TextField
        label={t('inbox.handOver.phones')}
        hint={t('inbox.handOver.phonesHint')}
        value={phones}
        onChange={(event) => setPhones(event.target.value)}
        error={refused.phones ?? Object.entries(refused).find(([name]) => name.startsWith('phones'))?.[1]}
        data-testid="hand-over-phones"
      />
      <TextArea
        label={t('inbox.handOver.words')}
        hint={t('inbox.handOver.wordsHint')}
        maxLength={1000}
        value={words}
        onChange={(event) => setWords(event.target.value)}
      />
    </SavingForm>
  );
}
