/** Whether things work, and what was late. */
export const service = {
  service: {
    title: 'Estado del servicio',
    under: 'Si alguien dice que no le llegó nada: tu línea, Recado, WhatsApp, y qué salió tarde.',
    error: 'No pudimos consultar el estado',
    standing: { works: 'Funciona', slow: 'Con demora', trouble: 'Con problemas' },
    recado: {
      works: 'Los mensajes salen en cuanto les toca.',
      slow: 'Algunos mensajes salen más tarde de lo debido. Ya nos avisó una alarma.',
      trouble: 'No está funcionando. Ya nos avisó una alarma.',
    },
    whatsApp: {
      works: 'Las líneas de las demás clínicas funcionan.',
      slow: 'Va lento para muchas clínicas.',
      trouble: 'Muchas clínicas tienen la línea caída a la vez: no es tu teléfono.',
    },
    lineWorks: 'Los mensajes salen por esta línea.',
    lineDown: 'Por esta línea no sale nada hasta que vuelva.',
    waiting_one: '{{count}} mensaje espera a que vuelva la línea ({{when}}).',
    waiting_other: '{{count}} mensajes esperan a que vuelva la línea; el primero, {{when}}.',
    late: 'Lo que salió tarde en los últimos 7 días',
    nothingLate: 'Nada: ningún mensaje tuvo que esperar a una línea caída.',
    held_one: '{{count}} mensaje esperó a la línea',
    held_other: '{{count}} mensajes esperaron a la línea',
    longest_one: 'el que más, {{count}} minuto',
    longest_other: 'el que más, {{count}} minutos',
    tooLate_one: '{{count}} ya no servía y no se envió.',
    tooLate_other: '{{count}} ya no servían y no se enviaron.',
  },
};
