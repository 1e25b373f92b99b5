import { Link } from '@tanstack/react-router';
import clsx from 'clsx';
import type { WhatsAppLine } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { to } from '../../app/paths';
import { moment } from '../../time/format';
import layout from '../../ui/layout.module.css';
import { phoneText } from '../../ui/phone';
import { lineSign, Status, StatusLabel } from '../../ui/Status';
import typography from '../../ui/typography.module.css';
import { causeText } from './advice';
import styles from './LineList.module.css';

/** The clinic's lines, the default one first; the one looked at has the margin's colour. */
export function LineList({ lines, chosen }: { lines: WhatsAppLine[]; chosen: string }) {
  const { t, language } = useWords();
  const clinic = useClinic();
  return (
    <nav className={styles.lines} aria-label={t('line.list')}>
      {lines.map((line) => (
        <Link
          key={line.id}
          {...to.line(clinic.alias, line.defaultLine ? {} : { line: line.id })}
          className={styles.line}
          activeOptions={{ exact: true, includeSearch: true }}
          // Also when the address names no line, or one that is gone.
          aria-current={line.id === chosen ? 'page' : undefined}
          data-testid={`line-${line.id}`}
          resetScroll={false}
        >
          <span className={clsx(layout.row, styles.name)}>
            <b className={clsx(typography.strong, typography.ellipsis)}>{line.name}</b>
            {line.defaultLine && <StatusLabel tone="mute">{t('line.default')}</StatusLabel>}
          </span>
          <span className={clsx(typography.nowrap, styles.number)}>{line.phone ? phoneText(line.phone) : t('line.noPhone')}</span>
          <span className={styles.state}>
            <Status sign={lineSign(line)} bare={line.state === 'linked' && line.gatewayReachable} />
          </span>
          <span className={clsx(typography.small, typography.muted, typography.ellipsis, styles.why)}>
            {line.since && t('line.since', { when: moment(line.since, clinic.timeZone, language) })}{' '}
            {line.state === 'linked' ? '' : causeText(line.cause, t)}
          </span>
        </Link>
      ))}
    </nav>
  );
}
