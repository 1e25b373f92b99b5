import clsx from 'clsx';
import type { LineConversations as Line } from '../../api/conversations';
import { useWords } from '../../app/clinic';
import typography from '../../ui/typography.module.css';
import styles from './Reports.module.css';

/** How much was said on each line, and how fast people answered. Nothing where nothing was said. */
export function LineConversations({ lines }: { lines: Line[] }) {
  const { t, language } = useWords();
  if (lines.length === 0) return null;
  const whole = new Intl.NumberFormat(language);
  return (
    <section
      className={clsx(styles.survey, styles.wide)}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: whoever has no mouse scrolls it by keys
      tabIndex={0}
      aria-labelledby="line-conversations"
      data-testid="line-conversations"
    >
      <h2 id="line-conversations">{t('lineConversations.title')}</h2>
      <p className={clsx(typography.small, typography.muted)}>{t('lineConversations.text')}</p>
      <table className={styles.table}>
        <thead>
          <tr className={clsx(typography.small, typography.muted)}>
            <th scope="col">{t('lineConversations.line')}</th>
            <th scope="col">{t('lineConversations.received')}</th>
            <th scope="col">{t('lineConversations.people')}</th>
            <th scope="col">{t('lineConversations.answered')}</th>
            <th scope="col">{t('lineConversations.unanswered')}</th>
            <th scope="col">{t('lineConversations.median')}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.lineId}>
              <th scope="row">{line.name}</th>
              <td>{whole.format(line.received)}</td>
              <td>{whole.format(line.people)}</td>
              <td>{whole.format(line.answered)}</td>
              <td>{t('lineConversations.of', { unanswered: whole.format(line.unanswered), waits: whole.format(line.waits) })}</td>
              <td className={typography.strong}>
                {line.medianMinutes === null
                  ? '—'
                  : t('lineConversations.minutes', { minutes: whole.format(Math.round(line.medianMinutes)) })}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
