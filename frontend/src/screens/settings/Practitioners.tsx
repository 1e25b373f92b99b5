import { IconPlus } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { createPractitioner } from '../../api/actions';
import { Intention } from '../../api/intention';
import { keys } from '../../api/keys';
import { fieldSentences } from '../../api/problems';
import { practitionersQuery } from '../../api/queries';
import { useClinic, useWords } from '../../app/clinic';
import { Dialog } from '../../ui/Dialog';
import { TextField } from '../../ui/Field';
import { FormError } from '../../ui/FormError';
import { Icon } from '../../ui/Icon';
import { done } from '../../ui/notices';
import { Empty, LoadError, Section, Skeleton } from '../../ui/Page';

export function Practitioners() {
  const { t } = useWords();
  const clinic = useClinic();
  const practitioners = useQuery(practitionersQuery(clinic.id));
  const [adding, setAdding] = useState(false);
  const add = (
    <button type="button" className="btn pri" onClick={() => setAdding(true)} data-testid="new-practitioner">
      <Icon of={IconPlus} />
      {t('settings.newPractitioner')}
    </button>
  );
  return (
    <div className="settings-l">
      {practitioners.isPending ? (
        <Skeleton rows={4} />
      ) : practitioners.isError ? (
        <LoadError error={practitioners.error} title={t('settings.error')} retry={() => void practitioners.refetch()} />
      ) : practitioners.data.length === 0 ? (
        <Empty title={t('agenda.noPractitioners')} text={t('settings.noPractitionersText')}>
          {add}
        </Empty>
      ) : (
        <>
          <Section title={t('settings.practitioners')}>
            <span className="sp">{add}</span>
          </Section>
          <ul className="ruled lined">
            {practitioners.data.map((one) => (
              <li key={one.id} className="srow">
                <b className="b">{one.displayName}</b>
                <span className="muted">{one.specialty}</span>
                {!one.active && <span className="st mute">{t('settings.inactive')}</span>}
              </li>
            ))}
          </ul>
        </>
      )}
      <Dialog opened={adding} onClose={() => setAdding(false)} title={t('settings.newPractitioner')}>
        <Form onClose={() => setAdding(false)} />
      </Dialog>
    </div>
  );
}

function Form({ onClose }: { onClose: () => void }) {
  const { t } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const [displayName, setName] = useState('');
  const [specialty, setSpecialty] = useState('');
  const intention = useRef(new Intention());
  const saving = useMutation({
    mutationFn: () => {
      const body = { displayName: displayName.trim(), specialty: specialty.trim() || null };
      return intention.current.carryOut(body, (key) => createPractitioner(clinic.id, body, key));
    },
    onSuccess: (saved) => {
      void client.invalidateQueries({ queryKey: keys.of(clinic.id, 'practitioners') });
      done(t('settings.added', { name: saved.displayName }), t('action.close'));
      onClose();
    },
  });
  const refused = fieldSentences(saving.error, t);
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        saving.mutate();
      }}
    >
      <TextField
        label={t('settings.displayName')}
        hint={t('settings.displayNameHint')}
        required
        data-autofocus
        data-testid="practitioner-name"
        value={displayName}
        onChange={(event) => setName(event.target.value)}
        error={refused.displayName}
      />
      <TextField
        label={t('settings.specialty')}
        value={specialty}
        onChange={(event) => setSpecialty(event.target.value)}
        error={refused.specialty}
      />
      <FormError error={saving.error} />
      <div className="row wrap form-a">
        <button type="submit" className="btn pri" disabled={saving.isPending || !displayName.trim()}>
          {t('action.save')}
        </button>
        <button type="button" className="btn" onClick={onClose}>
          {t('action.cancel')}
        </button>
      </div>
    </form>
  );
}
