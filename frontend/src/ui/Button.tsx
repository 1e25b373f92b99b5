import clsx from 'clsx';
import type { ComponentProps } from 'react';
import styles from './Button.module.css';

export interface ButtonLook {
  /** An outline unless said otherwise. One `primary` per view; `link` reads like a link and does something here. */
  kind?: 'primary' | 'quiet' | 'danger' | 'link';
  /** 30 px instead of 36, for rows. */
  small?: boolean;
  /** Nothing but an icon is inside; the button then needs an `aria-label`. */
  iconOnly?: boolean;
  /** On a phone the icon stays and the word, in a `span`, is only read out. */
  iconOnPhone?: boolean;
}

/** The look of a button for what is an anchor, such as a router's `Link`. */
export function buttonLook({ kind, small, iconOnly, iconOnPhone }: ButtonLook = {}): string {
  if (kind === 'link') return clsx(styles.link);
  return clsx(styles.button, kind && styles[kind], small && styles.small, iconOnly && styles.iconOnly, iconOnPhone && styles.iconOnPhone);
}

/** A button of the console; `type` is `button` unless a form says `submit`. */
export function Button({ kind, small, iconOnly, iconOnPhone, className, ...button }: ButtonLook & ComponentProps<'button'>) {
  return (
    <button
      type="button"
      data-icon-on-phone={iconOnPhone || undefined}
      {...button}
      className={clsx(buttonLook({ kind, small, iconOnly, iconOnPhone }), className)}
    />
  );
}
