export const members = {
  permissions: {
    title: 'Permissões',
    hint: 'Além do que cada papel permite. Valem em segundos, também para quem já entrou.',
    owners: 'Quem dirige a clínica',
    all: { receptionist: 'Toda a recepção', practitioner: 'Todos os profissionais' },
    allHint: 'Também quem entrar depois.',
    of: {
      'clinical-notes': 'Ver e escrever notas clínicas',
      exports: 'Baixar listas de pacientes, visitas e tickets',
      campaigns: 'Escrever e enviar campanhas',
    },
    saved: 'Permissões salvas',
    signOut: 'Encerrar as sessões',
    signOutName: 'Encerrar as sessões de {{name}}',
    signedOut: '{{name}} precisa entrar de novo em todos os dispositivos',
  },
  sessions: {
    title: 'Sessões abertas',
    error: 'Não é possível ver as sessões',
    here: 'Este dispositivo',
    used: 'Usada {{when}}',
    unknown: 'Endereço desconhecido',
    end: 'Encerrar',
    endName: 'Encerrar a sessão em {{name}}',
    ended: 'Sessão encerrada',
    endAll: 'Sair em todos os dispositivos',
  },
};
