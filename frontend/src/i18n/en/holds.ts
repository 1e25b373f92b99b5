/** Times that are kept while a form is filled. */
export const holds = {
  holds: {
    kept: 'The time is kept for this appointment until {{until}}.',
    notFree: 'This time is not free right now:',
    byColleague: '{{name}} is booking (until {{until}})',
    byPatient: 'A patient is booking online (until {{until}})',
    deskShort: '{{name}} books, until {{until}}',
    onlineShort: 'Online booking, until {{until}}',
    somebody: 'Somebody',
  },
};
