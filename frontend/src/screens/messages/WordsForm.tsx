import { IconPaperclip, IconX } from '@tabler/icons-react';
import clsx from 'clsx';
import { useRef, useState } from 'react';
import { uploadMedia } from '../../api/actions';
import type { ManualContent } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { Button } from '../../ui/Button';
import { TextArea } from '../../ui/Field';
import { Icon } from '../../ui/Icon';
import layout from '../../ui/layout.module.css';
import { SendForm } from './SendForm';
import { useSending, type Writing } from './useSending';

const MOST_BYTES = 16_000_000;

/** Words, alone or below a picture or a PDF. */
export function WordsForm(writing: Writing) {
  const { t } = useWords();
  const clinic = useClinic();
  const [text, setText] = useState('');
  const [file, setFile] = useState<File | null>(null);
  const [missing, setMissing] = useState('');
  const picker = useRef<HTMLInputElement>(null);
  const uploaded = useRef<{ file: File; id: string; contentType: string } | null>(null);
  const sending = useSending(writing);

  /** A file goes up once, also when sending it has to be tried again. */
  const contentOf = async (chosen: File): Promise<ManualContent> => {
    if (uploaded.current?.file !== chosen) {
      const { id, contentType } = await uploadMedia(clinic.id, chosen, crypto.randomUUID());
      uploaded.current = { file: chosen, id, contentType };
    }
    const { id, contentType } = uploaded.current;
    const words = text.trim() || undefined;
    return contentType.startsWith('image/')
      ? { kind: 'image', mediaId: id, text: words }
      : { kind: 'document', mediaId: id, fileName: chosen.name, text: words };
  };

  const submit = () => {
    const gap = !file && !text.trim() ? t('field.required') : file && file.size > MOST_BYTES ? t('write.tooLarge') : '';
    setMissing(gap);
    if (!gap) sending.mutate(() => (file ? contentOf(file) : { kind: 'text', text: text.trim() }));
  };

  return (
    <SendForm writing={writing} sending={sending} onSubmit={submit}>
      <TextArea
        label={t(file ? 'write.caption' : 'write.text')}
        rows={5}
        maxLength={file ? 1024 : 4096}
        data-autofocus
        data-testid="write-text"
        value={text}
        onChange={(event) => setText(event.target.value)}
        error={missing}
      />
      <input
        ref={picker}
        type="file"
        className={layout.visuallyHidden}
        tabIndex={-1}
        aria-label={t('write.attach')}
        accept="image/jpeg,image/png,image/gif,image/webp,application/pdf"
        data-testid="write-file"
        onChange={(event) => setFile(event.target.files?.[0] ?? null)}
      />
      <div className={clsx(layout.row, layout.wrap)}>
        {file ? (
          <Button small onClick={() => setFile(null)} aria-label={t('write.remove', { name: file.name })}>
            <Icon of={IconPaperclip} />
            {file.name}
            <Icon of={IconX} small />
          </Button>
        ) : (
          <Button small onClick={() => picker.current?.click()}>
            <Icon of={IconPaperclip} />
            {t('write.attach')}
          </Button>
        )}
      </div>
    </SendForm>
  );
}
