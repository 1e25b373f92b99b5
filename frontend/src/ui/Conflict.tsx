import { IconVersions } from '@tabler/icons-react';
import clsx from 'clsx';
import { useWords } from '../app/clinic';
import { Button } from './Button';
import styles from './Conflict.module.css';
import { Icon } from './Icon';
import layout from './layout.module.css';
import problemBox from './problemBox.module.css';
import typography from './typography.module.css';

export interface Difference {
  label: string;
  mine: string;
  theirs: string;
}

/** Somebody else changed the record: both versions side by side, and the person decides. */
export function Conflict(props: {
  title: string;
  differences: Difference[];
  onKeepMine: () => void;
  onTakeTheirs: () => void;
  busy?: boolean;
}) {
  const { t } = useWords();
  return (
    <section className={problemBox.problem} role="alert" aria-label={props.title}>
      <div className={layout.row}>
        <span className={problemBox.icon}>
          <Icon of={IconVersions} />
        </span>
        <b className={typography.strong}>{props.title}</b>
      </div>
      <p className={clsx(typography.small, typography.muted)}>{t('conflict.explain')}</p>
      <table className={clsx(styles.versions, typography.small)}>
        <thead>
          <tr>
            <td />
            <th scope="col">{t('conflict.mine')}</th>
            <th scope="col">{t('conflict.theirs')}</th>
          </tr>
        </thead>
        <tbody>
          {props.differences.map((row) => (
            <tr key={row.label}>
              <th scope="row">{row.label}</th>
              <td>{row.mine}</td>
              <td>{row.theirs}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className={clsx(layout.row, layout.wrap)}>
        <Button small onClick={props.onKeepMine} disabled={props.busy}>
          {t('conflict.keepMine')}
        </Button>
        <Button kind="quiet" small onClick={props.onTakeTheirs} disabled={props.busy}>
          {t('conflict.takeTheirs')}
        </Button>
      </div>
    </section>
  );
}
