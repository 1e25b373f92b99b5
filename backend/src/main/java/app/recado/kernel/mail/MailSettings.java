package app.recado.kernel.mail;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The mail server that takes Recado's own notices.
 *
 * @param host its name; empty when there is none, then nobody is told by e-mail
 * @param port usually 587, or 25 without encryption
 * @param user to sign in with; empty for servers that ask for none
 * @param password to sign in with
 * @param from the sender people see
 * @param starttls whether the connection must be encrypted before anything is said
 */
@Validated
@ConfigurationProperties("recado.mail")
record MailSettings(
        @DefaultValue("") String host,
        @Min(1) @Max(65_535) @DefaultValue("587") int port,
        @DefaultValue("") String user,
        @DefaultValue("") String password,

        @NotBlank @DefaultValue("Recado <no-reply@recado.invalid>")
        String from,

        @DefaultValue("true") boolean starttls) {

    @Override
    public String toString() {
        return "MailSettings[host=" + host + ", port=" + port + "]";
    }
}
