/** The platform's support, let in by an owner for some hours. */
export const support = {
  support: {
    title: 'Acesso do suporte',
    under:
      'O suporte não vê nada da clínica, a menos que se permita por algumas horas. Então olha agenda, pacientes e mensagens sem telefones nem e-mails, e não pode mudar nada. Cada paciente que olha fica registrado.',
    error: 'Não foi possível ver o acesso do suporte',
    howLong: 'Por quanto tempo',
    hours_one: '{{count}} hora',
    hours_other: '{{count}} horas',
    grant: 'Permitir',
    until: 'Pode olhar até {{when}}',
    used: 'Olhou pela última vez {{when}}.',
    unused: 'Ainda não olhou.',
    end: 'Encerrar',
    role: 'Suporte',
    seen: 'O suporte pode olhar esta clínica até {{when}}.',
    seenText: 'Sem telefones nem e-mails, e sem mudar nada.',
    looking: 'Permissão da direção até {{when}}.',
    lookingText: 'Só para olhar: cada paciente que se abre fica registrado.',
    change: 'Ver',
    open: 'Olhar, com permissão até {{when}}',
  },
};
