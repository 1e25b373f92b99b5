import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import clsx from 'clsx';
import { forecastMessagesQuery } from '../../api/rules';
import { outlooks } from '../../api/states';
import type { NotificationOutlook, NotificationRule } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { to } from '../../app/paths';
import { moment } from '../../time/format';
import { Button } from '../../ui/Button';
import { SidePanel } from '../../ui/Dialog';
import { SelectField } from '../../ui/Field';
import lists from '../../ui/lists.module.css';
import { Empty, LoadError, Skeleton } from '../../ui/Page';
import typography from '../../ui/typography.module.css';
import styles from './Forecast.module.css';
import { nameOf, whenOf } from './rule';

/** The week's messages one by one; what is listed stands in the address. */
export function ForecastList({ rules }: { rules: readonly NotificationRule[] }) {
  const { t, language } = useWords();
  const search = useSearch({ from: '/c/$clinic/rules' });
  const navigate = useNavigate({ from: '/c/$clinic/rules' });
  const opened = Object.values(search).some((one) => one !== undefined);
  const called = (rule: NotificationRule) => `${nameOf(rule, t)} · ${whenOf(rule, t).join(' ')}`;
  return (
    <SidePanel
      opened={opened}
      onClose={() => void navigate({ search: {} })}
      title={t('forecast.title')}
      under={search.date ? moment(`${search.date}T12:00:00Z`, 'UTC', language).split(',')[0] : undefined}
    >
      {opened && (
        <>
          <div className={styles.filters}>
            <SelectField
              label={t('forecast.outlook')}
              value={search.outlook ?? ''}
              onChange={(event) =>
                void navigate({ search: { ...search, outlook: (event.target.value || undefined) as NotificationOutlook | undefined } })
              }
              data-testid="forecast-outlook"
            >
              <option value="">{t('forecast.any')}</option>
              {outlooks.map((one) => (
                <option key={one} value={one}>
                  {t(`forecast.outlooks.${one}`)}
                </option>
              ))}
            </SelectField>
            <SelectField
              label={t('forecast.rule')}
              value={search.rule ?? ''}
              onChange={(event) => void navigate({ search: { ...search, rule: event.target.value || undefined } })}
            >
              <option value="">{t('forecast.anyRule')}</option>
              {rules.map((one) => (
                <option key={one.id} value={one.id}>
                  {called(one)}
                </option>
              ))}
            </SelectField>
          </div>
          <Messages />
        </>
      )}
    </SidePanel>
  );
}

function Messages() {
  const { t, language } = useWords();
  const clinic = useClinic();
  const { outlook, rule, date } = useSearch({ from: '/c/$clinic/rules' });
  const found = useInfiniteQuery(forecastMessagesQuery(clinic.id, { outlook, ruleId: rule, date }));
  if (found.isPending) return <Skeleton rows={6} />;
  if (found.isLoadingError) return <LoadError error={found.error} title={t('forecast.error')} retry={() => void found.refetch()} />;
  const messages = found.data.pages.flatMap((page) => page.items);
  if (messages.length === 0) return <Empty small title={t('forecast.none')} text={t('forecast.noneText')} />;
  return (
    <>
      <ul className={clsx(lists.ruled, lists.lined)} data-testid="forecast-messages">
        {messages.map((message) => (
          <li key={message.messageId} className={styles.message}>
            <span>
              <Link {...to.patient(clinic.alias, message.patientId)}>{message.displayName}</Link>{' '}
              <span className={clsx(typography.small, typography.muted)}>{moment(message.start, clinic.timeZone, language)}</span>
            </span>
            <span className={clsx(typography.small, typography.muted)}>{moment(message.dueAt, clinic.timeZone, language)}</span>
            <span className={typography.small}>
              {t(`kind.${message.kind}`)} · {t(`forecast.outlooks.${message.outlook}`)}
            </span>
          </li>
        ))}
      </ul>
      {found.hasNextPage && (
        <div className={lists.more}>
          <Button disabled={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
            {t('action.more')}
          </Button>
        </div>
      )}
    </>
  );
}
