import type { Network } from '../network/network.ts'
import type { Services } from '../network/services.ts'
import { BadRequest, digits } from '../network/wire.ts'
import { type Body, number, optional, text, texts } from './body.ts'

/** Calls of the admin API about the network itself rather than about somebody's phone. */
export class ServerSide {
  #network: Network
  #services: Services

  constructor(network: Network, services: Services) {
    this.#network = network
    this.#services = services
  }

  /** @param route method and path, with `:phone` for `who`. Throws `BadRequest` for any other. */
  handle(route: string, who: string, body: Body): object {
    const { groups, notices } = this.#services
    switch (route) {
      case 'POST groups': {
        const members = texts(body, 'members').map(digits)
        const { jid, subject } = groups.open(text(body, 'group'), members, optional(body, 'subject'))
        return { jid, subject }
      }
      case 'POST renew-server-key':
        this.#network.renewServerKey()
        return {}
      case 'POST phones/:phone/settings-changed':
        notices.settings(
          this.#network.account(digits(who)),
          text(body, 'collection'),
          number(body, 'version'),
        )
        return {}
      case 'POST phones/:phone/few-keys': {
        const account = this.#network.account(digits(who))
        for (const companion of account.companions.values()) {
          // What is left stays usable; the rest was, so to say, taken by people who wrote for the first time.
          companion.preKeys.splice(0, companion.preKeys.length - number(body, 'left'))
          notices.fewKeys(companion)
        }
        return {}
      }
      case 'POST phones/:phone/newsletter':
        return notices.newsletter(
          this.#network.account(digits(who)),
          text(body, 'newsletter'),
          text(body, 'text'),
        )
      default:
        throw new BadRequest('no such path', 404)
    }
  }
}
