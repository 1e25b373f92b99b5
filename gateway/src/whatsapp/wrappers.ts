import type { proto } from '@whiskeysockets/baileys'

type Type = keyof proto.IMessage

/** Messages whose content is a message of its own: disappearing, view-once, edited, to a bot, and so on. */
const WRAPPERS = [
  'associatedChildMessage',
  'botForwardedMessage',
  'botInvokeMessage',
  'botTaskMessage',
  'documentWithCaptionMessage',
  'editedMessage',
  'ephemeralMessage',
  'eventCoverImage',
  'groupMentionedMessage',
  'groupStatusMentionMessage',
  'groupStatusMessage',
  'groupStatusMessageV2',
  'limitSharingMessage',
  'lottieStickerMessage',
  'pollCreationMessageV4',
  'pollCreationOptionImageMessage',
  'questionMessage',
  'questionReplyMessage',
  'statusAddYours',
  'statusMentionMessage',
  'viewOnceMessage',
  'viewOnceMessageV2',
  'viewOnceMessageV2Extension',
  'commentMessage',
  'deviceSentMessage',
] as const satisfies Type[]

/** What travels beside the content of a message. */
export const CARRIERS: ReadonlySet<Type> = new Set<Type>([
  'fastRatchetKeySenderKeyDistributionMessage',
  'messageContextInfo',
  'senderKeyDistributionMessage',
])

/** Wrappers may stand inside each other; a hostile message must not do so for ever. */
const DEEPEST = 10

/** The message inside all its wrappers. A wrapper with nothing inside is left as it is. */
export function opened(message: proto.IMessage): proto.IMessage {
  let content = message
  for (let depth = 0; depth < DEEPEST; depth++) {
    const inner = WRAPPERS.map((name) => content[name]?.message).find((found) => found != null)
    if (!inner) return content
    content = inner
  }
  return content
}
