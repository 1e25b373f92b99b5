import { Link } from '@tanstack/react-router';
import type { WhatsAppLine } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { to } from '../../app/paths';
import { moment } from '../../time/format';
import { phoneText } from '../../ui/phone';
import { lineSign, Status } from '../../ui/Status';
import { causeText } from './advice';

/** The clinic's lines, the default one first; the one looked at has the margin's colour. */
export function LineList({ lines, chosen }: { lines: WhatsAppLine[]; chosen: string }) {
  const { t, language } = useWords();
  const clinic = useClinic();
  return (
    <nav className="lrows" aria-label={t('line.list')}>
      {lines.map((line) => (
        <Link
          key={line.id}
          {...to.line(clinic.alias, line.defaultLine ? {} : { line: line.id })}
          className="lrow"
          activeOptions={{ exact: true, includeSearch: true }}
          // Also when the address names no line, or one that is gone.
          aria-current={line.id === chosen ? 'page' : undefined}
          data-testid={`line-${line.id}`}
          resetScroll={false}
        >
          <span className="row l-name">
            <b className="b el">{line.name}</b>
            {line.defaultLine && <span className="st mute">{t('line.default')}</span>}
          </span>
          <span className="nw l-num">{line.phone ? phoneText(line.phone) : t('line.noPhone')}</span>
          <span className="l-st">
            <Status sign={lineSign(line)} bare={line.state === 'linked' && line.gatewayReachable} />
          </span>
          <span className="small muted el l-why">
            {line.since && t('line.since', { when: moment(line.since, clinic.timeZone, language) })}{' '}
            {line.state === 'linked' ? '' : causeText(line.cause, t)}
          </span>
        </Link>
      ))}
    </nav>
  );
}
