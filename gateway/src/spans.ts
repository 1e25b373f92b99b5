import { randomBytes } from 'node:crypto'
import type { SpanContext, Tracer } from '@opentelemetry/api'
import type { Sampler } from '@opentelemetry/sdk-trace'

/** Where spans go, OTLP over HTTP, and how many of all traces. */
export interface TraceSettings {
  url: string
  share: number
}

/** A span of another part, or a trace in which nobody has begun one here. */
export interface Origin {
  /** 32 hexadecimal digits. */
  traceId: string
  /** 16 hexadecimal digits; left out when nobody is known. */
  spanId?: string
}

/** As OpenTelemetry calls who waits for whom. */
type Kind = 'server' | 'client' | 'producer' | 'consumer'

export interface Span {
  /** What others are told, so that theirs continue this one. */
  readonly traceparent: string
  /** @param outcome what was answered, or that it came to nothing; all that a span says besides name, kind and times */
  end(outcome?: Outcome): void
}

export interface Outcome {
  /** Replaces the name once it is known: a method with its route's template, never an address. */
  name?: string
  status?: number
  failed?: boolean
}

/**
 * Begins spans. They hold a name of ours, a kind, times and a status, and nothing else, so that nothing of a patient can
 * be among them (ADR 153, 156). Without a collector there are none, and nothing of OpenTelemetry is loaded.
 */
export interface Spans {
  /** @param at when it began; now when left out */
  begin(name: string, kind: Kind, origin: Origin, at?: Date): Span
  /** Sends what is still here. */
  stop(): Promise<void>
}

const PATIENCE_MS = 5000
/** What a process that is killed had not sent yet. */
const DELAY_MS = 1000

const TRACEPARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}$/

/** What a W3C `traceparent` says; null when it is none. */
export function originOf(traceparent: unknown): Origin | null {
  const [, traceId, spanId] = (typeof traceparent === 'string' && TRACEPARENT.exec(traceparent)) || []
  return traceId === undefined ? null : { traceId, spanId }
}

const TRACE = /^[0-9a-f]{32}$/

/** The trace of what has an id of its own, a message or an event: that id without hyphens. */
export function traceOf(id: string): Origin {
  const traceId = id.replaceAll('-', '').toLowerCase()
  return { traceId: TRACE.test(traceId) ? traceId : randomBytes(16).toString('hex') }
}

const newSpanId = (): string => randomBytes(8).toString('hex')

/** Nobody collects: there are ids to be told and to be logged. */
export const noSpans: Spans = {
  begin: (_name, _kind, { traceId }) => ({
    traceparent: `00-${traceId}-${newSpanId()}-00`,
    end: () => undefined,
  }),
  stop: () => Promise.resolve(),
}

/** @param settings null: nobody collects */
export async function openSpans(settings: TraceSettings | null): Promise<Spans> {
  if (!settings) return noSpans
  const [api, sdk, { OTLPTraceExporter }, { resourceFromAttributes }] = await Promise.all([
    import('@opentelemetry/api'),
    import('@opentelemetry/sdk-trace'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/resources'),
  ])
  const exporter = new OTLPTraceExporter({ url: settings.url, timeoutMillis: PATIENCE_MS })
  const provider = new sdk.TracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'recado-gateway' }),
    sampler: byTrace(settings.share, sdk.SamplingDecision),
    spanProcessors: [
      new sdk.BatchSpanProcessor({
        exporter,
        exportTimeoutMillis: PATIENCE_MS,
        scheduledDelayMillis: DELAY_MS,
      }),
    ],
  })
  const tracer: Tracer = provider.getTracer('recado')
  const kinds: Record<Kind, number> = {
    server: api.SpanKind.SERVER,
    client: api.SpanKind.CLIENT,
    producer: api.SpanKind.PRODUCER,
    consumer: api.SpanKind.CONSUMER,
  }
  return {
    begin(name, kind, { traceId, spanId = newSpanId() }, at) {
      const parent: SpanContext = { traceId, spanId, traceFlags: api.TraceFlags.NONE, isRemote: true }
      const context = api.trace.setSpanContext(api.ROOT_CONTEXT, parent)
      const span = tracer.startSpan(name, { kind: kinds[kind], startTime: at }, context)
      const own = span.spanContext()
      return {
        traceparent: `00-${own.traceId}-${own.spanId}-0${own.traceFlags & api.TraceFlags.SAMPLED}`,
        end({ name: known, status, failed = (status ?? 0) >= 500 } = {}) {
          if (known !== undefined) span.updateName(known)
          if (status !== undefined) span.setAttribute('http.response.status_code', status)
          if (failed) span.setStatus({ code: api.SpanStatusCode.ERROR })
          span.end()
        },
      }
    },
    // A collector that is away keeps nobody from stopping.
    stop: () => provider.shutdown().catch(() => undefined),
  }
}

/**
 * Decides by the trace's id alone, as OpenTelemetry for Java does it: the backend and the gateway send the same traces. The
 * sampler that comes with the JavaScript SDK reckons otherwise.
 */
export function isSent(traceId: string, share: number): boolean {
  if (share >= 1) return true
  const half = BigInt.asIntN(64, BigInt(`0x${traceId.slice(16)}`))
  return (half < 0n ? -half : half) < BigInt(Math.trunc(share * 2 ** 63))
}

const byTrace = (share: number, { NOT_RECORD, RECORD_AND_SAMPLED }: Decisions): Sampler => ({
  shouldSample: (_context, traceId) => ({
    decision: isSent(traceId, share) ? RECORD_AND_SAMPLED : NOT_RECORD,
  }),
  toString: () => `by the trace's id, ${share}`,
})

type Decisions = typeof import('@opentelemetry/sdk-trace').SamplingDecision
