/** What the page says, in Spanish, English and Brazilian Portuguese. */

const WORDS = {
  es: {
    documentTitle: 'Red de WhatsApp simulada · Recado',
    otherLanguage: 'English',
    skip: 'Ir a los pacientes',
    title: 'WhatsApp simulado',
    lead: 'Nada sale de esta computadora: ni los teléfonos ni los mensajes son reales.',
    clinic: 'Teléfono de la clínica',
    link: 'Vincular un dispositivo',
    linkHelp:
      'En Recado, abrí «Líneas de WhatsApp» y dejá el código QR a la vista. Después usá una de estas formas.',
    phone: 'Número de este teléfono',
    scanScreen: 'Escanear mi pantalla',
    chooseImage: 'Elegir una captura',
    pasteHelp: 'También podés pegar (Ctrl+V) o soltar acá una captura de pantalla.',
    qrText: 'O pegá el texto del código',
    linkNow: 'Vincular',
    codeText: 'O escribí el código de ocho letras que muestra Recado',
    linkByCode: 'Vincular con el código',
    wrongCode: 'Ese no es el código que muestra Recado. Pedí uno nuevo.',
    nobodyWaits: 'Ningún dispositivo espera un código de este número. Pedilo en Recado.',
    patients: 'Teléfonos de los pacientes',
    newPhone: 'Número',
    newName: 'Nombre',
    add: 'Agregar paciente',
    nobody:
      'Todavía no le llegó nada a nadie. Cuando Recado mande un mensaje, el teléfono de esa persona aparece acá.',
    power: 'Encendido',
    reads: 'Lee',
    send: 'Enviar',
    write: 'Escribir como {name}',
    messagesOf: 'Mensajes de {name}',
    quote: 'Responder a este mensaje',
    unquote: 'No citar',
    live: 'En vivo',
    away: 'Sin conexión con el simulador',
    noPhones: 'Ningún dispositivo vinculado.',
    online: 'conectado',
    offline: 'sin conexión',
    noDevices: 'sin dispositivos vinculados',
    unlink: 'Desvincular',
    scanning: 'Buscando el código…',
    noCode: 'No se ve ningún código QR en la imagen.',
    expired: 'Ese código venció. Pedí uno nuevo en Recado.',
    linked: 'Vinculado: {phone}',
    failed: 'No se pudo: {why}',
    noClinic: 'Primero vinculá el teléfono de una clínica.',
    sent: 'enviado',
    delivered: 'entregado',
    read: 'leído',
    twice: 'llegó {count} veces',
    group: 'en un grupo',
    more: 'Enviar otra cosa',
    kind: 'Qué enviar',
    file: 'Archivo',
    kindLocation: 'Ubicación',
    kindContact: 'Contacto',
    kindButton: 'Respuesta de botón',
    kindList: 'Respuesta de lista',
    kindReaction: 'Reacción',
    kindEdit: 'Edición del último',
    kindDelete: 'Borrado del último',
    kindPoll: 'Encuesta',
    latitude: 'Latitud',
    longitude: 'Longitud',
    phoneNumber: 'Teléfono',
    choiceTitle: 'Texto elegido',
    choiceId: 'Identificador',
    emoji: 'Emoji',
    newText: 'Texto nuevo',
  },
  en: {
    documentTitle: 'Simulated WhatsApp network · Recado',
    otherLanguage: 'Português',
    skip: 'Go to patients',
    title: 'Simulated WhatsApp',
    lead: 'Nothing leaves this computer: neither the phones nor the messages are real.',
    clinic: "The clinic's phone",
    link: 'Link a device',
    linkHelp: 'In Recado, open “WhatsApp lines” and keep the QR code in sight. Then use one of these ways.',
    phone: "This phone's number",
    scanScreen: 'Scan my screen',
    chooseImage: 'Choose a screenshot',
    pasteHelp: 'You can also paste (Ctrl+V) or drop a screenshot here.',
    qrText: "Or paste the code's text",
    linkNow: 'Link',
    codeText: 'Or type the eight-letter code that Recado shows',
    linkByCode: 'Link with the code',
    wrongCode: 'That is not the code Recado shows. Ask for a new one.',
    nobodyWaits: 'No device waits for a code from this number. Ask for one in Recado.',
    patients: "Patients' phones",
    newPhone: 'Number',
    newName: 'Name',
    add: 'Add patient',
    nobody:
      "Nobody has received anything yet. When Recado sends a message, that person's phone appears here.",
    power: 'Switched on',
    reads: 'Reads',
    send: 'Send',
    write: 'Write as {name}',
    messagesOf: 'Messages of {name}',
    quote: 'Reply to this message',
    unquote: 'Do not quote',
    live: 'Live',
    away: 'No connection to the simulator',
    noPhones: 'No device is linked.',
    online: 'online',
    offline: 'offline',
    noDevices: 'no linked devices',
    unlink: 'Unlink',
    scanning: 'Looking for the code…',
    noCode: 'There is no QR code in this image.',
    expired: 'That code has expired. Ask Recado for a new one.',
    linked: 'Linked: {phone}',
    failed: 'It did not work: {why}',
    noClinic: "First link a clinic's phone.",
    sent: 'sent',
    delivered: 'delivered',
    read: 'read',
    twice: 'arrived {count} times',
    group: 'in a group',
    more: 'Send something else',
    kind: 'What to send',
    file: 'File',
    kindLocation: 'Location',
    kindContact: 'Contact',
    kindButton: 'Button answer',
    kindList: 'List answer',
    kindReaction: 'Reaction',
    kindEdit: 'Edit of the last one',
    kindDelete: 'Deletion of the last one',
    kindPoll: 'Poll',
    latitude: 'Latitude',
    longitude: 'Longitude',
    phoneNumber: 'Phone',
    choiceTitle: 'Chosen text',
    choiceId: 'Identifier',
    emoji: 'Emoji',
    newText: 'New text',
  },
  'pt-BR': {
    documentTitle: 'Rede de WhatsApp simulada · Recado',
    otherLanguage: 'Español',
    skip: 'Ir para os pacientes',
    title: 'WhatsApp simulado',
    lead: 'Nada sai deste computador: nem os telefones nem as mensagens são reais.',
    clinic: 'Telefone da clínica',
    link: 'Vincular um dispositivo',
    linkHelp:
      'No Recado, abra «Linhas de WhatsApp» e deixe o código QR à vista. Depois use uma destas formas.',
    phone: 'Número deste telefone',
    scanScreen: 'Escanear minha tela',
    chooseImage: 'Escolher uma captura',
    pasteHelp: 'Também dá para colar (Ctrl+V) ou soltar aqui uma captura de tela.',
    qrText: 'Ou cole o texto do código',
    linkNow: 'Vincular',
    codeText: 'Ou digite o código de oito letras que o Recado mostra',
    linkByCode: 'Vincular com o código',
    wrongCode: 'Não é o código que o Recado mostra. Peça um novo.',
    nobodyWaits: 'Nenhum dispositivo espera um código deste número. Peça no Recado.',
    patients: 'Telefones dos pacientes',
    newPhone: 'Número',
    newName: 'Nome',
    add: 'Adicionar paciente',
    nobody:
      'Ainda não chegou nada a ninguém. Quando o Recado enviar uma mensagem, o telefone dessa pessoa aparece aqui.',
    power: 'Ligado',
    reads: 'Lê',
    send: 'Enviar',
    write: 'Escrever como {name}',
    messagesOf: 'Mensagens de {name}',
    quote: 'Responder a esta mensagem',
    unquote: 'Não citar',
    live: 'Ao vivo',
    away: 'Sem conexão com o simulador',
    noPhones: 'Nenhum dispositivo vinculado.',
    online: 'conectado',
    offline: 'sem conexão',
    noDevices: 'sem dispositivos vinculados',
    unlink: 'Desvincular',
    scanning: 'Procurando o código…',
    noCode: 'Não se vê nenhum código QR na imagem.',
    expired: 'Esse código expirou. Peça um novo no Recado.',
    linked: 'Vinculado: {phone}',
    failed: 'Não deu: {why}',
    noClinic: 'Primeiro vincule o telefone de uma clínica.',
    sent: 'enviado',
    delivered: 'entregue',
    read: 'lido',
    twice: 'chegou {count} vezes',
    group: 'em um grupo',
    more: 'Enviar outra coisa',
    kind: 'O que enviar',
    file: 'Arquivo',
    kindLocation: 'Localização',
    kindContact: 'Contato',
    kindButton: 'Resposta de botão',
    kindList: 'Resposta de lista',
    kindReaction: 'Reação',
    kindEdit: 'Edição da última',
    kindDelete: 'Exclusão da última',
    kindPoll: 'Enquete',
    latitude: 'Latitude',
    longitude: 'Longitude',
    phoneNumber: 'Telefone',
    choiceTitle: 'Texto escolhido',
    choiceId: 'Identificador',
    emoji: 'Emoji',
    newText: 'Texto novo',
  },
}

/** @typedef {keyof typeof WORDS.es} Word */

const KEPT = 'recado-simulator-language'

/** @typedef {keyof typeof WORDS} Language */

/** In the order in which the button goes through them. @type {Language[]} */
const LANGUAGES = ['es', 'en', 'pt-BR']

/** @type {Language} */
let language = LANGUAGES.find((each) => each === localStorage.getItem(KEPT)) ?? 'es'

export const currentLanguage = () => language

/** The language the button leads to. @returns {Language} */
export const nextLanguage = () => LANGUAGES[(LANGUAGES.indexOf(language) + 1) % LANGUAGES.length] ?? 'es'

export function switchLanguage() {
  language = nextLanguage()
  localStorage.setItem(KEPT, language)
}

/**
 * @param {Word} word
 * @param {Record<string, string | number>} values
 */
export function say(word, values = {}) {
  return WORDS[language][word].replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ''))
}

/**
 * Puts the current language's words into everything marked with `data-word`.
 * @param {ParentNode} root
 */
export function translate(root) {
  for (const element of root.querySelectorAll('[data-word]')) {
    element.textContent = say(/** @type {Word} */ (/** @type {HTMLElement} */ (element).dataset.word))
  }
}
