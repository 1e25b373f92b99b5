import clsx from 'clsx';
import type { CSSProperties } from 'react';
import skeletons from './skeletons.module.css';

/** The place of one piece of text that is still coming. */
export const SkeletonBar = ({ className, style }: { className?: string; style?: CSSProperties }) => (
  <span className={clsx(skeletons.bar, className)} style={style} data-skeleton />
);
