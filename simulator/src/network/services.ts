import { Admission } from './admission.ts'
import { Arrival } from './arrival.ts'
import { Delivery } from './delivery.ts'
import { Devices } from './devices.ts'
import { GroupDelivery } from './group-delivery.ts'
import { Groups } from './groups.ts'
import { Keys } from './keys.ts'
import type { Network } from './network.ts'
import { Notices } from './notices.ts'
import { Pairing } from './pairing.ts'
import { Queries } from './queries.ts'
import { Stanzas } from './stanzas.ts'

/** What a connection asks for: linking, messages, and answers to requests. */
export interface Services {
  pairing: Pairing
  admission: Admission
  arrival: Arrival
  delivery: Delivery
  devices: Devices
  groups: Groups
  groupDelivery: GroupDelivery
  notices: Notices
  queries: Queries
  stanzas: Stanzas
}

export function servicesOf(network: Network): Services {
  const delivery = new Delivery(network)
  const notices = new Notices(network, delivery)
  const pairing = new Pairing(network, notices)
  const groups = new Groups(network)
  const groupDelivery = new GroupDelivery(network, groups, delivery)
  delivery.groups = groupDelivery
  const arrival = new Arrival(network, delivery)
  const keys = new Keys(network, notices)
  network.keyTaken = (companion) => keys.used(companion)
  return {
    pairing,
    admission: new Admission(network, groups),
    arrival,
    delivery,
    devices: new Devices(network, delivery, notices),
    groups,
    groupDelivery,
    notices,
    queries: new Queries(network, { pairing, keys, groups, arrival }),
    stanzas: new Stanzas(network, delivery),
  }
}
