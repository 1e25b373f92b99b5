import { Link } from '@tanstack/react-router';
import { lineStates } from '../../api/states';
import type { PlatformHealth } from '../../api/types';
import { to } from '../../app/paths';
import figureRow from '../../ui/figureRow.module.css';
import { lineSigns, Status } from '../../ui/Status';
import platform from './platform.module.css';

/** How many lines are in each state, those that need somebody first; each leads to its lines. */
export function LineCounts({ counts }: { counts: PlatformHealth['lines'] }) {
  const count = new Map(counts.map((one) => [one.state, one.count]));
  return (
    <dl className={platform.counts}>
      {lineStates
        .filter((state) => count.get(state))
        .map((state) => (
          <div key={state}>
            <dt>
              <Link {...to.platformLines({ state })} className={platform.link}>
                <Status sign={lineSigns[state]} bare={state === 'linked'} />
              </Link>
            </dt>
            <dd className={figureRow.figure}>{count.get(state)}</dd>
          </div>
        ))}
    </dl>
  );
}
