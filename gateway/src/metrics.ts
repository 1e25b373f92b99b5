import type { Pool } from 'pg'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { type Figures, figuresOf } from './figures.ts'
import { STATES } from './lines/states.ts'

/** What operations may watch. Never a line's, an organization's or a person's name. */
export interface Metrics {
  registry: Registry
  reconnects: Counter<'cause'>
  inbound: Counter<'kind'>
  ignored: Counter<'chat'>
  outbound: Counter<'result'>
  media: Counter<'state'>
  credentialsLeft: Gauge
  /** Seconds. */
  pairing: Histogram
}

export function createMetrics(pool: Pool): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const registers = [registry]
  new Gauge({
    name: 'recado_gateway_sessions',
    help: 'Lines by state',
    labelNames: ['state'],
    registers,
    async collect() {
      const counts = await counted(pool, 'select state as label, count(*) from gateway.line group by state')
      for (const state of STATES) this.set({ state }, counts.get(state) ?? 0)
    },
  })
  new Gauge({
    name: 'recado_gateway_commands',
    help: 'Commands by state, while they are kept',
    labelNames: ['state'],
    registers,
    async collect() {
      this.reset()
      const counts = await counted(
        pool,
        'select state as label, count(*) from gateway.command group by state',
      )
      for (const [state, count] of counts) this.set({ state }, count)
    },
  })
  let asked: Promise<Figures> | null = null
  /** All gauges of one scrape are read together and need one question. */
  const figures = (): Promise<Figures> => {
    asked ??= figuresOf(pool).finally(() => {
      asked = null
    })
    return asked
  }
  const gauges: [string, string, () => Promise<number>][] = [
    ['event_backlog', 'Events the backend has not acknowledged', async () => (await figures()).eventsWaiting],
    [
      'queue_depth',
      'Commands that were taken and have not begun to leave',
      async () => (await figures()).queueDepth,
    ],
    [
      'event_lag_seconds',
      'Age of the oldest event the backend has not acknowledged; 0 without one',
      async () => {
        const { oldestEventAt } = await figures()
        return oldestEventAt ? Math.max(0, Date.now() - oldestEventAt.getTime()) / 1000 : 0
      },
    ],
    [
      'media_waiting',
      'Media that is still to be fetched',
      async () =>
        (await counted(pool, `select 'all' as label, count(*) from gateway.media_download`)).get('all') ?? 0,
    ],
  ]
  for (const [name, help, value] of gauges) {
    new Gauge({
      name: `recado_gateway_${name}`,
      help,
      registers,
      async collect() {
        this.set(await value())
      },
    })
  }
  new Gauge({
    name: 'recado_gateway_uptime_seconds',
    help: 'How long this process has been running',
    registers,
    collect() {
      this.set(process.uptime())
    },
  })
  return {
    registry,
    pairing: new Histogram({
      name: 'recado_gateway_pairing_seconds',
      help: 'From the first code on offer until a phone was linked',
      buckets: [5, 10, 20, 40, 60, 90, 120, 180, 300],
      registers,
    }),
    reconnects: new Counter({
      name: 'recado_gateway_disconnects_total',
      help: 'Connections that ended, by cause',
      labelNames: ['cause'],
      registers,
    }),
    outbound: new Counter({
      name: 'recado_gateway_outbound_total',
      help: 'Messages by what became of them, late answers included',
      labelNames: ['result'],
      registers,
    }),
    credentialsLeft: new Gauge({
      name: 'recado_gateway_credentials_under_old_keys',
      help: 'Rows of credentials that the present key has not sealed yet, as of the last look',
      registers,
    }),
    media: new Counter({
      name: 'recado_gateway_media_total',
      help: 'Media people sent, by what became of it',
      labelNames: ['state'],
      registers,
    }),
    ignored: new Counter({
      name: 'recado_gateway_ignored_total',
      help: 'Messages that were received and are not reported, by kind of chat: status posts, channels, bots',
      labelNames: ['chat'],
      registers,
    }),
    inbound: new Counter({
      name: 'recado_gateway_inbound_total',
      help: 'Messages received, by kind',
      labelNames: ['kind'],
      registers,
    }),
  }
}

async function counted(pool: Pool, sql: string): Promise<Map<string, number>> {
  const { rows } = await pool.query<{ label: string; count: string }>(sql)
  return new Map(rows.map(({ label, count }) => [label, Number(count)]))
}
