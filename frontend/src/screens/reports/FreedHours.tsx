import clsx from 'clsx';
import type { AttendanceReport } from '../../api/types';
import { useWords } from '../../app/clinic';
import figureRow from '../../ui/figureRow.module.css';
import typography from '../../ui/typography.module.css';
import styles from './Reports.module.css';
import { percent } from './report';

const MOST_TICKS = 60;

/** Hours that cancellations gave back, and how many of them another patient got. */
export function FreedHours({
  freed,
  cancellations,
  noShows,
}: {
  freed: AttendanceReport['freedHours'];
  cancellations: AttendanceReport['cancellations'];
  noShows: AttendanceReport['noShows'];
}) {
  const { t } = useWords();
  const empty = freed.freed - freed.refilled;
  return (
    <section aria-labelledby="freed-hours">
      <h2 id="freed-hours">{t('reports.freed')}</h2>
      {freed.freed === 0 ? (
        <p className={clsx(typography.small, typography.muted)}>{t('reports.freedNone')}</p>
      ) : (
        <>
          <p>
            <span className={figureRow.figure}>{freed.refilled}</span>
            <span className={typography.muted}>{t('reports.freedOf', { count: freed.freed })}</span>
          </p>
          <dl className={styles.ticks}>
            <dt>{t('reports.refilled', { count: freed.refilled })}</dt>
            <dd aria-hidden="true">
              <Ticks count={freed.refilled} full />
            </dd>
            <dt>{t('reports.leftEmpty', { count: empty })}</dt>
            <dd aria-hidden="true">
              <Ticks count={empty} />
            </dd>
          </dl>
          {freed.medianMinutes !== null && (
            <p className={clsx(typography.small, typography.muted)}>{t('reports.taken', { time: duration(freed.medianMinutes, t) })}</p>
          )}
        </>
      )}
      <Reasons title={t('reports.cancelled')} reasons={cancellations} word={(code) => t(`cancellation.${code}`)} />
      <Reasons title={t('details.noShows')} reasons={noShows} word={(code) => t(`details.noShowCodes.${code}`)} />
    </section>
  );
}

/** The shares of reasons; nothing while there are none. */
function Reasons(props: { title: string; reasons: { code: string | null; count: number }[]; word: (code: string) => string }) {
  const { t, language } = useWords();
  const all = props.reasons.reduce((sum, one) => sum + one.count, 0);
  if (all === 0) return null;
  return (
    <>
      <h3 className={styles.why}>{props.title}</h3>
      <table className={styles.bars}>
        <tbody>
          {props.reasons.map(({ code, count }) => (
            <tr key={code}>
              <th scope="row">{code ? props.word(code) : t('reports.noReason')}</th>
              <td className={typography.strong}>{percent(count / all, language, 0)}</td>
              <td className={clsx(typography.small, typography.muted)}>{new Intl.NumberFormat(language).format(count)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function Ticks({ count, full }: { count: number; full?: boolean }) {
  return Array.from({ length: Math.min(count, MOST_TICKS) }, (_, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: identical marks have nothing else to be told apart by
    <i key={index} className={full ? styles.tickFull : styles.tick} />
  ));
}

function duration(minutes: number, t: (key: string, values?: Record<string, unknown>) => string): string {
  if (minutes < 120) return t('reports.minutes', { count: minutes });
  if (minutes < 48 * 60) return t('reports.hours', { count: Math.round(minutes / 60) });
  return t('reports.days', { count: Math.round(minutes / 1440) });
}
