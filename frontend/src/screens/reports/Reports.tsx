import { IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { exportAppointments } from '../../api/actions';
import { attendanceReportQuery, occupancyReportQuery, practitionersQuery, servicesQuery, surveyReportQuery } from '../../api/agendaQueries';
import { conversationStatisticsQuery } from '../../api/conversations';
import { may } from '../../api/may';
import type { AttendanceReport } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { addDays, cityOf, instantNow, offsetLabel, todayIn } from '../../time/clinicTime';
import { dateSpan } from '../../time/format';
import { Button } from '../../ui/Button';
import { ExportMenu } from '../../ui/ExportMenu';
import { Segments, SelectField } from '../../ui/Field';
import { Icon } from '../../ui/Icon';
import { Empty, LoadError, PageHead, Skeleton } from '../../ui/Page';
import { saveFile } from '../../ui/saveFile';
import { Answers } from './Answers';
import { FreedHours } from './FreedHours';
import { Headline } from './Headline';
import { LeadTimes } from './LeadTimes';
import { LineConversations } from './LineConversations';
import { MessageCosts } from './MessageCosts';
import { Occupancy } from './Occupancy';
import { OutcomeTable } from './OutcomeTable';
import { PersonConversations } from './PersonConversations';
import { ReminderEffects } from './ReminderEffects';
import styles from './Reports.module.css';
import { csvOf, periodOf, periods, visitsIn } from './report';
import { SurveyRatings } from './SurveyRatings';
import { WeekChart } from './WeekChart';

const route = getRouteApi('/c/$clinic/reports');

/** What became of visits: who came, who answered, which hours were used. Figures of the clinic, no patient's name. */
export function Reports() {
  const { t, language } = useWords();
  const clinic = useClinic();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const weeks = search.weeks ?? 13;
  const period = periodOf(weeks, todayIn(clinic.timeZone));
  const asked = { ...period, practitionerId: search.practitioner, healthcareServiceId: search.service };
  const report = useQuery(attendanceReportQuery(clinic.id, asked));
  const occupancy = useQuery(occupancyReportQuery(clinic.id, { ...period, practitionerId: search.practitioner }));
  const survey = useQuery(surveyReportQuery(clinic.id, period));
  const said = useQuery(conversationStatisticsQuery(clinic.id, period));
  const practitioners = useQuery(practitionersQuery(clinic.id));
  const services = useQuery(servicesQuery(clinic.id));
  const change = (next: Partial<typeof search>) => void navigate({ search: (before) => ({ ...before, ...next }), replace: true });
  const count = report.data ? visitsIn(report.data.total) : null;
  return (
    <>
      <PageHead
        title={t('nav.reports')}
        under={
          <>
            {dateSpan(period.from, addDays(period.to, -1), language)}
            {count === null ? '' : `, ${t('reports.visits', { count, formatted: new Intl.NumberFormat(language).format(count) })}`}.{' '}
            {t('reports.zone', { city: cityOf(clinic.timeZone), offset: offsetLabel(instantNow(), clinic.timeZone) })}
          </>
        }
      >
        <Button iconOnPhone disabled={!report.data || count === 0} onClick={() => report.data && save(report.data)}>
          <Icon of={IconDownload} />
          <span>CSV</span>
        </Button>
        {may(clinic, 'export-patients') && (
          <ExportMenu
            label={t('exporting.visits')}
            name={`${t('exporting.visitsName')}-${period.from}`}
            fetch={(format) => exportAppointments(clinic.id, { ...period, format })}
            testId="export-visits"
          />
        )}
      </PageHead>
      <div className={styles.filters}>
        <Segments
          label={t('reports.period')}
          value={String(weeks)}
          onChange={(value) => change({ weeks: periods.find((one) => String(one) === value) })}
          options={periods.map((one) => ({ value: String(one), label: t(`reports.weeks${one}`) }))}
        />
        <SelectField
          label={t('reports.practitioner')}
          value={search.practitioner ?? ''}
          onChange={(event) => change({ practitioner: event.currentTarget.value || undefined })}
        >
          <option value="">{t('reports.everybody')}</option>
          {practitioners.data?.map((one) => (
            <option key={one.id} value={one.id}>
              {one.displayName}
            </option>
          ))}
        </SelectField>
        <SelectField
          label={t('reports.service')}
          value={search.service ?? ''}
          onChange={(event) => change({ service: event.currentTarget.value || undefined })}
        >
          <option value="">{t('reports.everything')}</option>
          {services.data?.map((one) => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
          ))}
        </SelectField>
      </div>
      {report.isPending ? (
        <Skeleton rows={8} tall />
      ) : report.isLoadingError ? (
        <LoadError error={report.error} title={t('reports.error')} retry={() => void report.refetch()} />
      ) : count === 0 ? (
        <Empty title={t('reports.empty')} text={t('reports.emptyText')} />
      ) : (
        <>
          <Headline report={report.data} />
          <ReminderEffects />
          <div className={styles.three}>
            <WeekChart weeks={report.data.weeks} />
            <Answers answers={report.data.answers} />
            <FreedHours freed={report.data.freedHours} cancellations={report.data.cancellations} noShows={report.data.noShows} />
          </div>
          {occupancy.isPending ? (
            <Skeleton rows={4} />
          ) : occupancy.isLoadingError ? (
            <LoadError error={occupancy.error} title={t('reports.occupancyError')} retry={() => void occupancy.refetch()} />
          ) : (
            <Occupancy items={occupancy.data.items} />
          )}
          {survey.data && <SurveyRatings report={survey.data} />}
          {may(clinic, 'see-costs') && <MessageCosts />}
          {said.data && <LineConversations lines={said.data.items} />}
          {said.data && <PersonConversations people={said.data.people} />}
          <div className={styles.three}>
            <LeadTimes leadTimes={report.data.leadTimes} />
            <OutcomeTable title={t('reports.byPractitioner')} name={t('reports.practitioner')} rows={report.data.practitioners} />
            <OutcomeTable title={t('reports.byService')} name={t('reports.service')} rows={report.data.services} />
          </div>
          {report.data.insurances.some((one) => one.id) && (
            <div className={styles.three}>
              <OutcomeTable
                title={t('reports.byInsurance')}
                name={t('insurances.onVisit')}
                rows={report.data.insurances.map((one) => ({ ...one, name: one.name ?? t('insurances.none') }))}
              />
            </div>
          )}
        </>
      )}
    </>
  );

  function save(figures: AttendanceReport): void {
    const text = csvOf(figures, {
      head: ['by', 'name', 'attended', 'missed', 'cancelled', 'unrecorded', 'missedShare'].map((one) => t(`reports.csv.${one}`)),
      week: t('reports.csv.week'),
      practitioner: t('reports.csv.practitioner'),
      service: t('reports.csv.service'),
      insurance: t('reports.csv.insurance'),
      privately: t('insurances.none'),
    });
    // The mark tells spreadsheets that it is UTF-8.
    saveFile(new Blob([`\uFEFF${text}`], { type: 'text/csv' }), `recado-${clinic.alias}-${figures.from}.csv`);
  }
}
