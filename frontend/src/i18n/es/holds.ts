/** Times that are kept while a form is filled. */
export const holds = {
  holds: {
    kept: 'La hora queda guardada para este turno hasta las {{until}}.',
    kept_cita: 'La hora queda guardada para esta cita hasta las {{until}}.',
    notFree: 'Esta hora no está libre ahora:',
    byColleague: '{{name}} está agendando (hasta las {{until}})',
    byPatient: 'Un paciente está reservando en línea (hasta las {{until}})',
    deskShort: '{{name}} agenda, hasta {{until}}',
    onlineShort: 'Reserva en línea, hasta {{until}}',
    somebody: 'Alguien',
  },
};
