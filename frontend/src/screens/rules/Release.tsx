import { IconEye } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import clsx from 'clsx';
import { Intention } from '../../api/intention';
import { keys } from '../../api/keys';
import { may } from '../../api/may';
import { isStale, sentenceFor } from '../../api/problems';
import { changeReleasePolicy, offerHour, releasePolicyQuery, unconfirmedQuery } from '../../api/rules';
import type { ReleasePolicy } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { to } from '../../app/paths';
import { moment } from '../../time/format';
import { Button } from '../../ui/Button';
import { SelectField } from '../../ui/Field';
import { Icon } from '../../ui/Icon';
import layout from '../../ui/layout.module.css';
import lists from '../../ui/lists.module.css';
import { done, failed } from '../../ui/notices';
import { LoadError, Section, Skeleton } from '../../ui/Page';
import { StatusLabel } from '../../ui/Status';
import typography from '../../ui/typography.module.css';
import styles from './Release.module.css';

const modes = ['off', 'trial', 'staff', 'system'] as const;

/** What becomes of an hour that nobody confirms, link by link, and which visits it is about now. */
export function Release() {
  const { t } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const policy = useQuery(releasePolicyQuery(clinic.id));
  const changing = useMutation({
    mutationFn: (to: ReleasePolicy) => changeReleasePolicy(clinic.id, to),
    onSuccess: () => done(t('release.saved'), t('action.close')),
    onError: (error) => failed(isStale(error) ? t('rules.stale') : sentenceFor(error, t), t('action.close')),
    onSettled: () => client.invalidateQueries({ queryKey: keys.of(clinic.id, 'rules') }),
  });
  if (policy.isLoadingError) return <LoadError error={policy.error} title={t('release.error')} retry={() => void policy.refetch()} />;
  if (!policy.data) return <Skeleton rows={3} />;
  const { mode, asks, silentHours, offers, answerMinutes } = policy.data;
  return (
    <section className={styles.release} aria-labelledby="release" data-testid="release">
      <Section title={t('release.title')} id="release">
        <span className={clsx(layout.row, layout.end)}>
          {mode === 'trial' && (
            <StatusLabel tone="mute">
              <Icon of={IconEye} small />
              {t('release.onTrial')}
            </StatusLabel>
          )}
        </span>
      </Section>
      <SelectField
        label={t('release.mode')}
        value={mode}
        disabled={!may(clinic, 'edit-clinic') || changing.isPending}
        onChange={(event) => changing.mutate({ ...policy.data, mode: event.target.value as ReleasePolicy['mode'] })}
        hint={t(`release.hints.${mode}`)}
        data-testid="release-mode"
      >
        {modes.map((one) => (
          <option key={one} value={one}>
            {t(`release.modes.${one}`)}
          </option>
        ))}
      </SelectField>
      <ol className={styles.chain}>
        <li>
          <b>{t('release.asked', { count: asks })}</b>
          <span>{t('release.askedText')}</span>
        </li>
        <li className={styles.awaited}>
          <b>{t('release.silent', { count: silentHours })}</b>
          <span>{t('release.silentText')}</span>
        </li>
        <li>
          <b>{t('nav.waitlist')}</b>
          <span>{t('release.offers', { count: offers, minutes: answerMinutes })}</span>
        </li>
        <li>
          <b>{t('release.taken')}</b>
          <span>{t('release.takenText')}</span>
        </li>
        <li>
          <b>{t('release.nobody')}</b>
          <span>{t('release.nobodyText')}</span>
        </li>
      </ol>
      <p className={clsx(typography.small, typography.muted)}>{t('release.never')}</p>
      <Unconfirmed mode={mode} />
    </section>
  );
}

function Unconfirmed({ mode }: { mode: ReleasePolicy['mode'] }) {
  const { t, language } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const visits = useQuery(unconfirmedQuery(clinic.id));
  const offering = useMutation({
    mutationFn: (appointmentId: string) => new Intention().carryOut(appointmentId, (key) => offerHour(clinic.id, appointmentId, key)),
    onSuccess: () => done(t('release.offered'), t('action.close')),
    onError: (error) => failed(sentenceFor(error, t), t('action.close')),
    onSettled: () => client.invalidateQueries({ queryKey: keys.of(clinic.id, 'rules') }),
  });
  if (visits.isLoadingError) return <LoadError error={visits.error} title={t('release.error')} retry={() => void visits.refetch()} />;
  if (!visits.data) return <Skeleton rows={2} />;
  if (visits.data.length === 0) return <p className={typography.small}>{t('release.none')}</p>;
  const offers = (mode === 'staff' || mode === 'system') && may(clinic, 'cancel');
  return (
    <>
      <p className={typography.small}>
        <b className={typography.strong}>
          {t(mode === 'off' || mode === 'trial' ? 'release.would' : 'release.are', { count: visits.data.length })}
        </b>
      </p>
      <ul className={clsx(lists.ruled, lists.lined)} data-testid="unconfirmed">
        {visits.data.map((visit) => (
          <li key={visit.appointmentId} className={styles.visit}>
            <span>
              <Link {...to.patient(clinic.alias, visit.patientId)}>{visit.displayName}</Link>{' '}
              <span className={clsx(typography.small, typography.muted)}>
                {moment(visit.start, clinic.timeZone, language)} · {visit.practitionerName}
              </span>
            </span>
            <span className={clsx(layout.row, layout.end)}>
              {visit.offer && <span className={typography.small}>{t(`release.offerStates.${visit.offer}`)}</span>}
              {offers && visit.offer === null && (
                <Button
                  small
                  disabled={offering.isPending}
                  onClick={() => offering.mutate(visit.appointmentId)}
                  aria-label={t('release.offerOf', { name: visit.displayName })}
                >
                  {t('release.offer')}
                </Button>
              )}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
