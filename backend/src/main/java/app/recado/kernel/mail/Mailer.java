package app.recado.kernel.mail;

import jakarta.mail.MessagingException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.mail.MailException;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.mail.javamail.MimeMessageHelper;
import org.springframework.stereotype.Component;

/** Hands plain-text mails to the configured server. */
@Component
public class Mailer {

    private static final Logger LOG = LoggerFactory.getLogger(Mailer.class);
    private static final String TIMEOUT_MS = "10000";

    private final MailSettings settings;
    private final JavaMailSenderImpl server = new JavaMailSenderImpl();

    Mailer(MailSettings settings) {
        this.settings = settings;
        server.setHost(settings.host());
        server.setPort(settings.port());
        server.setDefaultEncoding(StandardCharsets.UTF_8.name());
        var properties = new Properties();
        if (!settings.user().isEmpty()) {
            server.setUsername(settings.user());
            server.setPassword(settings.password());
            properties.setProperty("mail.smtp.auth", "true");
        }
        properties.setProperty("mail.smtp.starttls.enable", String.valueOf(settings.starttls()));
        properties.setProperty("mail.smtp.starttls.required", String.valueOf(settings.starttls()));
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        properties.setProperty("mail.smtp.connectiontimeout", TIMEOUT_MS);
        properties.setProperty("mail.smtp.timeout", TIMEOUT_MS);
        properties.setProperty("mail.smtp.writetimeout", TIMEOUT_MS);
        server.setJavaMailProperties(properties);
    }

    /** False when no mail server is configured. */
    public boolean configured() {
        return !settings.host().isEmpty();
    }

    /** Sends one mail; calls the mail server, so never inside a transaction.
     *
     * @return false when the server did not take it; the reason is logged, without the address */
    public boolean send(String to, String subject, String text) {
        try {
            var mail = server.createMimeMessage();
            var helper = new MimeMessageHelper(mail, StandardCharsets.UTF_8.name());
            helper.setFrom(settings.from());
            helper.setTo(to);
            helper.setSubject(subject);
            helper.setText(text);
            mail.setHeader("Auto-Submitted", "auto-generated");
            server.send(mail);
            return true;
        } catch (MailException | MessagingException e) {
            // Not the message of the exception: servers quote addresses in it.
            LOG.warn(
                    "The mail server {} did not take a mail: {}",
                    settings.host(),
                    e.getClass().getSimpleName());
            return false;
        }
    }
}
