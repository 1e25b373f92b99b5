import { useQuery } from '@tanstack/react-query';
import clsx from 'clsx';
import { type TicketStatistics, ticketStatisticsQuery } from '../../api/tickets';
import { useClinic, useWords } from '../../app/clinic';
import { Section } from '../../ui/Page';
import typography from '../../ui/typography.module.css';
import styles from './Tickets.module.css';

const WEEK = [1, 2, 3, 4, 5, 6, 7] as const;
const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
/** Monday, 2 January 2023: only the names of its days are read. */
const dayName = (day: number, language: string) =>
  new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' }).format(Date.UTC(2023, 0, 1 + day));

/** How many tickets there were, about what, how fast they were answered by whom, and when they come. */
export function TicketFigures({ days }: { days: { from: string; to: string } }) {
  const { t } = useWords();
  const clinic = useClinic();
  const figures = useQuery(ticketStatisticsQuery(clinic.id, days)).data;
  if (!figures || figures.count === 0) return null;
  return (
    <section className={styles.statistics} aria-labelledby="ticket-figures" data-testid="ticket-figures">
      <Section title={t('tickets.figures')} id="ticket-figures" />
      <p className={typography.small}>
        {t('tickets.count', { count: figures.count })}
        {figures.medianMinutes !== null && ` · ${t('tickets.median', { minutes: Math.round(figures.medianMinutes) })}`}
      </p>
      <div className={styles.figures}>
        <Bars
          title={t('tickets.category')}
          rows={figures.byCategory.map((one) => ({
            name: one.category ? t(`tickets.categories.${one.category}`) : t('tickets.noCategory'),
            count: one.count,
          }))}
        />
        <Bars
          title={t('tickets.state')}
          rows={figures.byState.map((one) => ({ name: t(`tickets.states.${one.state}`), count: one.count }))}
        />
        <Bars
          title={t('tickets.firstAnswers')}
          rows={figures.byPerson.map((one) => ({
            name: one.name ?? t('inbox.ownPhone'),
            count: one.count,
            more: t('tickets.medianOf', { minutes: Math.round(one.medianMinutes) }),
          }))}
        />
      </div>
      <Heat byHour={figures.byHour} title={t('tickets.when')} />
    </section>
  );
}

function Bars({ title, rows }: { title: string; rows: { name: string; count: number; more?: string }[] }) {
  const most = Math.max(1, ...rows.map((row) => row.count));
  return (
    <div>
      <h3 className={typography.strong}>{title}</h3>
      <div className={styles.bars}>
        {rows.map((row) => [
          <span key={`${row.name}-name`} className={typography.small}>
            {row.name}
          </span>,
          <span key={`${row.name}-bar`} className={styles.track} aria-hidden="true">
            <i style={{ inlineSize: `${(row.count / most) * 100}%` }} />
          </span>,
          <span key={`${row.name}-count`} className={clsx(typography.small, typography.nowrap)}>
            {row.more ? `${row.count} · ${row.more}` : row.count}
          </span>,
        ])}
      </div>
    </div>
  );
}

/** Each hour of the week; the number stands in it, so that colour says nothing alone. */
export function Heat({ byHour, title }: { byHour: TicketStatistics['byHour']; title: string }) {
  const { language } = useWords();
  const at = (day: number, hour: number) => byHour.find((one) => one.day === day && one.hour === hour)?.count ?? 0;
  const most = Math.max(1, ...byHour.map((one) => one.count));
  const used = byHour.map((one) => one.hour);
  const hours = HOURS.filter((hour) => hour >= Math.min(8, ...used) && hour <= Math.max(19, ...used));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: whoever has no mouse scrolls it by keys
    <section className={styles.scroll} tabIndex={0} aria-label={title}>
      <table className={styles.heat}>
        <caption className={typography.small}>{title}</caption>
        <thead>
          <tr>
            <td />
            {hours.map((hour) => (
              <th key={hour} scope="col">
                {hour}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {WEEK.map((day) => (
            <tr key={day}>
              <th scope="row">{dayName(day, language)}</th>
              {hours.map((hour) => {
                const count = at(day, hour);
                const share = Math.round((count / most) * 45);
                return (
                  <td key={hour} style={count ? { background: `color-mix(in srgb, var(--solid) ${share}%, var(--sheet))` } : undefined}>
                    {count || ''}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
