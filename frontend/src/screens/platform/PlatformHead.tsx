import { Link } from '@tanstack/react-router';
import clsx from 'clsx';
import type { ReactNode } from 'react';
import { useWords } from '../../app/clinic';
import { to } from '../../app/paths';
import { PageHead } from '../../ui/Page';
import tabBar from '../../ui/tabBar.module.css';

/** The platform's places, and what is the same in each. */
export function PlatformHead({ title, under, children }: { title: string; under: string; children?: ReactNode }) {
  const { t } = useWords();
  const exact = { exact: true, includeSearch: false };
  return (
    <>
      <PageHead title={title} under={under}>
        {children}
      </PageHead>
      <nav className={clsx(tabBar.tabs, tabBar.ofPage)} aria-label={t('nav.platform')}>
        <Link {...to.platform()} activeOptions={exact}>
          {t('platform.clinics')}
        </Link>
        <Link {...to.platformUsage()} activeOptions={exact}>
          {t('overview.title')}
        </Link>
        <Link {...to.platformLines()} activeOptions={exact}>
          {t('nav.line')}
        </Link>
        <Link {...to.platformHealth()} activeOptions={exact}>
          {t('platform.health')}
        </Link>
        <Link {...to.platformPrices()} activeOptions={exact}>
          {t('prices.title')}
        </Link>
      </nav>
    </>
  );
}
