import { IconSend } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import clsx from 'clsx';
import { useState } from 'react';
import { linesQuery } from '../../api/queries';
import { useClinic, useWords } from '../../app/clinic';
import { to } from '../../app/paths';
import { Button, buttonLook } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import layout from '../../ui/layout.module.css';
import { LoadError, Skeleton } from '../../ui/Page';
import typography from '../../ui/typography.module.css';
import { TestMessageDialog } from '../line/TestMessageDialog';
import styles from './Step.module.css';

/** A message to one's own phone, so that the first one a patient gets is not the first one ever. */
export function MessageStep() {
  const { t } = useWords();
  const clinic = useClinic();
  const lines = useQuery(linesQuery(clinic.id));
  const [testing, setTesting] = useState(false);
  if (lines.isPending) return <Skeleton rows={1} tall />;
  if (lines.isLoadingError) return <LoadError error={lines.error} title={t('line.error')} retry={() => void lines.refetch()} />;
  const line = lines.data.find((one) => one.defaultLine) ?? lines.data[0];
  if (line?.state !== 'linked') {
    return (
      <div className={clsx(layout.row, layout.wrap, styles.step)}>
        <p className={layout.fill}>{t('setup.lineFirst')}</p>
        <Link className={buttonLook({ kind: 'primary' })} {...to.setup(clinic.alias, { step: 'line' })}>
          {t('setup.toLine')}
        </Link>
      </div>
    );
  }
  return (
    <>
      <div className={clsx(layout.row, layout.wrap, styles.step)}>
        <Button kind="primary" onClick={() => setTesting(true)} data-testid="setup-test">
          <Icon of={IconSend} />
          {t('setup.send')}
        </Button>
        <Link className={buttonLook()} {...to.rules(clinic.alias)}>
          {t('setup.toRules')}
        </Link>
      </div>
      <p className={clsx(typography.small, typography.muted, styles.other)}>{t('setup.afterwards')}</p>
      <TestMessageDialog line={line} opened={testing} onClose={() => setTesting(false)} />
    </>
  );
}
