/** Finds a QR code in what the screen or an image shows. */

/** @typedef {(data: Uint8ClampedArray, width: number, height: number) => { data: string } | null} Decoder */

const MAX_SIDE = 1800
const TRIES = 25
const PAUSE_MS = 200

/**
 * @param {CanvasImageSource} image
 * @param {number} width
 * @param {number} height
 * @returns {string | null}
 */
function decode(image, width, height) {
  const decoder = /** @type {{ jsQR?: Decoder }} */ (/** @type {unknown} */ (window)).jsQR
  if (!decoder) return null
  const whole = Math.min(1, MAX_SIDE / Math.max(width, height))
  // A small code in a large screenshot is found at full size, a blurred one at half.
  for (const scale of [whole, 1, whole / 2]) {
    const canvas = document.createElement('canvas')
    canvas.width = Math.max(1, Math.round(width * scale))
    canvas.height = Math.max(1, Math.round(height * scale))
    const context = canvas.getContext('2d', { willReadFrequently: true })
    if (!context) return null
    context.drawImage(image, 0, 0, canvas.width, canvas.height)
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height)
    const found = decoder(data, canvas.width, canvas.height)
    if (found?.data) return found.data
  }
  return null
}

/**
 * @param {Blob} file
 * @returns {Promise<string | null>} the code's text, or null when there is none
 */
export async function readImage(file) {
  const image = await createImageBitmap(file)
  try {
    return decode(image, image.width, image.height)
  } finally {
    image.close()
  }
}

/**
 * Asks for a tab or screen to look at, and looks for a few seconds.
 * @returns {Promise<string | null>}
 */
export async function readScreen() {
  const stream = await navigator.mediaDevices.getDisplayMedia({ video: true, audio: false })
  const video = document.createElement('video')
  try {
    video.srcObject = stream
    video.muted = true
    await video.play()
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const found = video.videoWidth > 0 ? decode(video, video.videoWidth, video.videoHeight) : null
      if (found) return found
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
    }
    return null
  } finally {
    for (const track of stream.getTracks()) track.stop()
  }
}
