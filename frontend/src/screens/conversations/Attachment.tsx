import { IconAlertTriangle, IconDownload, IconFileText, IconMapPin, IconPlayerPlay, IconUser } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import clsx from 'clsx';
import { useEffect, useMemo, useState } from 'react';
import type { ConversationEntry } from '../../api/conversations';
import { attachmentQuery, sentAttachmentQuery } from '../../api/queries';
import type { InboundMessage } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { Button, buttonLook } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import layout from '../../ui/layout.module.css';
import { phoneText } from '../../ui/phone';
import typography from '../../ui/typography.module.css';
import styles from './Attachment.module.css';
import { clock } from './VoiceNote';

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
          <Kept file={{ ...attachment, id: message.id, sent: false, seconds: null, words: message.text }} />
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

/** A file of a message in either direction. */
export interface KeptFile {
  /** Of the message. */
  id: string;
  sent: boolean;
  kind: string;
  contentType: string | null;
  size: number | null;
  seconds: number | null;
  fileName: string | null;
  words: string | null;
}

/** The file of an entry, or null. */
export function fileOf({ inbound, outbound, id }: ConversationEntry): KeptFile | null {
  const came = inbound?.attachment;
  if (inbound && came?.state === 'stored') return { ...came, id: inbound.id, sent: false, seconds: null, words: inbound.text };
  const went = outbound?.file;
  if (!outbound || !went) return null;
  const { contentKind: kind, fileName, text: words } = outbound;
  return { ...went, id, sent: true, kind, fileName, words };
}

/** Its bytes as an address of this page, once they are wanted. */
export function useFile(file: KeptFile | null, wanted: boolean) {
  const clinic = useClinic();
  const query = file?.sent ? sentAttachmentQuery(clinic.id, file.id) : attachmentQuery(clinic.id, file?.id ?? '');
  const bytes = useQuery({ ...query, enabled: file !== null && wanted });
  const address = useMemo(() => (bytes.data ? URL.createObjectURL(bytes.data) : null), [bytes.data]);
  useEffect(() => () => (address ? URL.revokeObjectURL(address) : undefined), [address]);
  return { bytes, address };
}

/** Pictures are shown, what can be heard is played, everything else is saved. */
export function Kept({ file }: { file: KeptFile }) {
  const { t } = useWords();
  const picture = shown.includes(file.contentType ?? '');
  const audio = file.contentType?.startsWith('audio/') ?? false;
  const [playing, setPlaying] = useState(false);
  const { bytes, address } = useFile(file, picture || playing);
  const name = file.fileName ?? t(`conversations.kind.${file.kind}`, { defaultValue: t('conversations.kind.other') });
  const save = async () => {
    const blob = bytes.data ?? (await bytes.refetch()).data;
    if (blob) saveAs(blob, file.fileName ?? 'archivo');
  };
  if (picture && address) {
    return (
      <button type="button" className={styles.picture} onClick={() => void save()} aria-label={t('conversations.save', { name })}>
        <img src={address} alt={file.words ?? name} />
      </button>
    );
  }
  if (audio && !bytes.isError) {
    if (!playing || !address) {
      return (
        <Button small className={styles.file} disabled={playing} onClick={() => setPlaying(true)} data-testid="listen">
          <Icon of={IconPlayerPlay} />
          {t('inbox.listen')}
          {file.seconds !== null && <span className={typography.muted}>{clock(file.seconds)}</span>}
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
