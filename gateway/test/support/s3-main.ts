import { S3Server } from './s3.ts'

/** An S3 server of its own process, for tests of other parts: keeps its objects in the folder given, tells its address. */
const server = await S3Server.start(process.argv[2] ?? '')
process.stdout.write(`${server.endpoint}\n`)
process.stdin.resume()
process.stdin.on('end', () => void server.stop().then(() => process.exit(0)))
