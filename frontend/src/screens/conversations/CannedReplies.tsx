import { IconMessages, IconPlus } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import clsx from 'clsx';
import { useRef, useState } from 'react';
import * as inbox from '../../api/conversations';
import { keys } from '../../api/keys';
import { useClinic, useWords } from '../../app/clinic';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { TextArea, TextField } from '../../ui/Field';
import { SavingForm, useSaving } from '../../ui/Form';
import { Icon } from '../../ui/Icon';
import layout from '../../ui/layout.module.css';
import lists from '../../ui/lists.module.css';
import { done } from '../../ui/notices';
import typography from '../../ui/typography.module.css';
import styles from './CannedReplies.module.css';

/** What a reply may name; whoever inserts it fills them with what stands beside the conversation. */
const FIELDS = [
  'patient.givenName',
  'organization.name',
  'appointment.date',
  'appointment.time',
  'practitioner.displayName',
  'agent.name',
] as const;

/** Saved replies: found by their shortcut after a slash, written and changed here. */
export function CannedReplies() {
  const { t } = useWords();
  const clinic = useClinic();
  const [open, setOpen] = useState(false);
  const [form, setForm] = useState<'new' | inbox.CannedReply | null>(null);
  const all = useQuery({ ...inbox.cannedRepliesQuery(clinic.id), enabled: open }).data ?? [];
  const close = () => {
    setOpen(false);
    setForm(null);
  };
  return (
    <>
      <Button kind="quiet" small iconOnly aria-label={t('inbox.canned')} onClick={() => setOpen(true)} data-testid="canned-replies">
        <Icon of={IconMessages} />
      </Button>
      <Dialog opened={open} onClose={close} title={t('inbox.canned')} under={t('canned.under')}>
        {form ? (
          <Form key={form === 'new' ? 'new' : form.id} changed={form === 'new' ? null : form} onClose={() => setForm(null)} />
        ) : (
          <>
            <ul className={clsx(lists.ruled, lists.lined)} data-testid="canned-list">
              {all.map((one) => (
                <li key={one.id} className={styles.row}>
                  <span className={styles.words}>
                    <b className={typography.strong}>/{one.shortcut}</b>
                    <span className={clsx(typography.small, typography.muted, typography.ellipsis)}>{one.text}</span>
                  </span>
                  <Button
                    kind="quiet"
                    small
                    onClick={() => setForm(one)}
                    aria-label={t('settings.changeName', { name: `/${one.shortcut}` })}
                  >
                    {t('settings.change')}
                  </Button>
                </li>
              ))}
            </ul>
            {all.length === 0 && <p className={clsx(typography.small, typography.muted)}>{t('canned.none')}</p>}
            <Button kind="primary" onClick={() => setForm('new')} data-testid="canned-new">
              <Icon of={IconPlus} />
              {t('canned.add')}
            </Button>
          </>
        )}
      </Dialog>
    </>
  );
}

function Form({ changed, onClose }: { changed: inbox.CannedReply | null; onClose: () => void }) {
  const { t } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const [shortcut, setShortcut] = useState(changed?.shortcut ?? '');
  const [text, setText] = useState(changed?.text ?? '');
  const words = useRef<HTMLDivElement>(null);
  const finish = (said: string) => {
    void client.invalidateQueries({ queryKey: keys.of(clinic.id, 'canned-replies') });
    done(said, t('action.close'));
    onClose();
  };
  const { saving, refused } = useSaving(
    (body: { shortcut: string; text: string }, key) =>
      changed ? inbox.changeCannedReply(clinic.id, changed, body) : inbox.saveCannedReply(clinic.id, body, key),
    (saved) => finish(t(changed ? 'settings.changed' : 'settings.added', { name: `/${saved.shortcut}` })),
  );
  const removing = useSaving(
    (one: inbox.CannedReply) => inbox.deleteCannedReply(clinic.id, one),
    () => finish(t('canned.removed')),
  );
  /** Where the caret stands. */
  const insert = (field: string) => {
    const area = words.current?.querySelector('textarea');
    const at = area?.selectionStart ?? text.length;
    setText(`${text.slice(0, at)}{{${field}}}${text.slice(area?.selectionEnd ?? at)}`);
    area?.focus();
  };
  return (
    <SavingForm
      saving={saving}
      body={{ shortcut: shortcut.trim().replace(/^\//, '').toLowerCase(), text: text.trim() }}
      incomplete={!shortcut.trim() || !text.trim()}
      onClose={onClose}
    >
      <TextField
        label={t('canned.shortcut')}
        hint={t('canned.shortcutHint')}
        required
        maxLength={40}
        data-autofocus
        data-testid="canned-shortcut"
        value={shortcut}
        onChange={(event) => setShortcut(event.target.value)}
        error={refused.shortcut}
      />
      <div ref={words}>
        <TextArea
          label={t('canned.text')}
          required
          maxLength={4096}
          data-testid="canned-text"
          value={text}
          onChange={(event) => setText(event.target.value)}
          error={refused.text}
        />
      </div>
      <fieldset className={clsx(styles.fields, layout.row, layout.wrap)} aria-label={t('canned.fields')}>
        {FIELDS.map((field) => (
          <Button key={field} small onClick={() => insert(field)} data-testid={`field-${field}`}>
            {t(`canned.field.${field.replace('.', '-')}`)}
          </Button>
        ))}
      </fieldset>
      {changed && (
        <Button kind="quiet" small disabled={removing.saving.isPending} onClick={() => removing.saving.mutate(changed)}>
          {t('canned.remove')}
        </Button>
      )}
    </SavingForm>
  );
}
