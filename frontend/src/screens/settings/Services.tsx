import { IconPlus } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { createService } from '../../api/actions';
import { Intention } from '../../api/intention';
import { keys } from '../../api/keys';
import { fieldSentences } from '../../api/problems';
import { servicesQuery } from '../../api/queries';
import { useClinic, useWords } from '../../app/clinic';
import { Dialog } from '../../ui/Dialog';
import { TextField } from '../../ui/Field';
import { FormError } from '../../ui/FormError';
import { Icon } from '../../ui/Icon';
import { done } from '../../ui/notices';
import { Empty, LoadError, Section, Skeleton } from '../../ui/Page';

export function Services() {
  const { t } = useWords();
  const clinic = useClinic();
  const services = useQuery(servicesQuery(clinic.id));
  const [adding, setAdding] = useState(false);
  const add = (
    <button type="button" className="btn pri" onClick={() => setAdding(true)} data-testid="new-service">
      <Icon of={IconPlus} />
      {t('settings.newService')}
    </button>
  );
  return (
    <div className="settings-l">
      {services.isPending ? (
        <Skeleton rows={4} />
      ) : services.isError ? (
        <LoadError error={services.error} title={t('settings.error')} retry={() => void services.refetch()} />
      ) : services.data.length === 0 ? (
        <Empty title={t('settings.noServices')} text={t('settings.noServicesText')}>
          {add}
        </Empty>
      ) : (
        <>
          <Section title={t('settings.services')}>
            <span className="sp">{add}</span>
          </Section>
          <ul className="ruled lined">
            {services.data.map((one) => (
              <li key={one.id} className="srow">
                <b className="b">{one.name}</b>
                <span className="muted">{t('book.minutes', { count: one.durationMinutes })}</span>
                {!one.active && <span className="st mute">{t('settings.inactive')}</span>}
              </li>
            ))}
          </ul>
        </>
      )}
      <Dialog opened={adding} onClose={() => setAdding(false)} title={t('settings.newService')}>
        <Form onClose={() => setAdding(false)} />
      </Dialog>
    </div>
  );
}

function Form({ onClose }: { onClose: () => void }) {
  const { t } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [minutes, setMinutes] = useState(30);
  const intention = useRef(new Intention());
  const saving = useMutation({
    mutationFn: () => {
      const body = { name: name.trim(), durationMinutes: minutes };
      return intention.current.carryOut(body, (key) => createService(clinic.id, body, key));
    },
    onSuccess: (saved) => {
      void client.invalidateQueries({ queryKey: keys.of(clinic.id, 'services') });
      done(t('settings.added', { name: saved.name }), t('action.close'));
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
        label={t('settings.serviceName')}
        required
        data-autofocus
        data-testid="service-name"
        value={name}
        onChange={(event) => setName(event.target.value)}
        error={refused.name}
      />
      <TextField
        label={t('settings.duration')}
        type="number"
        min={5}
        max={480}
        step={5}
        data-testid="service-duration"
        value={Number.isNaN(minutes) ? '' : minutes}
        onChange={(event) => setMinutes(event.target.valueAsNumber)}
        error={refused.durationMinutes}
        hint={t('settings.durationHint')}
      />
      <FormError error={saving.error} />
      <div className="row wrap form-a">
        <button type="submit" className="btn pri" disabled={saving.isPending || !name.trim() || Number.isNaN(minutes)}>
          {t('action.save')}
        </button>
        <button type="button" className="btn" onClick={onClose}>
          {t('action.cancel')}
        </button>
      </div>
    </form>
  );
}
