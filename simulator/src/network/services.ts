import { Delivery } from './delivery.ts'
import { Devices } from './devices.ts'
import type { Network } from './network.ts'
import { Pairing } from './pairing.ts'
import { Queries } from './queries.ts'

/** What a connection asks for: linking, messages, and answers to requests. */
export interface Services {
  pairing: Pairing
  delivery: Delivery
  devices: Devices
  queries: Queries
}

export function servicesOf(network: Network): Services {
  const pairing = new Pairing(network)
  const delivery = new Delivery(network)
  return {
    pairing,
    delivery,
    devices: new Devices(network, delivery),
    queries: new Queries(network, pairing, delivery),
  }
}
