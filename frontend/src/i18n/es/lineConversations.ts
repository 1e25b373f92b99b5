export const lineConversations = {
  lineConversations: {
    title: 'Conversaciones por línea',
    text: 'Una espera empieza con lo primero que alguien escribe después de lo último que dijo la clínica, y termina con lo próximo que dice. Lo que Recado contesta solo no la termina.',
    line: 'Línea',
    received: 'Recibidos',
    people: 'Personas',
    answered: 'Respuestas',
    unanswered: 'Sin respuesta',
    of: '{{unanswered}} de {{waits}}',
    median: 'La mitad, antes de',
    minutes: '{{minutes}} min',
  },
};
