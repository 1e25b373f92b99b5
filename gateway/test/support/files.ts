/** Small files whose type is told by their content. */

const padded = (head: Buffer, size: number): Buffer =>
  Buffer.concat([head, Buffer.alloc(Math.max(0, size - head.length), 7)])

/** A picture of one pixel. */
export const png = (size = 0): Buffer =>
  padded(
    Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    ),
    size,
  )

export const pdf = (size = 0): Buffer => padded(Buffer.from('%PDF-1.7\n%âãÏÓ\n1 0 obj<<>>endobj\n'), size)

/** A voice note as phones record it. */
export const voiceNote = (): Buffer =>
  padded(
    Buffer.concat([Buffer.from('OggS\0\x02'), Buffer.alloc(20), Buffer.from('\x01\x13OpusHead\x01\x01')]),
    400,
  )

/** A Windows program. */
export const program = (): Buffer => padded(Buffer.from('MZ\x90\0\x03'), 600)

export const script = (): Buffer =>
  Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
