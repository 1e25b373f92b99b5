import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import clsx from 'clsx';
import { forecastQuery } from '../../api/rules';
import { outlooks } from '../../api/states';
import { useClinic, useWords } from '../../app/clinic';
import { to } from '../../app/paths';
import { todayIn } from '../../time/clinicTime';
import { shortDate } from '../../time/format';
import { LoadError, Section, Skeleton } from '../../ui/Page';
import typography from '../../ui/typography.module.css';
import styles from './Forecast.module.css';

/** What would go out in the week that begins today, day by day, and what would not, with the reason. */
export function Forecast() {
  const { t, language } = useWords();
  const clinic = useClinic();
  const forecast = useQuery(forecastQuery(clinic.id));
  if (forecast.isPending) return <Skeleton rows={4} />;
  if (forecast.isLoadingError)
    return <LoadError error={forecast.error} title={t('forecast.error')} retry={() => void forecast.refetch()} />;
  const { days, complete } = forecast.data;
  const today = todayIn(clinic.timeZone);
  const most = Math.max(1, ...days.map((day) => day.left + day.planned));
  const left = days.reduce((sum, day) => sum + day.left, 0);
  const total = days.reduce((sum, day) => sum + day.left + day.planned, 0);
  const reasons = outlooks.flatMap((outlook) => {
    const messages = forecast.data.outlooks.find((one) => one.outlook === outlook)?.messages ?? 0;
    return messages > 0 && outlook !== 'left' && outlook !== 'leaves' ? [{ outlook, messages }] : [];
  });
  const untold = reasons.reduce((sum, one) => sum + one.messages, 0);
  return (
    <>
      <Section title={t('forecast.title')} />
      <table className={styles.week} data-testid="forecast">
        <caption className={typography.small}>{t('forecast.caption')}</caption>
        <tbody>
          {days.map((day) => (
            <tr key={day.date}>
              <th scope="row">
                <Link {...to.rules(clinic.alias, { date: day.date })}>{shortDate(day.date, language)}</Link>
                {day.date === today && <span className={clsx(typography.tiny, typography.muted)}> {t('forecast.today')}</span>}
              </th>
              <td aria-hidden className={styles.bar}>
                {day.left > 0 && <i className={styles.left} style={{ width: `${(100 * day.left) / most}%` }} />}
                {day.planned > 0 && <i style={{ width: `${(100 * day.planned) / most}%` }} />}
              </td>
              <td>{day.left + day.planned}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t('forecast.total')}</th>
            <td />
            <td>{total}</td>
          </tr>
        </tfoot>
      </table>
      <p className={clsx(typography.tiny, typography.muted, styles.under)}>
        {t('forecast.left', { count: left })} {!complete && t('forecast.incomplete')}
      </p>
      <Section title={t('forecast.untold')}>
        <b className={styles.count}>{untold}</b>
      </Section>
      {reasons.length === 0 ? (
        <p className={clsx(typography.small, typography.muted)}>{t('forecast.everything')}</p>
      ) : (
        <ul className={styles.why}>
          {reasons.map(({ outlook, messages }) => (
            <li key={outlook}>
              <b>{messages}</b>
              <span>{t(`forecast.outlooks.${outlook}`)}</span>
              <Link {...to.rules(clinic.alias, { outlook })} aria-label={t('forecast.see', { what: t(`forecast.outlooks.${outlook}`) })}>
                {t('action.see')}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
