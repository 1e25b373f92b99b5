import { LoadError } from '../ui/Page';
import { useWords } from './clinic';

/** The server did not even say who we are. */
export function BootProblem({ error }: { error: unknown }) {
  const { t } = useWords();
  return <LoadError error={error} title={t('error.boot')} retry={() => window.location.reload()} />;
}
