package app.recado.kernel;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

/**
 * Turns on what happens by the clock: every method marked {@code Scheduled}. Each of them may run in several replicas at
 * once and be cut off anywhere. Off in processes that only serve requests, and in tests, which turn each wheel by hand.
 */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
@ConditionalOnProperty(name = "recado.housekeeping", havingValue = "on", matchIfMissing = true)
class Housekeeping {}
