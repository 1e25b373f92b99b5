export const members = {
  permissions: {
    title: 'Permisos',
    hint: 'Además de lo que permite cada rol. Cuenta en segundos, también para quien ya entró.',
    owners: 'Quienes dirigen la clínica',
    all: { receptionist: 'Toda la recepción', practitioner: 'Todos los profesionales' },
    allHint: 'También quien se sume después.',
    of: {
      'clinical-notes': 'Ver y escribir notas clínicas',
      exports: 'Descargar listas de pacientes, visitas y tickets',
      campaigns: 'Escribir y enviar campañas',
    },
    saved: 'Permisos guardados',
    signOut: 'Cerrar sus sesiones',
    signOutName: 'Cerrar las sesiones de {{name}}',
    signedOut: '{{name}} tiene que entrar de nuevo en todos sus dispositivos',
  },
  sessions: {
    title: 'Sesiones abiertas',
    error: 'No se pueden ver las sesiones',
    here: 'Este dispositivo',
    used: 'Usada {{when}}',
    unknown: 'Dirección desconocida',
    end: 'Cerrar',
    endName: 'Cerrar la sesión en {{name}}',
    ended: 'Sesión cerrada',
    endAll: 'Salir en todos los dispositivos',
  },
};
