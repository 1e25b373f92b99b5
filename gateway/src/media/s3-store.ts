import { createReadStream } from 'node:fs'
import type { Readable } from 'node:stream'
import { GetObjectCommand, NoSuchKey, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import type { MediaStore } from './media-store.ts'

export interface S3Settings {
  bucket: string
  /** Address of the store; null for the region's own. */
  endpoint: string | null
  region: string
  accessKey: string
  secretKey: string
}

/** The media store as a bucket of anything that speaks S3. One request puts an object, so it is whole or absent. */
export class S3Store implements MediaStore {
  #client: S3Client
  #bucket: string

  constructor({ bucket, endpoint, region, accessKey, secretKey }: S3Settings) {
    this.#bucket = bucket
    this.#client = new S3Client({
      region,
      credentials: { accessKeyId: accessKey, secretAccessKey: secretKey },
      ...(endpoint === null ? {} : { endpoint }),
      forcePathStyle: endpoint !== null,
      // Checksums in trailers are unknown to many compatible stores; ours are compared by the reader.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
    })
  }

  async read(key: string): Promise<Readable | null> {
    try {
      const found = await this.#client.send(new GetObjectCommand({ Bucket: this.#bucket, Key: key }))
      return found.Body as Readable
    } catch (error) {
      if (error instanceof NoSuchKey) return null
      throw error
    }
  }

  async write(key: string, path: string, object: { contentType: string; size: number }): Promise<void> {
    await this.#client.send(
      new PutObjectCommand({
        Bucket: this.#bucket,
        Key: key,
        Body: createReadStream(path),
        ContentLength: object.size,
        ContentType: object.contentType,
      }),
    )
  }

  close(): void {
    this.#client.destroy()
  }
}
