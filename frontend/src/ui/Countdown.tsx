import type { ReactNode } from 'react';
import styles from './Countdown.module.css';

/** A ring that empties, with the seconds inside. What is said beside it is for everybody. */
export function Countdown({ seconds, of, children }: { seconds: number; of: number; children: ReactNode }) {
  return (
    <div className={styles.countdown}>
      <svg width="60" height="60" viewBox="0 0 60 60" aria-hidden="true" focusable="false">
        <circle cx="30" cy="30" r="26" fill="none" stroke="var(--rule)" strokeWidth="4" />
        <circle
          cx="30"
          cy="30"
          r="26"
          fill="none"
          stroke="var(--accent-text)"
          strokeWidth="4"
          strokeLinecap="round"
          strokeDasharray={`${(seconds / of) * 163.4} 163.4`}
          transform="rotate(-90 30 30)"
        />
        <text x="30" y="36" textAnchor="middle" className={styles.number}>
          {clockOf(seconds)}
        </text>
      </svg>
      <div>{children}</div>
    </div>
  );
}

/** `45`, and `2:30` from a minute and a half on. */
export function clockOf(seconds: number): string {
  return seconds < 90 ? String(seconds) : `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
