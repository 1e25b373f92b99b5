import { IconPaperclip, IconSend, IconX } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { sendMessage, uploadMedia } from '../../api/actions';
import { Intention } from '../../api/intention';
import { keys } from '../../api/keys';
import type { ManualContent } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { Dialog } from '../../ui/Dialog';
import { TextArea } from '../../ui/Field';
import { FormError } from '../../ui/FormError';
import { Icon } from '../../ui/Icon';
import { done } from '../../ui/notices';

const MOST_BYTES = 16_000_000;

interface Props {
  opened: boolean;
  patient: { id: string; displayName: string };
  onClose: () => void;
}

/** Words or a file to one patient, on the clinic's line. */
export function WriteDialog({ opened, patient, onClose }: Props) {
  const { t } = useWords();
  return (
    <Dialog opened={opened} onClose={onClose} title={t('write.title')} under={patient.displayName}>
      <WriteForm patient={patient} onDone={onClose} />
    </Dialog>
  );
}

function WriteForm({ patient, onDone }: { patient: Props['patient']; onDone: () => void }) {
  const { t } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const [text, setText] = useState('');
  const [file, setFile] = useState<File | null>(null);
  const [missing, setMissing] = useState('');
  const picker = useRef<HTMLInputElement>(null);
  const intention = useRef(new Intention());
  const uploaded = useRef<{ file: File; id: string; contentType: string } | null>(null);

  const sending = useMutation({
    mutationFn: async () => {
      const content = file ? await contentOf(file) : ({ kind: 'text', text: text.trim() } as const);
      const body = { patientId: patient.id, content };
      return intention.current.carryOut(body, (key) => sendMessage(clinic.id, body, key));
    },
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: keys.of(clinic.id, 'messages') });
      done(t('write.sent'), t('action.close'));
      onDone();
    },
  });

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
    if (!gap) sending.mutate();
  };

  return (
    <form
      noValidate
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
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
        className="sr"
        tabIndex={-1}
        aria-label={t('write.attach')}
        accept="image/jpeg,image/png,image/gif,image/webp,application/pdf"
        data-testid="write-file"
        onChange={(event) => setFile(event.target.files?.[0] ?? null)}
      />
      <div className="row wrap">
        {file ? (
          <button type="button" className="btn sm" onClick={() => setFile(null)} aria-label={t('write.remove', { name: file.name })}>
            <Icon of={IconPaperclip} />
            {file.name}
            <Icon of={IconX} small />
          </button>
        ) : (
          <button type="button" className="btn sm" onClick={() => picker.current?.click()}>
            <Icon of={IconPaperclip} />
            {t('write.attach')}
          </button>
        )}
      </div>
      <FormError error={sending.error} />
      <div className="row wrap form-a">
        <button type="submit" className="btn pri" disabled={sending.isPending} data-testid="write-send">
          <Icon of={IconSend} />
          {t('write.send')}
        </button>
        <button type="button" className="btn" onClick={onDone}>
          {t('action.cancel')}
        </button>
      </div>
    </form>
  );
}
