import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { changeRoom, createRoom } from '../../api/actions';
import { roomsQuery } from '../../api/agendaQueries';
import { keys } from '../../api/keys';
import type { Room, RoomChange } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { Check, Segments, TextField } from '../../ui/Field';
import { SavingForm, useSaving } from '../../ui/Form';
import { HueField } from '../../ui/Hue';
import { done } from '../../ui/notices';
import { AddableList } from './AddableList';
import { LocationSelect, useLocations } from './LocationSelect';

/** Rooms and equipment: what one visit at a time takes beside its practitioner. */
export function Rooms() {
  const { t } = useWords();
  const clinic = useClinic();
  const rooms = useQuery(roomsQuery(clinic.id));
  const { several, nameOf } = useLocations();
  return (
    <AddableList
      query={rooms}
      title={t('rooms.title')}
      add={t('rooms.add')}
      testId="new-room"
      empty={{ title: t('rooms.empty'), text: t('rooms.emptyText') }}
      row={(one) => ({
        name: one.name,
        under: [t(`rooms.kind.${one.kind}`), several ? nameOf(one.locationId) : null].filter(Boolean).join(' · '),
      })}
      form={(onClose, changed) => <Form onClose={onClose} changed={changed} />}
    />
  );
}

function Form({ onClose, changed }: { onClose: () => void; changed: Room | null }) {
  const { t } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const [room, setRoom] = useState<RoomChange>({
    name: changed?.name ?? '',
    kind: changed?.kind ?? 'room',
    // The main location has the clinic's own id.
    locationId: changed?.locationId ?? clinic.id,
    colour: changed?.colour ?? null,
    active: changed?.active ?? true,
  });
  const set = (change: Partial<RoomChange>) => setRoom((before) => ({ ...before, ...change }));
  const body = { ...room, name: room.name.trim() };
  const { saving, refused } = useSaving(
    ({ active, ...rest }: RoomChange, key) =>
      changed ? changeRoom(clinic.id, changed, { ...rest, active }) : createRoom(clinic.id, rest, key),
    (saved) => {
      void client.invalidateQueries({ queryKey: keys.of(clinic.id, 'rooms') });
      done(t(changed ? 'settings.changed' : 'settings.added', { name: saved.name }), t('action.close'));
      onClose();
    },
  );
  return (
    <SavingForm saving={saving} body={body} incomplete={!body.name} onClose={onClose}>
      <TextField
        label={t('rooms.name')}
        hint={t('rooms.nameHint')}
        required
        maxLength={100}
        data-autofocus
        data-testid="room-name"
        value={room.name}
        onChange={(event) => set({ name: event.target.value })}
        error={refused.name}
      />
      <Segments
        label={t('rooms.what')}
        value={room.kind}
        onChange={(kind) => set({ kind })}
        options={[
          { value: 'room', label: t('rooms.kind.room') },
          { value: 'device', label: t('rooms.kind.device') },
        ]}
      />
      <LocationSelect
        label={t('locations.where')}
        value={room.locationId === clinic.id ? '' : room.locationId}
        onChange={(id) => set({ locationId: id || clinic.id })}
        error={refused.locationId}
      />
      <HueField optional label={t('settings.colour')} value={room.colour ?? null} onChange={(colour) => set({ colour })} />
      {changed && (
        <Check
          type="checkbox"
          checked={room.active}
          onChange={(event) => set({ active: event.target.checked })}
          label={t('rooms.active')}
          hint={t('rooms.activeHint')}
        />
      )}
    </SavingForm>
  );
}
