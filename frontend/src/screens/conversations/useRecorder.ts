import { useCallback, useEffect, useRef, useState } from 'react';

/** On official lines a note of up to 512 kB plays in place: at this rate that is more than four minutes. */
export const BITS_PER_SECOND = 16_000;
export const LONGEST_SECONDS = 240;

/** Opus is what phones want; the server puts either into the same envelope. */
const TYPES = ['audio/webm;codecs=opus', 'audio/ogg;codecs=opus'];

/** Why nothing is recorded. */
export type RecordingProblem = 'refused' | 'none' | 'unsupported';

export type Recording =
  | { state: 'idle'; problem: RecordingProblem | null }
  | { state: 'asking' }
  | { state: 'recording'; seconds: number }
  | { state: 'recorded'; sound: Blob; address: string; full: boolean };

const IDLE: Recording = { state: 'idle', problem: null };

/** The type this browser can record; null when it has none of those that can be sent. */
export const recordable = (): string | null =>
  typeof MediaRecorder !== 'undefined' && navigator.mediaDevices
    ? (TYPES.find((type) => MediaRecorder.isTypeSupported(type)) ?? null)
    : null;

/** The words of the console for why the microphone is not heard. */
export const problemOf = (error: unknown): RecordingProblem =>
  error instanceof DOMException && ['NotFoundError', 'NotReadableError', 'OverconstrainedError'].includes(error.name) ? 'none' : 'refused';

/** A voice note from the microphone, which is open only while one is recorded. In memory alone. */
export function useRecorder() {
  const [recording, setRecording] = useState<Recording>(IDLE);
  const running = useRef<{ recorder: MediaRecorder; keep: boolean; full: boolean } | null>(null);
  const wanted = useRef(false);

  const stop = useCallback((keep: boolean, full = false) => {
    wanted.current = false;
    const one = running.current;
    if (!one || one.recorder.state === 'inactive') return;
    one.keep = keep;
    one.full = full;
    one.recorder.stop();
  }, []);

  const start = async () => {
    const type = recordable();
    if (!type) return setRecording({ state: 'idle', problem: 'unsupported' });
    wanted.current = true;
    setRecording({ state: 'asking' });
    let stream: MediaStream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true } });
    } catch (error) {
      if (wanted.current) setRecording({ state: 'idle', problem: problemOf(error) });
      return;
    }
    const end = () => {
      for (const track of stream.getTracks()) track.stop();
    };
    // Whoever went on to something else while the browser asked is not listened to.
    if (!wanted.current) return end();
    const recorder = new MediaRecorder(stream, { mimeType: type, audioBitsPerSecond: BITS_PER_SECOND });
    const parts: Blob[] = [];
    const one = { recorder, keep: true, full: false };
    running.current = one;
    const from = performance.now();
    const clock = setInterval(() => {
      const seconds = Math.floor((performance.now() - from) / 1000);
      if (seconds >= LONGEST_SECONDS) stop(true, true);
      else setRecording({ state: 'recording', seconds });
    }, 250);
    recorder.ondataavailable = ({ data }) => parts.push(data);
    recorder.onstop = () => {
      clearInterval(clock);
      end();
      if (running.current !== one) return;
      running.current = null;
      const sound = new Blob(parts, { type });
      setRecording(one.keep && sound.size > 0 ? { state: 'recorded', sound, address: URL.createObjectURL(sound), full: one.full } : IDLE);
    };
    setRecording({ state: 'recording', seconds: 0 });
    recorder.start();
  };

  const drop = () => {
    stop(false);
    setRecording(IDLE);
  };

  const address = recording.state === 'recorded' ? recording.address : null;
  useEffect(() => () => (address ? URL.revokeObjectURL(address) : undefined), [address]);
  useEffect(() => () => stop(false), [stop]);

  return { recording, start: () => void start(), stop: () => stop(true), drop };
}
