import { IconVersions } from '@tabler/icons-react';
import { useWords } from '../app/clinic';
import { Icon } from './Icon';

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
    <section className="inline-no" role="alert" aria-label={props.title}>
      <div className="row">
        <span className="no-i">
          <Icon of={IconVersions} />
        </span>
        <b className="b">{props.title}</b>
      </div>
      <p className="small muted">{t('conflict.explain')}</p>
      <table className="versus small">
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
      <div className="row wrap">
        <button type="button" className="btn sm" onClick={props.onKeepMine} disabled={props.busy}>
          {t('conflict.keepMine')}
        </button>
        <button type="button" className="btn sm quiet" onClick={props.onTakeTheirs} disabled={props.busy}>
          {t('conflict.takeTheirs')}
        </button>
      </div>
    </section>
  );
}
