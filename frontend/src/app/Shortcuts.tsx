import type { Membership } from '../api/types';
import { Dialog } from '../ui/Dialog';
import { useWords } from './clinic';
import { placesIn } from './navigation';
import styles from './Shortcuts.module.css';

export function Shortcuts({ clinic, opened, onClose }: { clinic: Membership; opened: boolean; onClose: () => void }) {
  const { t } = useWords();
  const rows: [string[], string][] = [
    [['Ctrl', 'K'], t('palette.title')],
    [['?'], t('shortcuts.title')],
    [['N'], t('book.new')],
    ...placesIn(clinic).map((place): [string[], string] => [['G', place.key.toUpperCase()], t(`nav.${place.name}`)]),
    [['M'], t('shortcuts.move')],
    [['E'], t('details.moveEnd')],
    [['← → ↑ ↓'], t('shortcuts.arrows')],
    [['Enter'], t('shortcuts.drop')],
    [['Esc'], t('shortcuts.cancel')],
  ];
  return (
    <Dialog opened={opened} onClose={onClose} title={t('shortcuts.title')}>
      <dl className={styles.keys}>
        {rows.map(([keys, label]) => (
          <div key={label}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{label}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
