import { Menu } from '@mantine/core';
import { IconCopy, IconListTree, IconPlus, IconSitemap, IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useBlocker, useParams } from '@tanstack/react-router';
import clsx from 'clsx';
import { lazy, Suspense, useState } from 'react';
import {
  archiveFlow,
  changeFlow,
  exportFlow,
  flowFaultsQuery,
  flowFiguresQuery,
  flowQuery,
  publishFlow,
  restoreFlow,
} from '../../api/flows';
import {
  type Flow,
  type FlowDocument,
  type FlowFault,
  type FlowNode,
  type FlowNodeFigures,
  type NodeKind,
  nodeKinds,
} from '../../api/flowTypes';
import { keys } from '../../api/keys';
import { may } from '../../api/may';
import { sentenceFor } from '../../api/problems';
import { useClinic, useWords } from '../../app/clinic';
import { NoPermission } from '../../app/Problems';
import { to } from '../../app/paths';
import { dateOf } from '../../time/clinicTime';
import { dayMonth } from '../../time/format';
import { Button } from '../../ui/Button';
import { Segments } from '../../ui/Field';
import { FormError } from '../../ui/FormError';
import { fold } from '../../ui/fold';
import { Icon } from '../../ui/Icon';
import layout from '../../ui/layout.module.css';
import { failed } from '../../ui/notices';
import { LoadError, PageHead, Skeleton } from '../../ui/Page';
import { saveFile } from '../../ui/saveFile';
import typography from '../../ui/typography.module.css';
import { FaultBar } from './FaultBar';
import { FlowList } from './FlowList';
import { FlowRules } from './FlowRules';
import styles from './Flows.module.css';
import { FlowVersions } from './FlowVersions';
import { addedBelow, copied, removed } from './flowTree';
import { StepForm } from './StepForm';
import { kindIcons, titleOf } from './stepWords';
import { TryPane } from './TryPane';

/** Only whoever looks at the drawing pays for what draws it. */
const FlowCanvas = lazy(() => import('./FlowCanvas'));

/** The list is what fits a phone, and what somebody who uses the keyboard finds at once. */
const startsAsList = () => window.matchMedia('(max-width: 1100px)').matches;

/** One flow: its steps as a drawing or as an indented list, the step that is edited, and a telephone to try it. */
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
  const figures = useQuery(flowFiguresQuery(clinic.id, flow.id)).data;
  const [view, setView] = useState<'canvas' | 'list'>(startsAsList() ? 'list' : 'canvas');
  const exporting = useMutation({
    mutationFn: () => exportFlow(clinic.id, flow.id),
    onSuccess: (bundle) =>
      saveFile(
        new Blob([JSON.stringify(bundle, null, 2)], { type: 'application/json' }),
        `${fold(flow.name).replaceAll(/[^a-z0-9]+/g, '-')}.json`,
      ),
    onError: (error) => failed(sentenceFor(error, t), t('action.close')),
  });
  if (!document) return null;
  const save = () => changeFlow(clinic.id, flow, { name: flow.name, document });
  const publish = async () => {
    const saved = dirty ? await save() : flow;
    setFlow(saved); // also when publishing is refused: what was saved is saved
    return publishFlow(clinic.id, saved);
  };
  const node = document.nodes.find((one) => one.id === open);
  const blocking = faults.filter((fault) => !fault.warning).length;
  const own = figures?.nodes.find((one) => one.node === open);
  const change = edits ? setDocument : undefined;
  const use = (made: { document: FlowDocument; id: string }) => {
    setDocument(made.document);
    setOpen(made.id);
  };
  const shown = { document, faults, figures, open, onOpen: setOpen, onChange: change };
  return (
    <>
      <PageHead
        title={flow.name}
        above={
          <>
            <Link {...to.flows(clinic.alias)}>{t('nav.flows')}</Link>{' '}
            <span className={typography.muted} data-testid="flow-standing">
              / <Standing flow={flow} />
            </span>
          </>
        }
      >
        <div className={styles.actions}>
          <Segments
            label={t('flows.view')}
            value={view}
            onChange={setView}
            className={styles.view}
            options={[
              {
                value: 'canvas',
                label: (
                  <>
                    <Icon of={IconSitemap} /> {t('flows.canvas')}
                  </>
                ),
              },
              {
                value: 'list',
                label: (
                  <>
                    <Icon of={IconListTree} /> {t('flows.list')}
                  </>
                ),
              },
            ]}
          />
          {edits && <AddStep onAdd={(kind) => use(addedBelow(document, open ?? document.start, kind))} />}
          {edits && (
            <Button disabled={acting.isPending || !dirty} onClick={() => acting.mutate(save)} data-testid="flow-save">
              {t('flows.save')}
            </Button>
          )}
          {edits && (
            <Button
              kind="primary"
              disabled={acting.isPending || blocking > 0 || (!dirty && !flow.draft)}
              onClick={() => acting.mutate(publish)}
              data-testid="flow-publish"
            >
              {t('flows.publish')}
            </Button>
          )}
          {may(clinic, 'edit-flows') && flow.state === 'archived' && (
            <Button kind="primary" disabled={acting.isPending} onClick={() => acting.mutate(() => restoreFlow(clinic.id, flow))}>
              {t('flows.restore')}
            </Button>
          )}
        </div>
      </PageHead>
      <FormError error={acting.error} />
      <div className={styles.editor}>
        <div className={styles.main}>
          <FaultBar document={document} faults={faults} onOpen={setOpen} />
          <section aria-label={t('flows.steps')}>
            {view === 'list' ? (
              <FlowList {...shown} />
            ) : (
              <Suspense fallback={<Skeleton rows={8} />}>
                <FlowCanvas {...shown} />
              </Suspense>
            )}
          </section>
          <section aria-label={t('flows.step')} className={styles.panel}>
            {node && (
              <>
                <StepHead
                  node={node}
                  figures={own}
                  onCopy={edits ? () => use(copied(document, node.id)) : undefined}
                  onRemove={
                    edits && node.id !== document.start
                      ? () => use({ document: removed(document, node.id), id: document.start })
                      : undefined
                  }
                />
                <StepForm
                  key={node.id}
                  document={document}
                  node={node}
                  figures={own}
                  faults={faults.filter((fault) => fault.node === node.id)}
                  onChange={change}
                />
              </>
            )}
          </section>
          <FlowRules document={document} onChange={change} />
          <FlowVersions
            key={flow.version}
            flow={flow}
            document={document}
            onTake={edits ? (taken) => use({ document: taken, id: taken.start }) : undefined}
          />
          <div className={clsx(layout.row, layout.wrap)}>
            <Button kind="quiet" disabled={dirty || exporting.isPending} onClick={() => exporting.mutate()} data-testid="flow-export">
              {t('flows.export')}
            </Button>
            {edits && (
              <Button kind="quiet" disabled={acting.isPending || dirty} onClick={() => acting.mutate(() => archiveFlow(clinic.id, flow))}>
                {t('flows.archive')}
              </Button>
            )}
          </div>
        </div>
        <aside aria-label={t('flows.try')} className={styles.try}>
          <TryPane document={document} onOpen={setOpen} />
        </aside>
      </div>
    </>
  );
}

/** Which version answers, and whether a newer one is being written. */
function Standing({ flow }: { flow: Flow }) {
  const { t, language } = useWords();
  const clinic = useClinic();
  if (flow.state === 'archived') return t('flows.state.archived');
  if (flow.publishedVersion === null || flow.publishedAt === null) return t('flows.standing.draft');
  const since = { number: flow.publishedVersion, date: dayMonth(dateOf(flow.publishedAt, clinic.timeZone), language) };
  return flow.draft
    ? `${t('flows.standing.next', { number: flow.publishedVersion + 1 })}; ${t('flows.standing.answers', since)}`
    : t('flows.standing.answers', since);
}

function AddStep({ onAdd }: { onAdd: (kind: NodeKind) => void }) {
  const { t } = useWords();
  return (
    <Menu position="bottom-end" width={190} withinPortal>
      <Menu.Target>
        <Button data-testid="step-add">
          <Icon of={IconPlus} />
          {t('flows.step')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {nodeKinds.map((kind) => (
          <Menu.Item key={kind} leftSection={<Icon of={kindIcons[kind]} />} onClick={() => onAdd(kind)}>
            {t(`flows.kind.${kind}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function StepHead(props: { node: FlowNode; figures?: FlowNodeFigures; onCopy?: () => void; onRemove?: () => void }) {
  const { t, language } = useWords();
  const { node, figures, onCopy, onRemove } = props;
  const number = (count: number) => new Intl.NumberFormat(language).format(count);
  return (
    <div className={styles.panelHead}>
      <h2 id="flow-step" tabIndex={-1}>
        {titleOf(node, t)}
      </h2>
      <span className={clsx(typography.small, typography.muted, layout.fill)}>
        {t(`flows.kind.${node.kind}`)}
        {figures &&
          `. ${t('flows.stepFigures', { came: number(figures.reached), lost: number(figures.unanswered), other: number(figures.notUnderstood) })}`}
      </span>
      {onCopy && (
        <Button kind="quiet" small iconOnly aria-label={t('flows.copyStep')} onClick={onCopy} data-testid="step-copy">
          <Icon of={IconCopy} />
        </Button>
      )}
      {onRemove && (
        <Button kind="quiet" small iconOnly aria-label={t('flows.removeStep')} onClick={onRemove} data-testid="step-remove">
          <Icon of={IconTrash} />
        </Button>
      )}
    </div>
  );
}

/** What is wrong with it as it is written now; until that is known, what was wrong as it was stored. */
function useFaults(document: FlowDocument | null, stored: FlowFault[], dirty: boolean): FlowFault[] {
  const clinic = useClinic();
  const asked = document ?? ({} as FlowDocument);
  const checked = useQuery({ ...flowFaultsQuery(clinic.id, asked), enabled: document !== null && dirty });
  return dirty ? (checked.data ?? stored) : stored;
}
