import clsx from 'clsx';
import type { SurveyReport } from '../../api/types';
import { useWords } from '../../app/clinic';
import typography from '../../ui/typography.module.css';
import styles from './Reports.module.css';

/** How visits were, as patients say who were asked: in all and by practitioner. Nothing where nobody was asked. */
export function SurveyRatings({ report }: { report: SurveyReport }) {
  const { t, language } = useWords();
  if (report.all.asked === 0) return null;
  const mean = new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const rows = [
    { key: 'all', name: t('survey.all'), ratings: report.all },
    ...report.practitioners.map((one) => ({ key: one.practitionerId, name: one.displayName, ratings: one.ratings })),
  ];
  return (
    <section className={styles.survey} aria-labelledby="survey-ratings" data-testid="survey-ratings">
      <h2 id="survey-ratings">{t('survey.title')}</h2>
      <p className={clsx(typography.small, typography.muted)}>{t('survey.text')}</p>
      <table className={styles.table}>
        <thead>
          <tr className={clsx(typography.small, typography.muted)}>
            <th scope="col">{t('reports.practitioner')}</th>
            <th scope="col">{t('survey.answered')}</th>
            <th scope="col">{t('survey.low')}</th>
            <th scope="col">{t('survey.mean')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, name, ratings }) => (
            <tr key={key}>
              <th scope="row">{name}</th>
              <td>{t('survey.of', { answered: ratings.answered, asked: ratings.asked })}</td>
              <td>{(ratings.counts[0] ?? 0) + (ratings.counts[1] ?? 0)}</td>
              <td className={typography.strong}>{ratings.mean === null ? t('survey.few') : mean.format(ratings.mean)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
