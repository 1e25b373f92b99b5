import {
  type AuthenticationCreds,
  BufferJSON,
  initAuthCreds,
  proto,
  type SignalDataSet,
  type SignalDataTypeMap,
  type SignalKeyStore,
} from '@whiskeysockets/baileys'
import type { CredentialStore, Values } from '../credentials/credential-store.ts'

const CREDS = 'creds'
const ONLY = 'device'

/** How a write of keys is carried out; the recorder adds what must be committed with them. */
export type WriteKeys = (changes: Record<string, Values>) => Promise<void>

const written = (value: unknown): string => JSON.stringify(value, BufferJSON.replacer)

/** The device's own credentials, or fresh ones when it was never linked. Throws `CredentialsUnreadable`. */
export async function loadCreds(store: CredentialStore): Promise<AuthenticationCreds> {
  const found = (await store.read(CREDS, [ONLY])).get(ONLY)
  return found ? JSON.parse(found, BufferJSON.reviver) : initAuthCreds()
}

/** Takes the credentials as they are now; later changes do not reach what is being written. */
export const credsChange = (creds: AuthenticationCreds): Record<string, Values> => ({
  [CREDS]: { [ONLY]: written(creds) },
})

/**
 * A phone has linked this device and signed for it. Pairing by typed code sets `me` when the code is asked for, and
 * `registered` when it is typed, both before the network knows the device.
 */
export const isLinked = (creds: AuthenticationCreds): boolean =>
  creds.me !== undefined && creds.account !== undefined

/**
 * Signal keys, each read when it is needed.
 * @param failed called when keys could not be read or written, before the protocol library hears of it: it takes a key
 * that cannot be read for one that is not there, and refuses messages for ever whose keys it could not write
 */
export function keyStore(
  store: CredentialStore,
  write: WriteKeys,
  failed: (error: unknown) => void,
): SignalKeyStore {
  return {
    async get<T extends keyof SignalDataTypeMap>(type: T, ids: string[]) {
      const found: { [id: string]: SignalDataTypeMap[T] } = {}
      try {
        for (const [id, text] of await store.read(type, ids)) {
          const value = JSON.parse(text, BufferJSON.reviver)
          found[id] =
            type === 'app-state-sync-key' ? proto.Message.AppStateSyncKeyData.fromObject(value) : value
        }
      } catch (error) {
        failed(error)
        throw error
      }
      return found
    },
    async set(data: SignalDataSet) {
      const changes: Record<string, Values> = {}
      for (const [type, entries] of Object.entries(data)) {
        changes[type] = Object.fromEntries(
          Object.entries(entries ?? {}).map(([id, value]) => [id, value == null ? null : written(value)]),
        )
      }
      try {
        await write(changes)
      } catch (error) {
        failed(error)
        throw error
      }
    },
  }
}
