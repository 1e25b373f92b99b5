/** The platform's support, let in by an owner for some hours. */
export const support = {
  support: {
    title: 'Acceso de soporte',
    under:
      'Soporte no ve nada de la clínica, salvo que se le permita por unas horas. Entonces mira agenda, pacientes y mensajes sin teléfonos ni correos, y no puede cambiar nada. Cada paciente que mira queda anotado.',
    error: 'No pudimos ver el acceso de soporte',
    howLong: 'Por cuánto tiempo',
    hours_one: '{{count}} hora',
    hours_other: '{{count}} horas',
    grant: 'Permitir',
    until: 'Puede mirar hasta {{when}}',
    used: 'Miró por última vez {{when}}.',
    unused: 'Todavía no miró.',
    end: 'Terminar',
    role: 'Soporte',
    seen: 'Soporte puede mirar esta clínica hasta {{when}}.',
    seenText: 'Sin teléfonos ni correos, y sin cambiar nada.',
    looking: 'Permiso de la dirección hasta {{when}}.',
    lookingText: 'Solo para mirar: cada paciente que se abre queda anotado.',
    change: 'Ver',
    open: 'Mirar, con permiso hasta {{when}}',
  },
};
