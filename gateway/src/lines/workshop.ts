import type { Pool } from 'pg'
import type { CommandStore } from '../commands/command-store.ts'
import type { Config } from '../config.ts'
import type { Recipients } from '../contacts/contact-store.ts'
import type { Resealing } from '../credentials/resealing.ts'
import type { Vault } from '../credentials/vault.ts'
import type { Logger } from '../log.ts'
import type { Downloads } from '../media/downloads.ts'
import type { MediaStore } from '../media/media-store.ts'
import type { Metrics } from '../metrics.ts'
import type { Spans } from '../spans.ts'
import type { Admission } from './admission.ts'
import type { LineStore } from './line-store.ts'
import type { Offers } from './offers.ts'

/** What every line's runner works with. */
export interface Workshop {
  pool: Pool
  config: Config
  vault: Vault
  lines: LineStore
  qrCodes: Offers
  pairingCodes: Offers
  commands: CommandStore
  recipients: Recipients
  /** Null when none is configured. */
  media: MediaStore | null
  reconnects: Admission
  metrics: Metrics
  spans: Spans
  downloads: Downloads
  resealing: Resealing
  log: Logger
}
