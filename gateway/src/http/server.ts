import { createHash, timingSafeEqual } from 'node:crypto'
import { type FastifyInstance, type FastifyReply, type FastifyRequest, fastify } from 'fastify'
import { LineUnknown } from '../db/line-transaction.ts'
import { reach } from '../failpoint.ts'
import { figuresOf } from '../figures.ts'
import { type Line, lineStatus, type Offer } from '../lines/states.ts'
import type { Workshop } from '../lines/workshop.ts'
import { currentTrace, inTrace, named } from '../log.ts'
import { originOf, type Span } from '../spans.ts'
import { Problem } from './problems.ts'
import {
  CommandBody,
  CommandPath,
  DueBody,
  LinePath,
  PairingCodeBody,
  parsed,
  SettingsBody,
  StartBody,
} from './schemas.ts'

const MAX_BODY = 512 * 1024
const PUBLIC = new Set(['/health'])

/** The API the backend calls. Every answer is quick: commands are taken here and sent elsewhere. */
export function createServer(workshop: Workshop): FastifyInstance {
  const { config, pool, lines, qrCodes, pairingCodes, commands, metrics, spans, log } = workshop
  const server = fastify({ logger: false, bodyLimit: MAX_BODY, forceCloseConnections: true })
  const expected = digest(config.token)

  const answering = new WeakMap<FastifyRequest, Span>()
  server.addHook('onRequest', (request, _reply, next) => {
    const origin = originOf(request.headers.traceparent)
    // Whoever only looks whether this process is well tells no trace, and makes none.
    if (origin) answering.set(request, spans.begin(request.method, 'server', origin))
    inTrace(origin?.traceId ?? null, next)
  })
  server.addHook('onResponse', async (request, { statusCode: status }) => {
    answering.get(request)?.end({ name: `${request.method} ${request.routeOptions.url ?? '(none)'}`, status })
  })
  server.addHook('onRequest', async (request) => {
    if (PUBLIC.has(request.routeOptions.url ?? '')) return
    const given = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1]
    if (given === undefined || !timingSafeEqual(digest(given), expected)) throw new Problem('unauthorized')
  })

  server.setNotFoundHandler(() => {
    throw new Problem('route-unknown')
  })
  server.setErrorHandler((error, request, reply) => answerProblem(problemOf(error), request, reply))

  function answerProblem(problem: Problem, request: FastifyRequest, reply: FastifyReply): FastifyReply {
    if (problem.status >= 500)
      log.error({ route: request.routeOptions.url, code: problem.code }, 'request failed')
    return reply
      .code(problem.status)
      .type('application/problem+json')
      .send({ ...problem.toJSON(), traceId: currentTrace() })
  }

  function problemOf(error: unknown): Problem {
    if (error instanceof Problem) return error
    if (error instanceof LineUnknown) return new Problem('line-unknown')
    const { statusCode, code } = error as { statusCode?: number; code?: string }
    if (statusCode === 413) return new Problem('too-large')
    if (statusCode && statusCode < 500) return new Problem('invalid-request')
    log.error(named(error), 'unexpected error')
    return new Problem(code?.startsWith('ECONN') || code?.startsWith('57') ? 'unavailable' : 'internal')
  }

  server.get('/health', async (_request, reply) => {
    const service = 'recado-gateway'
    try {
      await pool.query('select 1')
      return { status: 'ok', service }
    } catch {
      return reply.code(503).send({ status: 'database-away', service })
    }
  })

  server.get('/metrics', async (_request, reply) => {
    return reply.type(metrics.registry.contentType).send(await metrics.registry.metrics())
  })

  server.get('/figures', async () => {
    const { queueDepth, eventsWaiting, oldestEventAt } = await figuresOf(pool)
    const startedAt = new Date(Date.now() - process.uptime() * 1000).toISOString()
    return { startedAt, queueDepth, eventsWaiting, oldestEventAt: oldestEventAt?.toISOString() ?? null }
  })

  server.get('/lines', async () => ({ items: (await lines.all()).map(lineStatus) }))

  server.get('/lines/:lineId', async (request) => {
    const { lineId } = parsed(LinePath, request.params)
    const line = await lines.find(lineId)
    if (!line) throw new Problem('line-unknown')
    return detailed(line)
  })

  /** With the code on offer, which is shown only to whoever asks for this one line. */
  function detailed(line: Line): object {
    const offered = (offer: Offer | null) =>
      line.state === 'pairing' && offer ? { ...offer, expiresAt: offer.expiresAt.toISOString() } : null
    const { id } = line
    return { ...lineStatus(line), qr: offered(qrCodes.of(id)), pairingCode: offered(pairingCodes.of(id)) }
  }

  server.post('/lines/:lineId/start', async (request, reply) => {
    const { lineId } = parsed(LinePath, request.params)
    const { organizationId, replacePhone } = parsed(StartBody, request.body)
    const line = await lines.start(lineId, organizationId, replacePhone)
    if (typeof line === 'string') throw new Problem(line)
    return reply.code(202).send(detailed(line))
  })

  server.post('/lines/:lineId/pairing-code', async (request, reply) => {
    const { lineId } = parsed(LinePath, request.params)
    const { phone } = parsed(PairingCodeBody, request.body)
    const line = await lines.pairByCode(lineId, phone)
    if (typeof line === 'string') throw new Problem(line)
    return reply.code(202).send(detailed(line))
  })

  server.put('/lines/due', async (request, reply) => {
    await lines.due(parsed(DueBody, request.body).items)
    return reply.code(204).send()
  })

  server.put('/lines/:lineId/settings', async (request) => {
    const { lineId } = parsed(LinePath, request.params)
    return detailed(await lines.configure(lineId, parsed(SettingsBody, request.body)))
  })

  for (const [path, how] of [
    ['stop', 'stop'],
    ['log-out', 'log-out'],
  ] as const) {
    server.post(`/lines/:lineId/${path}`, async (request, reply) => {
      const { lineId } = parsed(LinePath, request.params)
      const line = await lines.rest(lineId, how)
      return reply.code(202).send(detailed(line))
    })
  }

  server.delete('/lines/:lineId', async (request, reply) => {
    const { lineId } = parsed(LinePath, request.params)
    const refusal = await lines.forget(lineId)
    if (refusal) throw new Problem(refusal)
    return reply.code(204).send()
  })

  server.put('/lines/:lineId/commands/:messageId', async (request, reply) => {
    const { lineId, messageId } = parsed(CommandPath, request.params)
    const { providerMessageId, payload, hash, notAfter } = parsed(CommandBody, request.body)
    const taken = await commands.accept(lineId, { messageId, providerMessageId, payload, hash, notAfter })
    if (taken === 'differs') throw new Problem('command-differs')
    const { isNew, state, reason } = taken
    reach('command-accepted')
    return reply.code(isNew ? 202 : 200).send(isNew ? { messageId, state } : { messageId, state, reason })
  })

  server.delete('/lines/:lineId/commands/:messageId', async (request) => {
    const { lineId, messageId } = parsed(CommandPath, request.params)
    const { state } = await commands.withdraw(lineId, messageId)
    if (state !== 'withdrawn') throw new Problem('command-not-withdrawable', { state })
    return { messageId, state }
  })

  server.get('/lines/:lineId/commands/:messageId', async (request) => {
    const { lineId, messageId } = parsed(CommandPath, request.params)
    const found = await commands.find(lineId, messageId)
    if (!found) throw new Problem('command-unknown')
    return found
  })

  return server
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
