/** What a clinic's plan includes and how much of it is used. */
export const usage = {
  usage: {
    title: 'Plan y uso',
    error: 'No pudimos ver el plan',
    plan: 'Plan {{plan}}. Para cambiarlo, la dirección puede escribir a soporte.',
    noPlan: 'Sin plan: nada tiene límite.',
    of: '{{used}} de {{most}}',
    withoutLimit: '{{used}}, sin límite',
    unknown: 'no se sabe ahora',
    limit: {
      lines: 'Líneas',
      'messages-per-day': 'Mensajes de hoy',
      members: 'Personas del equipo',
      'storage-megabytes': 'Archivos (MB)',
    },
    perDay: 'Mensajes por día',
    full: {
      lines: 'Para agregar otra línea hace falta otro plan.',
      'messages-per-day': 'Lo que sale solo espera a mañana; lo que escribe una persona sale igual.',
      members: 'Quien acepte una invitación no podrá entrar hasta que haya lugar.',
      'storage-megabytes': 'No se pueden subir más archivos.',
    },
    open: 'Plan',
    openName: 'Plan de {{name}}',
    planName: 'Nombre del plan',
    emptyIsNone: 'Vacío: sin límite.',
    saved: 'El plan de {{name}} cambió',
  },
};
