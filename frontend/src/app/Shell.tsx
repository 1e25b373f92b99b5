import { Menu } from '@mantine/core';
import { IconCheck, IconMenu2, IconSearch, IconSelector } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import clsx from 'clsx';
import { type ReactNode, useState } from 'react';
import { conversationCountsQuery } from '../api/conversations';
import { isSupport } from '../api/may';
import { defaultLineQuery } from '../api/queries';
import type { Membership } from '../api/types';
import { cityOf } from '../time/clinicTime';
import { Button } from '../ui/Button';
import { Icon } from '../ui/Icon';
import { Logo, Mark } from '../ui/Logo';
import layout from '../ui/layout.module.css';
import { PhoneText } from '../ui/PhoneText';
import { SkeletonBar } from '../ui/SkeletonBar';
import { gatewayDownSign, lineSign, lineSigns, Status } from '../ui/Status';
import sheets from '../ui/sheets.module.css';
import typography from '../ui/typography.module.css';
import { type Translate, usePerson, useWords } from './clinic';
import { rememberClinic } from './lastClinic';
import { type Place, placesIn, platformPlace } from './navigation';
import { to } from './paths';
import { Sessions } from './Sessions';
import styles from './Shell.module.css';
import { UserMenu } from './UserMenu';

/** What somebody is in a clinic; whom an owner lets look is nobody in it. */
const rolesIn = (clinic: Membership, t: Translate) =>
  isSupport(clinic) ? t('support.role') : clinic.roles.map((role) => t(`role.${role}`)).join(', ');

/** Null for a clinic in which nobody may work now: there is nowhere to go in it, and nothing to ask of it. */
const workedIn = (clinic: Membership | null) => (clinic?.suspension ? null : clinic);

/** The desk: who and where you are, where you can go, how the line stands; and the sheet lying on it. */
export function Shell(props: { clinic: Membership | null; openPalette: () => void; openShortcuts: () => void; children: ReactNode }) {
  const { t } = useWords();
  const me = usePerson();
  const clinic = workedIn(props.clinic);
  const places = [...(clinic ? placesIn(clinic) : []), ...(me.platformAdmin ? [platformPlace] : [])];
  return (
    <>
      <a className={styles.skip} href="#main">
        {t('nav.skip')}
      </a>
      <div className={styles.shell}>
        <section className={styles.side} aria-label={t('nav.desk')}>
          <Link className={styles.brand} {...(props.clinic ? to.today(props.clinic.alias) : to.platform())} aria-label={t('nav.brand')}>
            <Logo />
          </Link>
          <ClinicSwitcher clinic={props.clinic} />
          {clinic && (
            <button type="button" className={styles.find} onClick={props.openPalette}>
              <Icon of={IconSearch} />
              {t('nav.find')}
              <kbd>Ctrl K</kbd>
            </button>
          )}
          <Navigation places={places} clinic={clinic} />
          <div className={styles.foot}>
            {clinic && !isSupport(clinic) && <LineFooter clinic={clinic} />}
            <UserMenu openShortcuts={props.openShortcuts} />
          </div>
        </section>
        <div className={styles.stage}>
          <PhoneTop clinic={props.clinic} openPalette={props.openPalette} />
          <main className={sheets.sheet} id="main" tabIndex={-1}>
            {props.children}
          </main>
        </div>
        <PhoneBar places={places} clinic={clinic} openShortcuts={props.openShortcuts} />
      </div>
    </>
  );
}

function Navigation({ places, clinic }: { places: Place[]; clinic: Membership | null }) {
  const { t } = useWords();
  return (
    <nav className={styles.nav} aria-label={t('nav.main')}>
      {places.map((place, index) => (
        <div key={place.name} className={index > 0 && places[index - 1]?.group !== place.group ? styles.gapped : undefined}>
          <Link {...place.link} activeOptions={{ exact: false, includeSearch: false }} activeProps={{ 'aria-current': 'page' }}>
            <Icon of={place.icon} />
            {t(`nav.${place.name}`)}
            {place.name === 'conversations' && clinic && <OpenAnswers clinic={clinic} />}
          </Link>
        </div>
      ))}
    </nav>
  );
}

function OpenAnswers({ clinic }: { clinic: Membership }) {
  const { t } = useWords();
  const waiting = useQuery(conversationCountsQuery(clinic.id)).data?.waiting;
  if (!waiting) return null;
  return (
    <span className={styles.badge}>
      {waiting > 99 ? '99+' : waiting}
      <span className={layout.visuallyHidden}> {t('nav.open')}</span>
    </span>
  );
}

function ClinicSwitcher({ clinic, compact }: { clinic: Membership | null; compact?: boolean }) {
  const { t } = useWords();
  const me = usePerson();
  const name = clinic?.name ?? t('nav.platform');
  const under = clinic ? `${rolesIn(clinic, t)} · ${cityOf(clinic.timeZone)}` : t('nav.platformUnder');
  return (
    <Menu position="bottom-start" width={280} withinPortal>
      <Menu.Target>
        <button
          type="button"
          className={compact ? styles.clinicOnPhone : styles.clinic}
          data-testid={compact ? 'org-switcher-phone' : 'org-switcher'}
        >
          <span className={styles.clinicText}>
            <b className={typography.ellipsis}>{name}</b>
            <span className={clsx(typography.tiny, typography.muted, typography.ellipsis)}>{under}</span>
          </span>
          {me.organizations.length + (me.platformAdmin ? 1 : 0) > 1 && <Icon of={IconSelector} />}
          <span className={layout.visuallyHidden}>{t('nav.switch')}</span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('nav.clinics')}</Menu.Label>
        {me.organizations.map((other) => (
          <Menu.Item
            key={other.id}
            component={Link}
            {...(to.today(other.alias) as object)}
            onClick={() => rememberClinic(other.alias)}
            rightSection={other.id === clinic?.id ? <Icon of={IconCheck} small /> : null}
          >
            <b className={typography.strong}>{other.name}</b>
            <span className={clsx(typography.tiny, typography.muted, typography.block)}>{rolesIn(other, t)}</span>
          </Menu.Item>
        ))}
        {me.platformAdmin && (
          <Menu.Item component={Link} {...(to.platform() as object)}>
            <b className={typography.strong}>{t('nav.platform')}</b>
            <span className={clsx(typography.tiny, typography.muted, typography.block)}>{t('nav.platformUnder')}</span>
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

function useLineSign(clinic: Membership) {
  const { data: line, isPending, isLoadingError } = useQuery(defaultLineQuery(clinic.id));
  if (isPending) return null;
  if (isLoadingError) return { sign: gatewayDownSign, phone: null };
  if (!line) return { sign: lineSigns['needs-pairing'], phone: null };
  return { sign: lineSign(line), phone: line.phone };
}

function LineFooter({ clinic }: { clinic: Membership }) {
  const { t } = useWords();
  const line = useLineSign(clinic);
  return (
    <Link {...to.line(clinic.alias)} className={styles.line} data-testid="line-state">
      <span className={layout.visuallyHidden}>{t('nav.oneLine')}: </span>
      {line ? <Status sign={{ ...line.sign, word: `footer.${line.sign.word.slice(5)}` }} bare /> : <SkeletonBar style={{ width: 110 }} />}
      <span className={clsx(typography.small, typography.nowrap)}>
        {line?.phone ? <PhoneText of={line.phone} /> : line ? t('line.noPhone') : ' '}
      </span>
    </Link>
  );
}

function PhoneTop({ clinic, openPalette }: { clinic: Membership | null; openPalette: () => void }) {
  const { t } = useWords();
  const working = workedIn(clinic);
  return (
    <section className={styles.phoneTop} aria-label={t('nav.desk')}>
      <Mark />
      <ClinicSwitcher clinic={clinic} compact />
      {working && (
        <Button kind="quiet" iconOnly className={layout.end} aria-label={t('nav.find')} onClick={openPalette}>
          <Icon of={IconSearch} />
        </Button>
      )}
      {working && !isSupport(working) && <PhoneLine clinic={working} />}
    </section>
  );
}

function PhoneLine({ clinic }: { clinic: Membership }) {
  const line = useLineSign(clinic);
  return (
    <Link {...to.line(clinic.alias)} className={styles.phoneLine}>
      {line && <Status sign={line.sign} />}
    </Link>
  );
}

function PhoneBar({ places, clinic, openShortcuts }: { places: Place[]; clinic: Membership | null; openShortcuts: () => void }) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const [sessions, setSessions] = useState(false);
  const first = places.slice(0, 4);
  const rest = places.slice(4);
  return (
    <nav className={styles.phoneBar} aria-label={t('nav.phone')}>
      {first.map((place) => (
        <Link key={place.name} {...place.link} activeOptions={{ includeSearch: false }} activeProps={{ 'aria-current': 'page' }}>
          <Icon of={place.icon} />
          {t(`nav.short.${place.name}`)}
          {place.name === 'conversations' && clinic && <OpenAnswers clinic={clinic} />}
        </Link>
      ))}
      <Menu opened={open} onChange={setOpen} position="top-end" width={240} withinPortal>
        <Menu.Target>
          <button type="button">
            <Icon of={IconMenu2} />
            {t('nav.more')}
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          {rest.map((place) => (
            <Menu.Item key={place.name} component={Link} {...(place.link as object)} leftSection={<Icon of={place.icon} />}>
              {t(`nav.${place.name}`)}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <UserMenu.Items openShortcuts={openShortcuts} openSessions={() => setSessions(true)} />
        </Menu.Dropdown>
      </Menu>
      <Sessions opened={sessions} onClose={() => setSessions(false)} />
    </nav>
  );
}
