import { IconPlayerStop, IconTrash } from '@tabler/icons-react';
import clsx from 'clsx';
import { useEffect, useRef } from 'react';
import { useWords } from '../../app/clinic';
import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import layout from '../../ui/layout.module.css';
import typography from '../../ui/typography.module.css';
import { LONGEST_SECONDS, type Recording } from './useRecorder';
import styles from './VoiceNote.module.css';

/** Minutes and seconds, as a clock that counts. */
export const clock = (seconds: number): string => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;

/** A voice note while it is said and before it is sent; it stands in the place of the words. */
export function VoiceNote({
  recording,
  asFile,
  onStop,
  onDrop,
}: {
  recording: Recording;
  /** The line has no voice notes. */
  asFile: boolean;
  onStop: () => void;
  onDrop: () => void;
}) {
  const { t } = useWords();
  const stop = useRef<HTMLButtonElement>(null);
  const going = recording.state === 'recording';
  // Whoever began by keyboard ends by keyboard.
  useEffect(() => {
    if (going) stop.current?.focus();
  }, [going]);
  if (recording.state === 'idle') return null;
  return (
    <div className={styles.note} data-testid="voice-note">
      {recording.state === 'asking' && (
        <span className={clsx(typography.small, typography.muted)} role="status">
          {t('inbox.voice.asking')}
        </span>
      )}
      {recording.state === 'recording' && (
        <>
          <span className={styles.dot} aria-hidden="true" />
          <span className={layout.visuallyHidden} role="status">
            {t('inbox.voice.recording')}
          </span>
          <span className={clsx(typography.small, styles.time)} role="timer" aria-label={t('inbox.voice.length')}>
            {clock(recording.seconds)} / {clock(LONGEST_SECONDS)}
          </span>
          <Button small ref={stop} onClick={onStop} data-testid="voice-stop">
            <Icon of={IconPlayerStop} />
            {t('inbox.voice.stop')}
          </Button>
        </>
      )}
      {recording.state === 'recorded' && (
        // biome-ignore lint/a11y/useMediaCaption: whoever recorded it knows what was said
        <audio className={styles.audio} controls src={recording.address} aria-label={t('inbox.voice.mine')} data-testid="voice-mine" />
      )}
      <Button kind="quiet" small iconOnly aria-label={t('inbox.voice.drop')} onClick={onDrop} data-testid="voice-drop">
        <Icon of={IconTrash} />
      </Button>
      {recording.state === 'recorded' && (recording.full || asFile) && (
        <span className={clsx(typography.tiny, typography.muted, styles.hint)} role="status">
          {[recording.full && t('inbox.voice.full', { length: clock(LONGEST_SECONDS) }), asFile && t('inbox.voice.asFile')]
            .filter(Boolean)
            .join(' ')}
        </span>
      )}
    </div>
  );
}
