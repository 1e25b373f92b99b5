import type { BinaryNode, proto } from '@whiskeysockets/baileys'
import type { DropMode } from './faults.ts'
import type { Companion } from './people.ts'

/** A linked device that is connected, as the services of the network see it. */
export interface Connection {
  /** The linked device that logged in; null while it is unknown. */
  companion: Companion | null
  /** What a device that wants to be linked says about itself; null for one that logs in. */
  readonly registration: proto.ClientPayload.IDevicePairingRegistrationData | null
  readonly clientKey: Buffer
  /** The companion asked for its queue: messages may be sent. */
  active: boolean
  readonly closed: boolean
  /** Host and port under which the device knows the network. */
  readonly address: string
  send(node: BinaryNode): void
  /** Sends a request and waits for its answer. Rejects after ten seconds. */
  ask(node: BinaryNode): Promise<BinaryNode>
  result(request: BinaryNode, content?: BinaryNode[]): void
  /** The network does not do what was asked. */
  refuse(request: BinaryNode, code: string, text: string): void
  streamError(code: string | null, child?: BinaryNode): void
  /** The device was removed on the phone. */
  removed(): void
  /** Ends the connection in one of the ways a network can. */
  drop(mode: DropMode, code?: string): void
}
