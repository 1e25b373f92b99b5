import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useBlocker, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { archiveFlow, changeFlow, flowFaultsQuery, flowQuery, publishFlow, restoreFlow } from '../../api/flows';
import type { Flow, FlowDocument, FlowFault } from '../../api/flowTypes';
import { keys } from '../../api/keys';
import { may } from '../../api/may';
import { useClinic, useWords } from '../../app/clinic';
import { NoPermission } from '../../app/Problems';
import { to } from '../../app/paths';
import { Button } from '../../ui/Button';
import { FormError } from '../../ui/FormError';
import { LoadError, PageHead, Skeleton } from '../../ui/Page';
import { FaultBar } from './FaultBar';
import { FlowList } from './FlowList';
import { FlowRules } from './FlowRules';
import { FlowStanding } from './Flows';
import styles from './Flows.module.css';
import { FlowVersions } from './FlowVersions';
import { StepForm } from './StepForm';
import { TryPane } from './TryPane';

/** One flow: its steps as an indented list, the step that is edited, and a telephone to try it. */
export function FlowPage() {
  const { t } = useWords();
  const clinic = useClinic();
  const { id } = useParams({ from: '/c/$clinic/flows/$id' });
  const flow = useQuery({ ...flowQuery(clinic.id, id), enabled: may(clinic, 'see-flows') });
  if (!may(clinic, 'see-flows')) return <NoPermission />;
  if (!flow.data) {
    return (
      <>
        <PageHead title={t('flows.one')} above={<Link {...to.flows(clinic.alias)}>{t('nav.flows')}</Link>} />
        {flow.isLoadingError ? (
          <LoadError error={flow.error} title={t('flows.error')} retry={() => void flow.refetch()} />
        ) : (
          <Skeleton rows={8} />
        )}
      </>
    );
  }
  return <Editor key={flow.data.id} flow={flow.data} />;
}

function Editor({ flow: loaded }: { flow: Flow }) {
  const { t } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  // What a colleague saves meanwhile does not replace what is being written here: saving then says so.
  const [flow, setFlow] = useState(loaded);
  const stored = flow.draft ?? flow.published;
  const [document, setDocument] = useState<FlowDocument | null>(stored);
  const [open, setOpen] = useState<string | null>(stored?.start ?? null);
  const edits = may(clinic, 'edit-flows') && flow.state === 'active';
  const dirty = document !== stored;
  useBlocker({ shouldBlockFn: () => dirty && !window.confirm(t('dirty.text')), enableBeforeUnload: () => dirty });
  const acting = useMutation({
    mutationFn: (act: () => Promise<Flow>) => act(),
    onSuccess: (saved) => {
      client.setQueryData(flowQuery(clinic.id, saved.id).queryKey, saved);
      setFlow(saved);
      setDocument(saved.draft ?? saved.published);
    },
    onSettled: () => client.invalidateQueries({ queryKey: keys.of(clinic.id, 'flows', 'list') }),
  });
  const faults = useFaults(document, flow.faults, dirty);
  if (!document) return null;
  const save = () => changeFlow(clinic.id, flow, { name: flow.name, document });
  const publish = async () => {
    const saved = dirty ? await save() : flow;
    setFlow(saved); // also when publishing is refused: what was saved is saved
    return publishFlow(clinic.id, saved);
  };
  const node = document.nodes.find((one) => one.id === open);
  const blocking = faults.filter((fault) => !fault.warning).length;
  return (
    <>
      <PageHead title={flow.name} above={<Link {...to.flows(clinic.alias)}>{t('nav.flows')}</Link>} under={<FlowStanding flow={flow} />}>
        {may(clinic, 'edit-flows') && flow.state === 'archived' && (
          <Button kind="primary" disabled={acting.isPending} onClick={() => acting.mutate(() => restoreFlow(clinic.id, flow))}>
            {t('flows.restore')}
          </Button>
        )}
        {edits && (
          <>
            <Button kind="quiet" disabled={acting.isPending || dirty} onClick={() => acting.mutate(() => archiveFlow(clinic.id, flow))}>
              {t('flows.archive')}
            </Button>
            <Button disabled={acting.isPending || !dirty} onClick={() => acting.mutate(save)} data-testid="flow-save">
              {t('flows.save')}
            </Button>
            <Button
              kind="primary"
              disabled={acting.isPending || blocking > 0 || (!dirty && !flow.draft)}
              onClick={() => acting.mutate(publish)}
              data-testid="flow-publish"
            >
              {t('flows.publish')}
            </Button>
          </>
        )}
      </PageHead>
      <FormError error={acting.error} />
      <FaultBar faults={faults} onOpen={setOpen} />
      <div className={styles.editor}>
        <section aria-label={t('flows.steps')}>
          <FlowList document={document} faults={faults} open={open} onOpen={setOpen} onChange={edits ? setDocument : undefined} />
          <FlowRules document={document} onChange={edits ? setDocument : undefined} />
          <FlowVersions
            key={flow.version}
            flow={flow}
            onTake={
              edits
                ? (taken) => {
                    setDocument(taken);
                    setOpen(taken.start);
                  }
                : undefined
            }
          />
        </section>
        <section aria-label={t('flows.step')} className={styles.step}>
          {node && (
            <StepForm
              key={node.id}
              document={document}
              node={node}
              faults={faults.filter((fault) => fault.node === node.id)}
              onChange={edits ? setDocument : undefined}
            />
          )}
        </section>
        <section aria-label={t('flows.try')}>
          <TryPane document={document} onOpen={setOpen} />
        </section>
      </div>
    </>
  );
}

/** What is wrong with it as it is written now; until that is known, what was wrong as it was stored. */
function useFaults(document: FlowDocument | null, stored: FlowFault[], dirty: boolean): FlowFault[] {
  const clinic = useClinic();
  const asked = document ?? ({} as FlowDocument);
  const checked = useQuery({ ...flowFaultsQuery(clinic.id, asked), enabled: document !== null && dirty });
  return dirty ? (checked.data ?? stored) : stored;
}
