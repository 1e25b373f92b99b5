import { Drawer, Modal } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import clsx from 'clsx';
import { type ReactNode, useEffect, useRef } from 'react';
import { useWords } from '../app/clinic';
import { Button } from './Button';
import styles from './Dialog.module.css';
import { Icon } from './Icon';
import layout from './layout.module.css';
import { useTopmost } from './topmost';
import typography from './typography.module.css';
import { useCare } from './useCare';

interface Props {
  opened: boolean;
  onClose: () => void;
  title: ReactNode;
  under?: ReactNode;
  children: ReactNode;
}

const closing = { className: styles.close, icon: <Icon of={IconX} /> };
const look = { inner: styles.inner, content: styles.dialog, header: styles.head, body: styles.body, overlay: styles.scrim };
const pop = { transition: 'pop', duration: 160 } as const;
const ON_TOP = 400;

function useHead(title: ReactNode, under: ReactNode) {
  return (
    <>
      <span className={styles.title}>{title}</span>
      {under && <span className={clsx(typography.small, typography.muted, styles.under)}>{under}</span>}
    </>
  );
}

/**
 * A sheet on top of the sheet, with its own head rule; at the bottom edge on a phone. Focus returns where it was. `size`
 * `wide` holds two columns; a form is narrow. `fleeting`: nothing that is typed in it is worth asking about, such as a search.
 */
export function Dialog({
  opened,
  onClose,
  title,
  under,
  children,
  size = 'form',
  fleeting,
}: Props & { size?: 'form' | 'wide'; fleeting?: boolean }) {
  const { t } = useWords();
  const topmost = useTopmost(opened);
  const care = useCare({ opened, topmost, onClose, fleeting });
  return (
    <Modal
      opened={opened}
      onInput={care.onInput}
      onClose={care.leave}
      closeOnEscape={topmost}
      title={useHead(title, under)}
      centered
      size={size === 'wide' ? 800 : 520}
      transitionProps={pop}
      closeButtonProps={{ ...closing, 'aria-label': t('action.close') }}
      classNames={look}
    >
      {children}
      {care.asking && <Ask stay={care.stay} leave={care.close} />}
    </Modal>
  );
}

/** A panel at the right edge for one record of the page behind it; that it is open stands in the address. */
export function SidePanel({ opened, onClose, title, under, children }: Props) {
  const { t } = useWords();
  const topmost = useTopmost(opened);
  const care = useCare({ opened, topmost, onClose, inAddress: true });
  return (
    <Drawer
      opened={opened}
      onInput={care.onInput}
      onClose={care.leave}
      closeOnEscape={topmost}
      position="right"
      size={460}
      title={useHead(title, under)}
      transitionProps={{ duration: 180 }}
      closeButtonProps={{ ...closing, 'aria-label': t('action.close') }}
      classNames={{
        content: clsx(styles.dialog, styles.panel),
        header: styles.head,
        body: clsx(styles.body, styles.panelBody),
        overlay: styles.scrim,
      }}
    >
      {children}
      {care.asking && <Ask stay={care.stay} leave={care.close} />}
    </Drawer>
  );
}

/** Lies on top of everything, also of open dialogs, and is left by its own buttons only. Needs no router around it. */
export function Gate({ opened, title, children }: Pick<Props, 'opened' | 'title' | 'children'>) {
  useTopmost(opened);
  return (
    <Modal
      opened={opened}
      onClose={() => {}}
      closeOnEscape={false}
      closeOnClickOutside={false}
      withCloseButton={false}
      zIndex={ON_TOP}
      title={useHead(title, null)}
      centered
      size={520}
      transitionProps={pop}
      classNames={look}
    >
      {children}
    </Modal>
  );
}

/** Asks before typed data is thrown away, on the dialog's own lower edge so that what was typed stays in sight. */
function Ask({ stay, leave }: { stay: () => void; leave: () => void }) {
  const { t } = useWords();
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => first.current?.focus(), []);
  return (
    <div className={styles.ask} role="alertdialog" aria-label={t('dirty.title')} data-testid="unsaved">
      <p className={typography.small}>
        <b className={typography.strong}>{t('dirty.title')}</b>
      </p>
      <div className={clsx(layout.row, layout.wrap)}>
        <Button ref={first} kind="primary" small onClick={stay}>
          {t('dirty.stay')}
        </Button>
        <Button small onClick={leave}>
          {t('dirty.leave')}
        </Button>
      </div>
    </div>
  );
}
