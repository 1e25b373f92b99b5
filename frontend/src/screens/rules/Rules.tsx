import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { insurancesQuery, locationsQuery, practitionersQuery, servicesQuery } from '../../api/agendaQueries';
import { may } from '../../api/may';
import { organizationQuery } from '../../api/queries';
import { forecastQuery, rulesQuery } from '../../api/rules';
import type { NotificationRule } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { to } from '../../app/paths';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import facts from '../../ui/facts.module.css';
import { Icon } from '../../ui/Icon';
import { Empty, LoadError, PageHead, Section, Skeleton } from '../../ui/Page';
import { Forecast } from './Forecast';
import { ForecastList } from './ForecastList';
import { Release } from './Release';
import { RuleForm } from './RuleForm';
import { RuleRow } from './RuleRow';
import styles from './Rules.module.css';
import { isAfterwards, type Names } from './rule';

/** What patients are told of a visit, along the time line of one: each rule is a sentence that can be switched off. */
export function Rules() {
  const { t } = useWords();
  const clinic = useClinic();
  const rules = useQuery(rulesQuery(clinic.id));
  const names = useNames();
  const [open, setOpen] = useState<NotificationRule | 'new' | null>(null);
  const edits = may(clinic, 'edit-clinic');
  const forecast = useQuery(forecastQuery(clinic.id));
  const active = rules.data?.filter((one) => one.active).length ?? 0;
  const row = (rule: NotificationRule) => (
    <RuleRow
      key={rule.id}
      rule={rule}
      names={names}
      edits={edits}
      perWeek={forecast.data?.rules.find((one) => one.ruleId === rule.id)?.messages ?? 0}
      onOpen={() => setOpen(rule)}
    />
  );
  return (
    <>
      <PageHead title={t('nav.rules')} under={rules.data ? t('rules.under', { count: active }) : undefined}>
        {edits && (
          <Button kind="primary" iconOnPhone onClick={() => setOpen('new')} data-testid="rule-add">
            <Icon of={IconPlus} />
            <span>{t('rules.add')}</span>
          </Button>
        )}
      </PageHead>
      <div className={styles.rules}>
        {rules.isLoadingError ? (
          <LoadError error={rules.error} title={t('rules.error')} retry={() => void rules.refetch()} />
        ) : !rules.data ? (
          <Skeleton rows={6} tall />
        ) : rules.data.length === 0 ? (
          <Empty title={t('rules.empty')} text={t('rules.emptyText')} />
        ) : (
          <ol className={styles.cadence} data-testid="rules">
            {rules.data.filter((rule) => !isAfterwards(rule.trigger)).map(row)}
            <li className={styles.visit}>
              <div className={styles.when}>
                <b>{t('rules.visit')}</b>
              </div>
              <div className={styles.knot}>
                <i />
              </div>
              <div className={styles.what} />
            </li>
            {rules.data.filter((rule) => isAfterwards(rule.trigger)).map(row)}
          </ol>
        )}
        <div className={styles.release}>
          <Release />
        </div>
        <aside className={styles.margin}>
          <Forecast />
          <Limits />
        </aside>
      </div>
      <ForecastList rules={rules.data ?? []} />
      <Dialog opened={open !== null} onClose={() => setOpen(null)} title={t(open === 'new' ? 'rules.add' : 'rules.change')}>
        {open !== null && <RuleForm rule={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
      </Dialog>
    </>
  );
}

/** What holds for every rule. */
function Limits() {
  const { t } = useWords();
  const clinic = useClinic();
  const organization = useQuery(organizationQuery(clinic.id));
  const quiet = organization.data?.quietHours;
  if (!organization.data) return null;
  return (
    <>
      <Section title={t('rules.limits')} />
      <dl className={facts.facts}>
        <dt>{t('rules.perRule')}</dt>
        <dd>{t('rules.perRuleText')}</dd>
        <dt>{t('rules.night')}</dt>
        <dd>
          {quiet ? t('rules.nightText', { from: quiet.from.slice(0, 5), to: quiet.to.slice(0, 5) }) : t('rules.noNight')}
          {may(clinic, 'see-settings') && (
            <>
              {' '}
              <Link {...to.settings(clinic.alias)}>{t('rules.changeNight')}</Link>
            </>
          )}
        </dd>
      </dl>
    </>
  );
}

function useNames(): Names {
  const clinic = useClinic();
  const practitioners = useQuery(practitionersQuery(clinic.id));
  const services = useQuery(servicesQuery(clinic.id));
  const locations = useQuery(locationsQuery(clinic.id));
  const insurances = useQuery(insurancesQuery(clinic.id));
  return new Map([
    ...(practitioners.data ?? []).map((one) => [one.id, one.displayName] as const),
    ...[services.data, locations.data, insurances.data].flatMap((all) => (all ?? []).map((one) => [one.id, one.name] as const)),
  ]);
}
