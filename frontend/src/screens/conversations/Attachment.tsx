import { IconAlertTriangle, IconDownload, IconFileText, IconMapPin, IconPlayerPlay, IconUser } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import clsx from 'clsx';
import { useEffect, useMemo, useState } from 'react';
import { attachmentQuery } from '../../api/queries';
import type { InboundMessage } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { Button, buttonLook } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import layout from '../../ui/layout.module.css';
import { phoneText } from '../../ui/phone';
import typography from '../../ui/typography.module.css';
import styles from './Attachment.module.css';

/** What the server says a browser may show in place; everything else is saved. */
const shown = ['image/jpeg', 'image/png', 'image/gif', 'image/webp'];

/** What a message holds beside words: a file, a place, cards of people. */
export function Extras({ message }: { message: InboundMessage }) {
  const { t } = useWords();
  const { attachment, location, contacts } = message;
  return (
    <>
      {attachment &&
        (attachment.state === 'stored' ? (
          <Kept message={message} file={attachment} />
        ) : (
          <p className={clsx(typography.small, typography.muted, layout.row)}>
            {attachment.state !== 'pending' && <Icon of={IconAlertTriangle} small />}
            {t(`conversations.file.${attachment.state}`, { size: megabytes(attachment.size) })}
          </p>
        ))}
      {location && (
        <a
          className={clsx(buttonLook({ small: true }), styles.file)}
          href={`https://www.openstreetmap.org/?mlat=${location.latitude}&mlon=${location.longitude}#map=17/${location.latitude}/${location.longitude}`}
          target="_blank"
          rel="noreferrer noopener"
        >
          <Icon of={IconMapPin} />
          {location.name ?? location.address ?? t('conversations.place')}
        </a>
      )}
      {contacts.map((card) => (
        <p className={clsx(typography.small, layout.row)} key={card.name + card.phones.join()}>
          <Icon of={IconUser} small />
          <b>{card.name}</b> {card.phones.map(phoneText).join(', ')}
        </p>
      ))}
    </>
  );
}

function Kept({ message, file }: { message: InboundMessage; file: NonNullable<InboundMessage['attachment']> }) {
  const { t } = useWords();
  const clinic = useClinic();
  const picture = shown.includes(file.contentType ?? '');
  const audio = file.contentType?.startsWith('audio/') ?? false;
  const [playing, setPlaying] = useState(false);
  const bytes = useQuery({ ...attachmentQuery(clinic.id, message.id), enabled: picture || playing });
  const address = useMemo(() => (bytes.data ? URL.createObjectURL(bytes.data) : null), [bytes.data]);
  useEffect(() => () => (address ? URL.revokeObjectURL(address) : undefined), [address]);
  const name = file.fileName ?? t(`conversations.kind.${file.kind}`, { defaultValue: t('conversations.kind.other') });
  const save = async () => {
    const blob = bytes.data ?? (await bytes.refetch()).data;
    if (blob) saveAs(blob, file.fileName ?? 'archivo');
  };
  if (picture && address) {
    return (
      <button type="button" className={styles.picture} onClick={() => void save()} aria-label={t('conversations.save', { name })}>
        <img src={address} alt={message.text ?? name} />
      </button>
    );
  }
  if (audio && !bytes.isError) {
    if (!playing || !address) {
      return (
        <Button small className={styles.file} disabled={playing} onClick={() => setPlaying(true)} data-testid="listen">
          <Icon of={IconPlayerPlay} />
          {t('inbox.listen')}
        </Button>
      );
    }
    // What was said has no words yet; whoever cannot hear it asks for them in writing.
    // biome-ignore lint/a11y/useMediaCaption: nobody wrote the words of a voice note
    return <audio className={styles.audio} controls autoPlay src={address} aria-label={name} data-testid="voice" />;
  }
  return (
    <Button small className={styles.file} disabled={bytes.isFetching} onClick={() => void save()}>
      <Icon of={bytes.isError ? IconAlertTriangle : picture ? IconDownload : IconFileText} />
      {bytes.isError ? t('conversations.fileAgain') : name}
      {file.size !== null && <span className={typography.muted}>{megabytes(file.size)}</span>}
    </Button>
  );
}

function saveAs(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}

function megabytes(bytes: number | null): string {
  if (bytes === null) return '';
  return bytes < 100_000 ? `${Math.max(1, Math.round(bytes / 1000))} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
