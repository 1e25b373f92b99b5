import { IconPlus } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import clsx from 'clsx';
import { useState } from 'react';
import { createFlow, flowsQuery, starterFlowsQuery } from '../../api/flows';
import { type Flow, type FlowDocument, type FlowInput, noTexts } from '../../api/flowTypes';
import { keys } from '../../api/keys';
import { may } from '../../api/may';
import { useClinic, useNow, useWords } from '../../app/clinic';
import { NoPermission } from '../../app/Problems';
import { to } from '../../app/paths';
import { relative } from '../../time/format';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { SelectField, TextField } from '../../ui/Field';
import { SavingForm, useSaving } from '../../ui/Form';
import { Icon } from '../../ui/Icon';
import layout from '../../ui/layout.module.css';
import lists from '../../ui/lists.module.css';
import { Empty, LoadError, PageHead, Skeleton } from '../../ui/Page';
import { StatusLabel } from '../../ui/Status';
import typography from '../../ui/typography.module.css';
import styles from './Flows.module.css';
import { ImportFlow } from './ImportFlow';

/** What answers by itself: what does, what is being written, what is out of use. */
export function Flows() {
  const { t } = useWords();
  const clinic = useClinic();
  const flows = useQuery({ ...flowsQuery(clinic.id), enabled: may(clinic, 'see-flows') });
  const [adding, setAdding] = useState(false);
  const [importing, setImporting] = useState(false);
  if (!may(clinic, 'see-flows')) return <NoPermission />;
  const add = may(clinic, 'edit-flows') && (
    <>
      <Button onClick={() => setImporting(true)} data-testid="flow-import">
        {t('flows.import')}
      </Button>
      <Button kind="primary" onClick={() => setAdding(true)} data-testid="flow-new">
        <Icon of={IconPlus} />
        {t('flows.new')}
      </Button>
    </>
  );
  return (
    <>
      <PageHead title={t('nav.flows')} under={t('flows.under')}>
        {add}
      </PageHead>
      {flows.isPending ? (
        <Skeleton rows={4} />
      ) : flows.isLoadingError ? (
        <LoadError error={flows.error} title={t('flows.error')} retry={() => void flows.refetch()} />
      ) : flows.data.length === 0 ? (
        <Empty title={t('flows.none')} text={t('flows.noneText')} />
      ) : (
        <ul className={clsx(lists.ruled, lists.lined)} data-testid="flows">
          {flows.data.map((flow) => (
            <Row key={flow.id} flow={flow} />
          ))}
        </ul>
      )}
      <Dialog opened={adding} onClose={() => setAdding(false)} title={t('flows.new')}>
        {adding && <NewFlow onClose={() => setAdding(false)} />}
      </Dialog>
      <Dialog opened={importing} onClose={() => setImporting(false)} title={t('flows.import')}>
        {importing && <ImportFlow onClose={() => setImporting(false)} />}
      </Dialog>
    </>
  );
}

function Row({ flow }: { flow: Flow }) {
  const { t, language } = useWords();
  const clinic = useClinic();
  const now = useNow();
  return (
    <li className={styles.flow}>
      <div className={layout.fill}>
        <Link className={typography.strong} {...to.flow(clinic.alias, flow.id)}>
          {flow.name}
        </Link>
        <div className={clsx(typography.small, typography.muted)}>
          {t('flows.changed', { who: flow.updatedBy, when: relative(flow.updatedAt, now, language) })}
        </div>
      </div>
      <FlowStanding flow={flow} />
    </li>
  );
}

/** Whether it answers, and whether something newer is being written. */
export function FlowStanding({ flow }: { flow: Flow }) {
  const { t } = useWords();
  if (flow.state === 'archived') return <StatusLabel tone="mute">{t('flows.state.archived')}</StatusLabel>;
  if (flow.publishedVersion === null) return <StatusLabel tone="wait">{t('flows.state.draft')}</StatusLabel>;
  return (
    <StatusLabel tone="ok">{t(flow.draft ? 'flows.state.newer' : 'flows.state.answers', { number: flow.publishedVersion })}</StatusLabel>
  );
}

const blank: FlowDocument = {
  positions: [],
  languages: ['es'],
  triggers: [{ on: 'first-message', words: [] }],
  rules: { answerSeconds: 900, closeSeconds: 1800, closing: noTexts, retries: 2, noticeHours: 24 },
  start: 'menu',
  nodes: [
    {
      kind: 'menu',
      id: 'menu',
      text: noTexts,
      options: [{ id: 'o1', label: noTexts, words: [], next: 'hand-over' }],
    },
    { kind: 'hand-over', id: 'hand-over', text: noTexts },
  ],
};

function NewFlow({ onClose }: { onClose: () => void }) {
  const { t } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const navigate = useNavigate();
  const starters = useQuery(starterFlowsQuery(clinic.id));
  const [name, setName] = useState('');
  const [from, setFrom] = useState('front-desk');
  const starter = starters.data?.find((one) => one.key === from);
  const document = starter?.document ?? blank;
  const { saving, refused } = useSaving(
    (body: FlowInput, key: string) => createFlow(clinic.id, body, key),
    (made: Flow) => {
      void client.invalidateQueries({ queryKey: keys.of(clinic.id, 'flows') });
      onClose();
      void navigate(to.flow(clinic.alias, made.id));
    },
  );
  return (
    <SavingForm
      saving={saving}
      body={{ name: name.trim(), document }}
      incomplete={name.trim() === '' || (from !== 'blank' && !starters.data)}
      onClose={onClose}
    >
      <TextField
        label={t('flows.name')}
        value={name}
        maxLength={100}
        error={refused['/name']}
        onChange={(event) => setName(event.target.value)}
        data-testid="flow-name"
      />
      <SelectField label={t('flows.beginWith')} value={from} onChange={(event) => setFrom(event.target.value)}>
        <option value="front-desk">{t('flows.starter.front-desk')}</option>
        <option value="outside-hours">{t('flows.starter.outside-hours')}</option>
        <option value="blank">{t('flows.starter.blank')}</option>
      </SelectField>
    </SavingForm>
  );
}
