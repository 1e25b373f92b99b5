import clsx from 'clsx';
import type { ComponentType } from 'react';
import styles from './Icon.module.css';

export type IconType = ComponentType<{ className?: string; 'aria-hidden'?: boolean; style?: React.CSSProperties }>;

/** A Tabler icon at the size of the text it stands beside. Always decoration: the words are next to it. */
export const Icon = ({ of: Drawn, small }: { of: IconType; small?: boolean }) => (
  <Drawn className={small ? clsx(styles.icon, styles.small) : styles.icon} aria-hidden />
);
