import { useState } from 'react';
import { useClinic, useWords } from '../../app/clinic';
import { TextField } from '../../ui/Field';
import { isShortLink, readPlace } from './place';
import { SendForm } from './SendForm';
import { useSending, type Writing } from './useSending';

/** A place on the map, read out of what a person copied from one. */
export function PlaceForm(writing: Writing) {
  const { t } = useWords();
  const clinic = useClinic();
  const [pasted, setPasted] = useState('');
  const [name, setName] = useState(clinic.name);
  const [address, setAddress] = useState('');
  const [tried, setTried] = useState(false);
  const sending = useSending(writing);
  const place = readPlace(pasted);
  const trouble = place ? undefined : isShortLink(pasted) ? t('write.shortLink') : tried ? t('write.noPlace') : undefined;
  const submit = () => {
    setTried(true);
    if (!place) return;
    sending.mutate(() => ({ kind: 'location', ...place, name: name.trim() || undefined, address: address.trim() || undefined }));
  };
  return (
    <SendForm writing={writing} sending={sending} onSubmit={submit}>
      <TextField
        label={t('write.place')}
        hint={place ? t('write.placeRead', { place: `${place.latitude}, ${place.longitude}` }) : t('write.placeHint')}
        error={trouble}
        required
        data-testid="write-place"
        value={pasted}
        onChange={(event) => setPasted(event.target.value)}
      />
      <TextField label={t('write.placeName')} maxLength={100} value={name} onChange={(event) => setName(event.target.value)} />
      <TextField label={t('write.placeAddress')} maxLength={200} value={address} onChange={(event) => setAddress(event.target.value)} />
    </SendForm>
  );
}
