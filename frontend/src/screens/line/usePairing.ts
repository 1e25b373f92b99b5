import { useMediaQuery } from '@mantine/hooks';
import { useMutation } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import { Intention } from '../../api/intention';
import { requestPairingCode, startLine } from '../../api/lineActions';
import type { WhatsAppLine } from '../../api/types';
import { useClinic } from '../../app/clinic';
import { useLineCache } from './useLines';

export type Way = 'qr' | 'code';

interface Wish {
  lineId: string;
  /** A phone as typed asks for a code to type; without one, for QR codes. */
  phone?: string;
  replacePhone?: boolean;
}

/** The pairing dialog's memory: which line, which way, and the phone a code was asked for. Nothing of it is kept. */
export function usePairing() {
  const clinic = useClinic();
  const cache = useLineCache();
  const small = useMediaQuery('(max-width: 720px)', undefined, { getInitialValueInEffect: false }) ?? false;
  const [lineId, setLineId] = useState<string | null>(null);
  const [way, setWay] = useState<Way>('qr');
  const [askedFor, setAskedFor] = useState<string | null>(null);
  const intention = useRef(new Intention());
  const offer = useMutation({
    mutationFn: ({ lineId, phone, replacePhone }: Wish) =>
      intention.current.carryOut({ lineId, phone, replacePhone }, (key) =>
        phone === undefined ? startLine(clinic.id, lineId, key, replacePhone) : requestPairingCode(clinic.id, lineId, phone, key),
      ),
    onSuccess: (line) => cache.put(line),
    onSettled: cache.refresh,
  });
  const { mutate, reset } = offer;

  const open = (line: WhatsAppLine) => {
    // One cannot scan one's own screen.
    const first: Way = small && line.engine === 'linked-device' ? 'code' : 'qr';
    reset();
    setAskedFor(null);
    setWay(first);
    setLineId(line.id);
    const mustChoose = line.cause === 'wrong-number' && line.state === 'needs-pairing';
    if (first === 'qr' && line.state !== 'pairing' && !mustChoose) mutate({ lineId: line.id });
  };
  /** Offers QR codes for this line, ending a typed code that is on offer. */
  const offerQr = (line: Pick<WhatsAppLine, 'id'>, replacePhone?: boolean) => mutate({ lineId: line.id, replacePhone });
  const choose = (next: Way, line: WhatsAppLine | null) => {
    reset();
    setWay(next);
    if (next === 'qr' && line && !line.qr) offerQr(line);
  };
  const ask = (line: Pick<WhatsAppLine, 'id'>, phone: string) => {
    setAskedFor(phone);
    mutate({ lineId: line.id, phone });
  };
  const close = useCallback(() => setLineId(null), []);
  const forgetPhone = () => {
    reset();
    setAskedFor(null);
  };
  return { lineId, way, askedFor, open, choose, offerQr, ask, forgetPhone, close, busy: offer.isPending, error: offer.error };
}

export type Pairing = ReturnType<typeof usePairing>;
