/** Money that is asked for with a booking online. */
export const deposits = {
  deposits: {
    title: 'Seña',
    due: '{{amount}}, se espera hasta el {{until}}',
    paid: '{{amount}}, pagada',
    waived: 'Sin seña',
    lapsed: '{{amount}}, no se pagó a tiempo',
    dueShort: 'seña pendiente',
    markPaid: 'Marcar seña pagada',
    waive: 'No pedir seña',
    savedPaid: 'Seña pagada: {{name}}',
    savedWaived: 'Sin seña: {{name}}',
    savedDue: 'Seña pendiente: {{name}}',
    ask: 'Pedir una seña al reservar',
    askHint:
      'Se muestra un enlace de pago después de reservar. Si nadie la marca como pagada a tiempo, la hora se libera y se le avisa al paciente.',
    link: 'Enlace de pago',
    linkHint: 'Tu página de pago (https), con {reference} donde va el número de la visita; se puede sumar {amount} y {currency}.',
    amount: 'Monto',
    currency: 'Moneda',
    hours: 'Horas para pagar',
  },
};
