/** Times that are kept while a form is filled. */
export const holds = {
  holds: {
    kept: 'O horário fica reservado para esta consulta até {{until}}.',
    notFree: 'Este horário não está livre agora:',
    byColleague: '{{name}} está agendando (até {{until}})',
    byPatient: 'Um paciente está agendando on-line (até {{until}})',
    deskShort: '{{name}} agenda, até {{until}}',
    onlineShort: 'Reserva on-line, até {{until}}',
    somebody: 'Alguém',
  },
};
