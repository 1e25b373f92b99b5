/** Who looked at patients. */
export const privacy = {
  reads: {
    title: 'Who looked at patients',
    under: 'Each time somebody opens a card, its visits or its messages. Nobody can change this list.',
    section: 'Privacy',
    open: 'Who looked at this card',
    openAll: 'Who looked at patients',
    openAllHint: 'Who opened which card, when and which part.',
    error: 'The list could not be loaded',
    none: 'Nobody looked at anything',
    noneText: 'There is nothing to show with these filters.',
    who: 'Who',
    everybody: 'Everybody',
    somebody: 'Patient',
    allPatients: 'Show all patients',
    program: 'A program',
    nobody: 'The register',
    gone: 'A card that does not exist any more',
    part: {
      record: 'Card',
      visits: 'Visits',
      messages: 'Messages',
      'search-results': 'Result of a search',
      register: 'List of patients',
      'register-export': 'File of patients or visits',
    },
  },
};
