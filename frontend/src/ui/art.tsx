/** The note spike, full: everything was answered. */
export const EmptySpike = () => (
  <svg viewBox="18 0 164 130" fill="none" aria-hidden="true" focusable="false">
    <path d="M20 118h160" stroke="var(--rule-strong)" strokeWidth="2" />
    <path d="M100 8v104" stroke="var(--ink)" strokeWidth="2.500" strokeLinecap="round" />
    <ellipse cx="100" cy="114" rx="30" ry="6" fill="var(--ink)" />
    <g stroke="var(--ink)" strokeWidth="1.500">
      <path d="M62 92l74 5-1 9-74-5z" fill="var(--note)" />
      <path d="M60 80l78-3 .5 9-78 3z" fill="var(--raised)" />
      <path d="M66 66l70 5-.8 9-70-5z" fill="var(--note)" />
      <path d="M63 56l76-5 .7 9-76 5z" fill="var(--accent-soft)" />
      <path d="M68 40l68 4-.5 9-68-4z" fill="var(--raised)" />
    </g>
    <path d="M100 8v34" stroke="var(--ink)" strokeWidth="2.500" strokeLinecap="round" />
    <path d="M158 116v-14c0-4 3-7 7-7s7 3 7 7v14z" fill="var(--raised)" stroke="var(--ink)" strokeWidth="1.500" />
    <path d="M172 103c6-1 7 8 0 8" stroke="var(--ink)" strokeWidth="1.500" />
    <path d="M162 90c-2-3 2-5 0-8M168 90c-2-3 2-5 0-8" stroke="var(--ink-3)" strokeWidth="1.500" strokeLinecap="round" />
  </svg>
);

/** An empty pad and a pencil: nothing written yet. */
export const EmptyPad = () => (
  <svg viewBox="18 0 164 130" fill="none" aria-hidden="true" focusable="false">
    <path d="M20 118h160" stroke="var(--rule-strong)" strokeWidth="2" />
    <path d="M52 26l70-8 9 86-70 8z" fill="var(--raised)" stroke="var(--ink)" strokeWidth="1.500" />
    <path d="M66 25l9 85" stroke="var(--accent-text)" strokeWidth="1.500" />
    <path d="M75 44l44-5M77 58l44-5M78 72l44-5M80 86l30-3.500" stroke="var(--rule-strong)" strokeWidth="1.500" />
    <path
      d="M176 30l-34 62-9 8 2-12 34-62c2-3 9 1 7 4z"
      fill="var(--note)"
      stroke="var(--ink)"
      strokeWidth="1.500"
      strokeLinejoin="round"
    />
  </svg>
);

/** A page torn in two: something did not work. */
export const TornPage = () => (
  <svg viewBox="18 0 164 130" fill="none" aria-hidden="true" focusable="false">
    <path d="M20 118h160" stroke="var(--rule-strong)" strokeWidth="2" />
    <g stroke="var(--ink)" strokeWidth="1.500">
      <path d="M40 20l52-5-3 16 8 10-9 13 7 12-8 12 5 14-6 12-44 4z" fill="var(--raised)" />
      <path d="M112 19l52 8-9 84-50-5 7-13-4-13 9-12-6-12 9-13-7-10z" fill="var(--raised)" />
    </g>
    <path d="M43 38l44-4M44 52l38-3M45 66l36-3M46 80l38-2" stroke="var(--rule-strong)" strokeWidth="1.500" />
    <path d="M121 40l34 5M119 54l36 5M120 68l32 4M116 82l34 4" stroke="var(--rule-strong)" strokeWidth="1.500" />
    <path d="M55 19l5 84" stroke="var(--accent-text)" strokeWidth="1.500" />
  </svg>
);
