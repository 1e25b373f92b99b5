import { randomBytes } from 'node:crypto'
import { placeOf } from '../src/credentials/credential-store.ts'
import { Vault } from '../src/credentials/vault.ts'
import type { Clinic, World } from '../test/support/world.ts'

/** As large as a conversation's session is when the protocol library has serialised it. */
const SESSION_BYTES = 1_400
const AT_ONCE = 500

/** Gives each line the keys of so many people it has written to before. */
export async function fillContacts(world: World, clinics: Clinic[], count: number): Promise<void> {
  const vault = new Vault(Buffer.from(world.credentialsKey, 'base64'))
  for (const { lineId } of clinics) {
    for (let from = 0; from < count; from += AT_ONCE) {
      const ids = Array.from({ length: Math.min(AT_ONCE, count - from) }, (_, i) => `549223${from + i}.0`)
      const sealed = ids.map((id) =>
        vault.seal(placeOf(lineId, 'session', id), randomBytes((SESSION_BYTES * 3) / 4).toString('base64')),
      )
      await world.database.query(
        `insert into gateway.credential (line_id, type, key_id, sealed)
         select $1, 'session', * from unnest($2::text[], $3::bytea[])`,
        [lineId, ids, sealed],
      )
    }
  }
}
