import { Drawer, Modal } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useWords } from '../app/clinic';

interface Props {
  opened: boolean;
  onClose: () => void;
  title: ReactNode;
  under?: ReactNode;
  children: ReactNode;
  /** `wide` holds two columns; a form is narrow. */
  size?: 'form' | 'wide';
}

const closing = { className: 'dlg-x', icon: <IconX className="i" aria-hidden /> };

function useHead(title: ReactNode, under: ReactNode) {
  return (
    <>
      <span className="dlg-title">{title}</span>
      {under && <span className="small muted dlg-under">{under}</span>}
    </>
  );
}

/** A sheet on top of the sheet, with its own head rule; at the bottom edge on a phone. Focus returns where it was. */
export function Dialog({ opened, onClose, title, under, children, size = 'form' }: Props) {
  const { t } = useWords();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={useHead(title, under)}
      centered
      size={size === 'wide' ? 800 : 520}
      transitionProps={{ transition: 'pop', duration: 160 }}
      closeButtonProps={{ ...closing, 'aria-label': t('action.close') }}
      classNames={{ inner: 'dlg-inner', content: 'dlg', header: 'dlg-h', title: 'dlg-t', body: 'dlg-b', overlay: 'dlg-scrim' }}
    >
      {children}
    </Modal>
  );
}

/** A panel at the right edge for one record of the page behind it. */
export function SidePanel({ opened, onClose, title, under, children }: Omit<Props, 'size'>) {
  const { t } = useWords();
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      position="right"
      size={460}
      title={useHead(title, under)}
      transitionProps={{ duration: 180 }}
      closeButtonProps={{ ...closing, 'aria-label': t('action.close') }}
      classNames={{ content: 'dlg panel', header: 'dlg-h', title: 'dlg-t', body: 'dlg-b panel-b', overlay: 'dlg-scrim' }}
    >
      {children}
    </Drawer>
  );
}
