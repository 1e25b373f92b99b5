import { IconRefresh } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { Problem } from '../api/problems';
import { Button, buttonLook } from '../ui/Button';
import { Icon } from '../ui/Icon';
import { Empty, LoadError, PageHead, Trace } from '../ui/Page';
import { usePerson, useWords } from './clinic';
import { homeClinic } from './lastClinic';
import { to } from './paths';

/** A chunk that a newer deploy has replaced cannot be loaded; only a reload brings the new console. */
export function chunkIsGone(error: unknown): boolean {
  return (
    error instanceof Error && /dynamically imported module|module script failed|Importing a module|Unable to preload/i.test(error.message)
  );
}

/** What a route shows when it broke: a way on, and the trace when there is one. */
export function RouteProblem({ error, reset }: { error: unknown; reset: () => void }) {
  const { t } = useWords();
  if (chunkIsGone(error)) {
    return (
      <>
        <PageHead title={t('reload.title')} />
        <Empty title={t('reload.heading')} text={t('reload.text')}>
          <Button kind="primary" onClick={() => window.location.reload()}>
            <Icon of={IconRefresh} />
            {t('reload.action')}
          </Button>
        </Empty>
      </>
    );
  }
  if (error instanceof Problem && error.status === 403) return <NoPermission />;
  return (
    <>
      <PageHead title={t('error.title')} />
      {error instanceof Problem ? (
        <LoadError error={error} title={t('error.heading')} retry={reset} />
      ) : (
        <Empty art="torn" title={t('error.heading')} text={t('error.here')}>
          <Button kind="primary" onClick={reset}>
            <Icon of={IconRefresh} />
            {t('action.retry')}
          </Button>
        </Empty>
      )}
    </>
  );
}

export function NotFound() {
  const { t } = useWords();
  const clinic = homeClinic(usePerson());
  return (
    <>
      <PageHead title={t('notFound.title')} />
      <Empty art="torn" title={t('notFound.heading')} text={t('notFound.text')}>
        <Link className={buttonLook()} {...(clinic ? to.today(clinic.alias) : to.platform())}>
          {t('notFound.back')}
        </Link>
      </Empty>
    </>
  );
}

/** Says what is closed, and whom to ask to have it opened. */
export function NoPermission() {
  const { t } = useWords();
  const clinic = homeClinic(usePerson());
  return (
    <>
      <PageHead title={t('forbidden.title')} />
      <Empty art="pad" title={t('forbidden.heading')} text={t('forbidden.text', { clinic: clinic?.name ?? 'Recado' })}>
        {clinic && (
          <Link className={buttonLook()} {...to.today(clinic.alias)}>
            {t('notFound.back')}
          </Link>
        )}
      </Empty>
    </>
  );
}

export { Trace };
