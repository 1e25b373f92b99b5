/** A clinic in which nobody may work for now. */
export const suspension = {
  suspension: {
    title: 'Clínica suspendida',
    since: '{{name}}, {{when}}',
    told: {
      payment: 'La suscripción está impaga',
      request: 'La dirección pidió suspenderla',
      misuse: 'Se usó contra las condiciones del servicio',
      security: 'Se suspendió por seguridad',
      deletion: 'La clínica se va a eliminar',
    },
    kept: 'Los datos se conservan tal como están y no sale ningún mensaje. Para reactivarla, la dirección de la clínica puede escribir a soporte.',
    again: 'Comprobar de nuevo',
    suspended: 'Suspendida',
    reason: { payment: 'Falta de pago', request: 'A pedido', misuse: 'Uso indebido', security: 'Seguridad', deletion: 'Eliminación' },
    begin: 'Suspender',
    beginName: 'Suspender {{name}}',
    beginTitle: 'Suspender la clínica',
    beginText:
      'Nadie podrá trabajar en ella, sus líneas se detienen y la página de reservas deja de verse. No se borra nada. Los mensajes que se vencen mientras tanto no salen después.',
    begun: '{{name}} está suspendida',
    why: 'Motivo',
    whyHint: 'Lo ve quien entra a la clínica.',
    end: 'Reactivar',
    endName: 'Reactivar {{name}}',
    endTitle: 'Reactivar la clínica',
    endText: 'Se podrá trabajar otra vez, y vuelven a arrancar las líneas que funcionaban.',
    ended: '{{name}} está activa otra vez',
  },
};
