import type { Pool } from 'pg'
import { inLine, type LineTransaction } from '../db/line-transaction.ts'
import type { Network } from '../lines/states.ts'

/** Where the network has the bytes of a message's media, and how they are opened. */
export interface MediaSource {
  directPath: string
  /** Base64. */
  mediaKey: string
  /** How the network encrypts this kind. */
  type: 'image' | 'audio' | 'video' | 'document' | 'sticker' | 'md-msg-hist'
}

/** Media that somebody sent: what its sender says about it, and where it is. */
export interface IncomingMedia {
  /** UUID, ours. */
  id: string
  kind: 'image' | 'audio' | 'video' | 'document' | 'sticker'
  contentType: string | null
  /** Bytes. */
  size: number | null
  fileName: string | null
  source: MediaSource
}

/** One object to fetch. */
export interface Download {
  lineId: string
  organizationId: string
  mediaId: string
  providerMessageId: string
  claimed: { contentType: string | null; size: number | null }
  source: MediaSource
  recordedAt: Date
  /** How often it was tried before. */
  attempts: number
}

/** What became of it; null size and type when they are not known. */
export interface Outcome {
  state: 'stored' | 'too-large' | 'refused' | 'unavailable'
  key: string | null
  contentType: string | null
  size: number | null
  sha256: string | null
}

/** Notes media to be fetched, in the transaction that reports the message it came with. */
export async function expectMedia(
  { client, line, announce }: LineTransaction,
  providerMessageId: string,
  media: IncomingMedia,
): Promise<void> {
  await client.query(
    `insert into gateway.media_download
       (line_id, media_id, provider_message_id, claimed_type, claimed_size, source, recorded_at, next_attempt_at)
     values ($1, $2, $3, $4, $5, $6, clock_timestamp(), clock_timestamp())`,
    [line.id, media.id, providerMessageId, media.contentType, media.size, JSON.stringify(media.source)],
  )
  announce('media')
}

/** Media to be fetched. Rows outlive the process; one that was being fetched when it died is tried again. */
export class DownloadStore {
  #pool: Pool
  #network: Network

  constructor(pool: Pool, network: Network) {
    this.#pool = pool
    this.#network = network
  }

  /** Takes what is due, so that no other process fetches it within the time of one attempt. */
  async claim(limit: number, attemptMs: number): Promise<Download[]> {
    const { rows } = await this.#pool.query(
      // A subquery that locks would be run again for each row where the planner expects few, and take more than the limit.
      `with due as materialized (
              select w.line_id, w.media_id from gateway.media_download w join gateway.line n on n.id = w.line_id
               where w.next_attempt_at <= clock_timestamp() and n.network = $3
               order by w.next_attempt_at limit $1 for update of w skip locked)
       update gateway.media_download d
          set attempts = attempts + 1, next_attempt_at = clock_timestamp() + $2 * interval '1 ms'
         from due join gateway.line l on l.id = due.line_id
        where d.line_id = due.line_id and d.media_id = due.media_id
      returning d.*, l.organization_id`,
      [limit, attemptMs, this.#network],
    )
    return rows.map((row) => ({
      lineId: row.line_id,
      organizationId: row.organization_id,
      mediaId: row.media_id,
      providerMessageId: row.provider_message_id,
      claimed: {
        contentType: row.claimed_type,
        size: row.claimed_size === null ? null : Number(row.claimed_size),
      },
      source: row.source,
      recordedAt: row.recorded_at,
      attempts: row.attempts - 1,
    }))
  }

  async tryAgainIn({ lineId, mediaId }: Download, ms: number): Promise<void> {
    await this.#pool.query(
      `update gateway.media_download set next_attempt_at = clock_timestamp() + $3 * interval '1 ms'
        where line_id = $1 and media_id = $2`,
      [lineId, mediaId, ms],
    )
  }

  /** Whether it has been tried for this long. */
  async isOlderThan({ lineId, mediaId }: Download, hours: number): Promise<boolean> {
    const { rowCount } = await this.#pool.query(
      `select 1 from gateway.media_download
        where line_id = $1 and media_id = $2 and recorded_at < clock_timestamp() - $3 * interval '1 hour'`,
      [lineId, mediaId, hours],
    )
    return rowCount === 1
  }

  /** Reports what became of it, once. */
  async finish({ lineId, mediaId, providerMessageId }: Download, outcome: Outcome): Promise<void> {
    await inLine(this.#pool, lineId, async ({ client, report }) => {
      const { rowCount } = await client.query(
        'delete from gateway.media_download where line_id = $1 and media_id = $2',
        [lineId, mediaId],
      )
      if (rowCount === 1) report('message.media', { mediaId, providerMessageId, ...outcome })
    })
  }
}
