package app.recado.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.ContextConfiguration;

/**
 * The whole backend over HTTP on a real PostgreSQL with its real roles. Tokens are signed by a key of the test and pass
 * the same rules as real ones; the clock is settable; workers are turned by hand.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ContextConfiguration(initializers = RecadoTestDatabase.class)
@Import(RecadoTestConfiguration.class)
@ActiveProfiles("dev")
public @interface RecadoTest {}
