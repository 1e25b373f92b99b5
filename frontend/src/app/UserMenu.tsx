import { Menu, useMantineColorScheme } from '@mantine/core';
import {
  IconCheck,
  IconDeviceDesktop,
  IconDevices,
  IconKeyboard,
  IconLanguage,
  IconLogout,
  IconMoon,
  IconSelector,
  IconSun,
} from '@tabler/icons-react';
import clsx from 'clsx';
import { useState } from 'react';
import { languageNames, languages, speak } from '../i18n';
import { Icon } from '../ui/Icon';
import layout from '../ui/layout.module.css';
import typography from '../ui/typography.module.css';
import { usePerson, useWords } from './clinic';
import { Sessions } from './Sessions';
import { useConsoleSession } from './sessionContext';
import styles from './UserMenu.module.css';

const schemes = [
  { value: 'light', icon: IconSun },
  { value: 'dark', icon: IconMoon },
  { value: 'auto', icon: IconDeviceDesktop },
] as const;

/** Language, colours, shortcuts and the way out. */
export function UserMenu({ openShortcuts }: { openShortcuts: () => void }) {
  const { t } = useWords();
  const me = usePerson();
  // Outside the menu, which is gone once something in it was chosen.
  const [sessions, setSessions] = useState(false);
  return (
    <>
      <Menu position="top-start" width={240} withinPortal>
        <Menu.Target>
          <button type="button" className={styles.button} data-testid="user-menu">
            <span className={clsx(typography.tiny, typography.muted, typography.ellipsis)}>{me.name ?? me.email ?? t('nav.you')}</span>
            <Icon of={IconSelector} small />
            <span className={layout.visuallyHidden}>{t('nav.userMenu')}</span>
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Items openShortcuts={openShortcuts} openSessions={() => setSessions(true)} />
        </Menu.Dropdown>
      </Menu>
      <Sessions opened={sessions} onClose={() => setSessions(false)} />
    </>
  );
}

function Items({ openShortcuts, openSessions }: { openShortcuts: () => void; openSessions: () => void }) {
  const { t, language } = useWords();
  const session = useConsoleSession();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <>
      <Menu.Label>{t('nav.language')}</Menu.Label>
      {languages.map((each) => (
        <Menu.Item
          key={each}
          lang={each}
          leftSection={<Icon of={each === language ? IconCheck : IconLanguage} />}
          onClick={() => void speak(each)}
          aria-current={each === language ? 'true' : undefined}
        >
          {languageNames[each]}
        </Menu.Item>
      ))}
      <Menu.Label>{t('nav.colours')}</Menu.Label>
      {schemes.map((scheme) => (
        <Menu.Item
          key={scheme.value}
          leftSection={<Icon of={scheme.icon} />}
          rightSection={scheme.value === colorScheme ? <Icon of={IconCheck} small /> : null}
          onClick={() => setColorScheme(scheme.value)}
        >
          {t(`nav.scheme.${scheme.value}`)}
        </Menu.Item>
      ))}
      <Menu.Divider />
      <Menu.Item leftSection={<Icon of={IconKeyboard} />} onClick={openShortcuts} className={layout.notOnPhone} rightSection={<kbd>?</kbd>}>
        {t('shortcuts.title')}
      </Menu.Item>
      <Menu.Item leftSection={<Icon of={IconDevices} />} onClick={openSessions} data-testid="my-sessions-open">
        {t('sessions.title')}
      </Menu.Item>
      <Menu.Item leftSection={<Icon of={IconLogout} />} onClick={() => void session.signOut()} data-testid="sign-out">
        {t('nav.signOut')}
      </Menu.Item>
    </>
  );
}
UserMenu.Items = Items;
