/** Who looked at patients. */
export const privacy = {
  reads: {
    title: 'Quem olhou os pacientes',
    under: 'Cada vez que alguém abre uma ficha, suas consultas ou suas mensagens. Ninguém pode mudar esta lista.',
    section: 'Privacidade',
    open: 'Quem olhou esta ficha',
    openAll: 'Quem olhou os pacientes',
    openAllHint: 'Quem abriu qual ficha, quando e que parte.',
    error: 'Não foi possível carregar a lista',
    none: 'Ninguém olhou nada',
    noneText: 'Com estes filtros não há nada para mostrar.',
    who: 'Quem',
    everybody: 'Todos',
    somebody: 'Paciente',
    allPatients: 'Ver todos os pacientes',
    program: 'Um programa',
    nobody: 'O cadastro',
    gone: 'Uma ficha que não existe mais',
    part: {
      record: 'Ficha',
      visits: 'Consultas',
      messages: 'Mensagens',
      'search-results': 'Resultado de uma busca',
      register: 'Lista de pacientes',
      'register-export': 'Arquivo de pacientes ou de consultas',
    },
  },
};
