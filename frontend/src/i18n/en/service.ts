/** Whether things work, and what was late. */
export const service = {
  service: {
    title: 'Service status',
    under: 'When somebody says that nothing arrived: your line, Recado, WhatsApp, and what left late.',
    error: 'The status could not be loaded',
    standing: { works: 'Works', slow: 'Delayed', trouble: 'Trouble' },
    recado: {
      works: 'Messages leave as soon as they are due.',
      slow: 'Some messages leave later than they should. An alarm has told us.',
      trouble: 'It does not work. An alarm has told us.',
    },
    whatsApp: {
      works: "Other clinics' lines work.",
      slow: 'It is slow for many clinics.',
      trouble: "Many clinics' lines are down at once: it is not your phone.",
    },
    lineWorks: 'Messages leave on this line.',
    lineDown: 'Nothing leaves on this line until it is back.',
    waiting_one: '{{count}} message waits for the line ({{when}}).',
    waiting_other: '{{count}} messages wait for the line; the first, {{when}}.',
    late: 'What left late in the last 7 days',
    nothingLate: 'Nothing: no message had to wait for a line that was down.',
    held_one: '{{count}} message waited for the line',
    held_other: '{{count}} messages waited for the line',
    longest_one: 'the longest, {{count}} minute',
    longest_other: 'the longest, {{count}} minutes',
    tooLate_one: '{{count}} was of no use any more and was not sent.',
    tooLate_other: '{{count}} were of no use any more and were not sent.',
  },
};
