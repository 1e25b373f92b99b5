/** A clinic that is deleted after a while in which that can be taken back. */
export const deletion = {
  deletion: {
    title: 'Excluir a clínica',
    under: 'Tudo o que há nela é excluído, para sempre. Antes disso há um prazo em que se pode desfazer.',
    open: 'Excluir a clínica…',
    what: 'A partir de agora ninguém poderá trabalhar na clínica, suas linhas param e a página de reservas deixa de aparecer. Em {{when}} tudo é apagado: pacientes, consultas, mensagens, arquivos, o registro de atividade e as contas de quem não trabalha em outra clínica. Até lá a direção ou a plataforma podem desfazer.',
    first: 'Antes convém levar os dados: depois já não será possível.',
    type: 'Para confirmar, escreva o nome: {{name}}',
    begin: 'Excluir',
    begun: '{{name}} vai ser excluída',
    error: 'Não foi possível ler se a clínica vai ser excluída',
    standing: 'Clínica a excluir',
    on: 'Será excluída em {{when}}',
    kept: 'Até essa data os dados são mantidos e se pode desfazer. Depois não resta nada.',
    withdraw: 'Manter a clínica',
    withdrawn: '{{name}} foi mantida',
  },
};
