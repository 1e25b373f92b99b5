import '@xyflow/react/dist/base.css';
import { IconArrowDown, IconArrowLeft, IconArrowRight, IconArrowUp, IconMinus, IconPlus } from '@tabler/icons-react';
import {
  type Connection,
  type Edge,
  Handle,
  type Node,
  type NodeChange,
  type NodeProps,
  Panel,
  Position,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
} from '@xyflow/react';
import clsx from 'clsx';
import { useEffect, useMemo, useState } from 'react';
import type { FlowDocument, FlowFault, FlowFigures, FlowNode } from '../../api/flowTypes';
import { type Translate, useWords } from '../../app/clinic';
import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import styles from './FlowCanvas.module.css';
import { arranged, placesOf, putAt } from './flowLayout';
import { leading, lostAt, replaced, tookWay, type Way, waysOf } from './flowTree';
import { kindIcons, shortly, titleOf } from './stepWords';

interface Props {
  document: FlowDocument;
  faults: FlowFault[];
  figures?: FlowFigures;
  open: string | null;
  onOpen: (id: string) => void;
  /** Left out when nothing may be changed. */
  onChange?: (document: FlowDocument) => void;
}
type Drawn = Node<{ node: FlowNode; chosen: boolean; fault: string | null; under: string; edits: boolean }, 'step'>;

const wayName = (way: Way): string => (typeof way === 'object' ? `option-${way.option}` : way);
const wayCalled = (name: string): Way => (name.startsWith('option-') ? { option: Number(name.slice(7)) } : (name as Way));

/** What a button moves a step by, in pixels. */
const STEP = 24;
const moves = [
  { name: 'moveLeft', icon: IconArrowLeft, x: -STEP, y: 0 },
  { name: 'moveUp', icon: IconArrowUp, x: 0, y: -STEP },
  { name: 'moveDown', icon: IconArrowDown, x: 0, y: STEP },
  { name: 'moveRight', icon: IconArrowRight, x: STEP, y: 0 },
] as const;

/**
 * The flow as a drawing: people and losses on its lines, and a line drawn from a way to a step leads there. A step is moved by
 * dragging it, by the arrow keys and by buttons; where it was put belongs to the version.
 */
export default function FlowCanvas(props: Props) {
  return (
    <ReactFlowProvider>
      <Drawing {...props} />
    </ReactFlowProvider>
  );
}

function Drawing({ document, faults, figures, open, onOpen, onChange }: Props) {
  const { t, language } = useWords();
  const view = useReactFlow();
  const places = useMemo(() => placesOf(document), [document]);
  // Where a step is while it is dragged; the document has it when it is let go.
  const [dragged, setDragged] = useState<{ id: string; x: number; y: number } | null>(null);
  const nodes = document.nodes.map((node): Drawn => {
    const place = places.get(node.id);
    const fault = faults.find((one) => one.node === node.id && !one.warning);
    return {
      id: node.id,
      type: 'step',
      position: dragged?.id === node.id ? { x: dragged.x, y: dragged.y } : { x: place?.x ?? 0, y: place?.y ?? 0 },
      width: place?.width,
      height: place?.height,
      selected: node.id === open,
      ariaLabel: `${t(`flows.kind.${node.kind}`)}: ${titleOf(node, t)}`,
      data: {
        node,
        chosen: node.id === open,
        fault: fault ? shortly(fault, t) : null,
        under: figureOf(node, figures, language, t),
        edits: onChange !== undefined,
      },
    };
  });
  const edges = document.nodes.flatMap((node) => edgesOf(node, document, figures, language));
  const count = document.nodes.length;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is added or removed is shown, what is written does not move the view
  useEffect(() => {
    const fitted = window.setTimeout(() => void view.fitView({ padding: 0.06, maxZoom: 1 }), 0);
    return () => window.clearTimeout(fitted);
  }, [count, view]);
  const connect = ({ source, sourceHandle, target }: Connection) => {
    const node = document.nodes.find((one) => one.id === source);
    if (node && sourceHandle) onChange?.(replaced(document, source, leading(node, wayCalled(sourceHandle), target)));
  };
  const changed = (changes: NodeChange<Drawn>[]) => {
    for (const change of changes) {
      // Chosen with the mouse or with the keyboard.
      if (change.type === 'select' && change.selected) onOpen(change.id);
      if (change.type !== 'position' || !change.position || !onChange) continue;
      if (change.dragging) {
        setDragged({ id: change.id, ...change.position });
      } else {
        setDragged(null);
        const before = places.get(change.id);
        if (before?.x !== change.position.x || before.y !== change.position.y) onChange(putAt(document, change.id, change.position));
      }
    }
  };
  const chosen = open === null ? undefined : places.get(open);
  const moved = (document.positions ?? []).length > 0;
  return (
    <section className={styles.canvas} aria-label={t('flows.canvasOf', { count })} data-testid="flow-canvas">
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={kinds}
        onNodesChange={changed}
        onConnect={connect}
        nodesConnectable={onChange !== undefined}
        nodesDraggable={onChange !== undefined}
        ariaLabelConfig={{
          'node.a11yDescription.default': t('flows.chooseStep'),
          'node.a11yDescription.keyboardDisabled': t(onChange ? 'flows.chooseAndMoveStep' : 'flows.chooseStep'),
          'node.a11yDescription.ariaLiveMessage': () => t('flows.stepMoved'),
        }}
        edgesFocusable={false}
        deleteKeyCode={null}
        zoomOnScroll={false}
        preventScrolling={false}
        minZoom={0.3}
        maxZoom={1.5}
        fitView
        fitViewOptions={{ padding: 0.06, maxZoom: 1 }}
        proOptions={{ hideAttribution: true }}
      >
        <Panel position="bottom-left" className={styles.zoom}>
          <Button small iconOnly aria-label={t('flows.zoomIn')} onClick={() => void view.zoomIn()}>
            <Icon of={IconPlus} />
          </Button>
          <Button small iconOnly aria-label={t('flows.zoomOut')} onClick={() => void view.zoomOut()}>
            <Icon of={IconMinus} />
          </Button>
          <Button small onClick={() => void view.fitView({ padding: 0.06 })}>
            {t('flows.seeAll')}
          </Button>
        </Panel>
        {onChange && (
          <Panel position="top-right" className={styles.zoom}>
            {moved && (
              <Button small onClick={() => onChange(arranged(document))} data-testid="flow-arrange">
                {t('flows.arrange')}
              </Button>
            )}
            {chosen &&
              moves.map(({ name, icon, x, y }) => (
                <Button
                  key={name}
                  small
                  iconOnly
                  aria-label={t(`flows.${name}`)}
                  onClick={() => onChange(putAt(document, open ?? '', { x: chosen.x + x, y: chosen.y + y }))}
                >
                  <Icon of={icon} />
                </Button>
              ))}
          </Panel>
        )}
      </ReactFlow>
    </section>
  );
}

function figureOf(node: FlowNode, figures: FlowFigures | undefined, language: string, t: Translate): string {
  const own = figures?.nodes.find((one) => one.node === node.id);
  if (!own || own.reached === 0) return '';
  const lost = lostAt(own);
  if (lost === 0) return t('flows.cameTo', { count: own.reached, number: new Intl.NumberFormat(language).format(own.reached) });
  return t('flows.loses', { percent: new Intl.NumberFormat(language, { style: 'percent' }).format(lost / own.reached) });
}

/** A line for each way that leads somewhere: as wide as it is taken, named by how many take it. */
function edgesOf(node: FlowNode, document: FlowDocument, figures: FlowFigures | undefined, language: string): Edge[] {
  const own = figures?.nodes.find((one) => one.node === node.id);
  const most = Math.max(1, figures?.sessions ?? 1);
  return waysOf(node)
    .filter((each) => document.nodes.some((one) => one.id === each.to))
    .map((each) => {
      const took = tookWay(own, node, each.way, each.to) ?? 0;
      return {
        id: `${node.id}/${wayName(each.way)}`,
        source: node.id,
        sourceHandle: wayName(each.way),
        target: each.to,
        label: took > 0 ? new Intl.NumberFormat(language).format(took) : undefined,
        style: { strokeWidth: 1.5 + 5 * (took / most) },
        className: styles.edge,
        labelBgPadding: [3, 1],
        focusable: false,
      };
    });
}

function Step({ data: { node, chosen, fault, under, edits } }: NodeProps<Drawn>) {
  const { t } = useWords();
  const ways = waysOf(node);
  const named = node.kind === 'condition' || node.kind === 'action';
  return (
    <div className={clsx(styles.step, chosen && styles.chosen, fault && styles.bad, node.kind === 'end' && styles.end)}>
      <Handle type="target" position={Position.Left} className={styles.handle} isConnectable={edits} />
      <span className={styles.kind}>
        <Icon of={kindIcons[node.kind]} small />
        {t(`flows.kind.${node.kind}`)}
      </span>
      <b className={styles.title}>{titleOf(node, t)}</b>
      {node.kind !== 'menu' && <span className={clsx(styles.under, fault && styles.fault)}>{fault ?? under}</span>}
      {node.kind === 'menu' && (
        <span className={styles.options}>
          {node.options.map((option, at) => (
            <span key={option.id} className={styles.option}>
              <span className={styles.label}>{option.label.es || option.label.en || option.label.pt || option.id}</span>
              <Handle type="source" id={`option-${at}`} position={Position.Right} className={styles.handle} isConnectable={edits} />
            </span>
          ))}
        </span>
      )}
      {node.kind !== 'menu' &&
        ways.map((each, at) => (
          <Handle
            key={wayName(each.way)}
            type="source"
            id={wayName(each.way)}
            position={Position.Right}
            className={styles.handle}
            style={{ top: `${((at + 1) * 100) / (ways.length + 1)}%` }}
            title={named ? t(`flows.leads.${wayName(each.way)}`) : undefined}
            isConnectable={edits}
          />
        ))}
    </div>
  );
}

const kinds = { step: Step };
