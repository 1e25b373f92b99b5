import type { proto } from '@whiskeysockets/baileys'

/** The words of a message that has been opened, as its reader would see them; null when it has none. */
export const wordsOf = (content: proto.IMessage): string | null =>
  content.conversation ||
  content.extendedTextMessage?.text ||
  content.imageMessage?.caption ||
  content.videoMessage?.caption ||
  content.ptvMessage?.caption ||
  content.documentMessage?.caption ||
  content.liveLocationMessage?.caption ||
  chosen(content) ||
  offered(content) ||
  content.questionResponseMessage?.text ||
  content.statusQuestionAnswerMessage?.text ||
  invitation(content) ||
  payment(content) ||
  null

/** What somebody chose. */
const chosen = (content: proto.IMessage): string | null =>
  content.buttonsResponseMessage?.selectedDisplayText ||
  content.templateButtonReplyMessage?.selectedDisplayText ||
  content.listResponseMessage?.title ||
  nativeFlow(content.interactiveResponseMessage) ||
  null

function nativeFlow(answer: proto.Message.IInteractiveResponseMessage | null | undefined): string | null {
  return answer?.body?.text || nativeFlowTitle(answer?.nativeFlowResponseMessage?.paramsJson)
}

/** The title of the button in the parameters of a native flow, should the answer have no words of its own. */
export function nativeFlowTitle(json: string | null | undefined): string | null {
  const { title, display_text: shown } = parametersOf(json)
  return typeof title === 'string' ? title : typeof shown === 'string' ? shown : null
}

/** The parameters of a native flow; none when they cannot be read. */
export function parametersOf(json: string | null | undefined): Record<string, unknown> {
  try {
    const found: unknown = JSON.parse(json ?? '')
    return typeof found === 'object' && found !== null ? (found as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}

/** What a business offers to choose from. */
const offered = (content: proto.IMessage): string | null =>
  lines(
    content.buttonsMessage?.text,
    content.buttonsMessage?.contentText,
    content.buttonsMessage?.footerText,
  ) ||
  template(content.templateMessage) ||
  structured(content.highlyStructuredMessage) ||
  lines(content.listMessage?.title, content.listMessage?.description, content.listMessage?.footerText) ||
  interactive(content.interactiveMessage)

function template(found: proto.Message.ITemplateMessage | null | undefined): string | null {
  const hydrated = found?.hydratedTemplate ?? found?.hydratedFourRowTemplate
  return (
    lines(hydrated?.hydratedTitleText, hydrated?.hydratedContentText, hydrated?.hydratedFooterText) ||
    lines(...(found?.fourRowTemplate?.content?.params ?? [])) ||
    interactive(found?.interactiveMessageTemplate)
  )
}

const structured = (found: proto.Message.IHighlyStructuredMessage | null | undefined): string | null =>
  template(found?.hydratedHsm) || lines(...(found?.params ?? []))

const interactive = (found: proto.Message.IInteractiveMessage | null | undefined): string | null =>
  lines(found?.header?.title, found?.header?.subtitle, found?.body?.text, found?.footer?.text)

/** Polls, events, groups, things for sale. */
function invitation(content: proto.IMessage): string | null {
  const poll =
    content.pollCreationMessage ??
    content.pollCreationMessageV2 ??
    content.pollCreationMessageV3 ??
    content.pollCreationMessageV5
  const { eventMessage: event, productMessage: product, orderMessage: order } = content
  return (
    lines(poll?.name, ...(poll?.options ?? []).map(({ optionName }) => optionName && `- ${optionName}`)) ||
    lines(event?.name, event?.description) ||
    lines(content.groupInviteMessage?.groupName, content.groupInviteMessage?.caption) ||
    lines(
      content.newsletterAdminInviteMessage?.newsletterName,
      content.newsletterAdminInviteMessage?.caption,
    ) ||
    lines(content.stickerPackMessage?.name, content.stickerPackMessage?.caption) ||
    lines(product?.product?.title, product?.body) ||
    lines(order?.orderTitle, order?.message) ||
    content.scheduledCallCreationMessage?.title ||
    null
  )
}

function payment(content: proto.IMessage): string | null {
  const note = content.sendPaymentMessage?.noteMessage ?? content.requestPaymentMessage?.noteMessage
  return note?.extendedTextMessage?.text || note?.conversation || content.invoiceMessage?.note || null
}

const lines = (...parts: (string | null | undefined)[]): string | null =>
  parts.filter((part) => part).join('\n') || null
