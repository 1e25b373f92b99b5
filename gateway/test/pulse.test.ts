import { EventEmitter } from 'node:events'
import { describe, expect, it, vi } from 'vitest'
import { Frames } from '../src/whatsapp/frames.ts'
import { Pulse } from '../src/whatsapp/pulse.ts'

describe('a connection', () => {
  it('is believed to live while it was just heard, then asked, once for all who want to know', async () => {
    vi.useFakeTimers()
    try {
      const ask = vi.fn(async () => true)
      const pulse = new Pulse(ask)
      expect(await pulse.isThere()).toBe(true)
      expect(ask).not.toHaveBeenCalled()
      vi.advanceTimersByTime(1_001)
      expect(await Promise.all([pulse.isThere(), pulse.isThere()])).toEqual([true, true])
      expect(ask).toHaveBeenCalledTimes(1)
      pulse.heard()
      await pulse.isThere()
      expect(ask).toHaveBeenCalledTimes(1)
    } finally {
      vi.useRealTimers()
    }
  })

  it('that does not answer is not there', async () => {
    vi.useFakeTimers()
    try {
      const pulse = new Pulse(async () => false)
      vi.advanceTimersByTime(1_001)
      expect(await pulse.isThere()).toBe(false)
    } finally {
      vi.useRealTimers()
    }
  })

  it('says that nothing was written only when it knows', () => {
    const raw = { OPEN: 1, readyState: 1, send: (): undefined => undefined }
    const ws = Object.assign(new EventEmitter(), { socket: raw })
    const frames = new Frames(ws as never)
    const beforeOpening = frames.mark()
    expect(beforeOpening()).toBe(false)
    ws.emit('open')
    const isUnwritten = frames.mark()
    raw.readyState = 3
    raw.send()
    expect(isUnwritten()).toBe(true)
    raw.readyState = 1
    raw.send()
    expect(isUnwritten()).toBe(false)
    expect(beforeOpening()).toBe(false)
  })
})
