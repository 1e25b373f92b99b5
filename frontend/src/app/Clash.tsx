import { Conflict, type Difference } from '../ui/Conflict';
import { Dialog } from '../ui/Dialog';
import { useWords } from './clinic';

/** Somebody else was faster with a visit: both versions, and the person decides. */
export function Clash(props: {
  opened: boolean;
  onClose: () => void;
  /** Whose visit it is. */
  name: string;
  differences: Difference[];
  busy: boolean;
  onKeepMine: () => void;
}) {
  const { t } = useWords();
  return (
    <Dialog opened={props.opened} onClose={props.onClose} title={t('conflict.visit')}>
      <Conflict
        title={props.name}
        differences={props.differences}
        busy={props.busy}
        onTakeTheirs={props.onClose}
        onKeepMine={props.onKeepMine}
      />
    </Dialog>
  );
}
