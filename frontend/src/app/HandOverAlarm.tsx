import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { conversationCountsQuery } from '../api/conversations';
import { useClinic, useWords } from './clinic';

/** When somebody asks for a person: a short tone, and a notice of the browser for whoever allowed it. It names nobody. */
export function HandOverAlarm() {
  const { t } = useWords();
  const clinic = useClinic();
  const asking = useQuery(conversationCountsQuery(clinic.id)).data?.asking;
  const before = useRef<number | undefined>(undefined);
  useEffect(() => {
    const more = before.current !== undefined && asking !== undefined && asking > before.current;
    before.current = asking;
    if (!more) return;
    sound();
    if ('Notification' in window && Notification.permission === 'granted') {
      new Notification(clinic.name, { body: t('inbox.handOver.alarm'), tag: `recado-hand-over-${clinic.id}` });
    }
  }, [asking, clinic.id, clinic.name, t]);
  return null;
}

/** Silent where the browser wants a click first. */
function sound(): void {
  try {
    const audio = new AudioContext();
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    volume.gain.value = 0.08;
    tone.frequency.value = 660;
    tone.connect(volume).connect(audio.destination);
    tone.start();
    tone.stop(audio.currentTime + 0.18);
    tone.onended = () => void audio.close();
  } catch {
    // A browser without sound shows the notice all the same.
  }
}
