import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { Icon } from './Icon';
import styles from './notices.module.css';

const look = { root: styles.notice, icon: styles.icon, description: styles.description, closeButton: styles.close };

let noticed = false;
const listeners = new Set<() => void>();
/** Tells of the first notice, also of one that came before; returns how to stop. */
export function whenNoticed(run: () => void): () => void {
  if (noticed) run();
  listeners.add(run);
  return () => listeners.delete(run);
}

/** The store comes with the place that shows it, when the first notice does. */
async function store() {
  const { notifications } = await import('@mantine/notifications');
  noticed = true;
  for (const listener of listeners) listener();
  return notifications;
}
let count = 0;

interface Offer {
  label: string;
  run: () => void;
}

/** A notice's words, and the one thing that can be done about it. */
function message(id: string, words: string, offer: Offer | undefined) {
  return (
    <span className={styles.message}>
      <span>{words}</span>
      {offer && (
        <button
          type="button"
          className={styles.undo}
          onClick={() => {
            void store().then((notifications) => notifications.hide(id));
            offer.run();
          }}
        >
          {offer.label}
        </button>
      )}
    </span>
  );
}

/** Says that something is done, with a way back when there is one. */
export function done(words: string, closeLabel: string, undo?: Offer): void {
  count += 1;
  const id = `done-${count}`;
  void store().then((notifications) =>
    notifications.show({
      id,
      autoClose: undo ? 10_000 : 4000,
      icon: <Icon of={IconCircleCheck} />,
      classNames: look,
      closeButtonProps: { 'aria-label': closeLabel },
      message: message(id, words, undo),
    }),
  );
}

/** Says that something did not work, where no form can show it, with what can be done instead. */
export function failed(words: string, closeLabel: string, instead?: Offer): void {
  count += 1;
  const id = `failed-${count}`;
  void store().then((notifications) =>
    notifications.show({
      id,
      autoClose: 8000,
      icon: <Icon of={IconAlertTriangle} />,
      classNames: look,
      closeButtonProps: { 'aria-label': closeLabel },
      role: 'alert',
      message: message(id, words, instead),
    }),
  );
}
