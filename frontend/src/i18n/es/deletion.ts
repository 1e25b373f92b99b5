/** A clinic that is deleted after a while in which that can be taken back. */
export const deletion = {
  deletion: {
    title: 'Eliminar la clínica',
    under: 'Se elimina todo lo que hay en ella, para siempre. Antes de eso hay un plazo en el que se puede deshacer.',
    open: 'Eliminar la clínica…',
    what: 'Nadie podrá trabajar en la clínica desde ahora, sus líneas se detienen y la página de reservas deja de verse. El {{when}} se borra todo: pacientes, turnos, mensajes, archivos, el registro de actividad y las cuentas de quienes no trabajan en otra clínica. Hasta entonces la dirección o la plataforma pueden deshacerlo.',
    first: 'Antes conviene llevarse los datos: después ya no se puede.',
    type: 'Para confirmar hay que escribir el nombre: {{name}}',
    begin: 'Eliminar',
    begun: '{{name}} se va a eliminar',
    error: 'No se pudo leer si la clínica se va a eliminar',
    standing: 'Clínica por eliminar',
    on: 'Se elimina el {{when}}',
    kept: 'Hasta esa fecha los datos se conservan y se puede deshacer. Después no queda nada.',
    withdraw: 'Conservar la clínica',
    withdrawn: '{{name}} se conserva',
  },
};
