package app.recado.devstack;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Takes every mail sent to its loopback port and keeps it in memory; nothing ever leaves the machine. */
public final class MailCatcher implements AutoCloseable {
    private final GreenMail server;

    private MailCatcher(GreenMail server) {
        this.server = server;
    }

    /** One mail. {@code text} is its plain text, or its HTML as text when it has no plain part. */
    public record Mail(int number, List<String> to, String subject, Instant at, String text) {}

    /** One catcher for all who ask in this JVM, on a free port. */
    public static MailCatcher shared() {
        return Shared.INSTANCE;
    }

    private static final class Shared {
        private static final MailCatcher INSTANCE = start(Ports.free());
    }

    public static MailCatcher start(int port) {
        var setup = new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP);
        setup.setServerStartupTimeout(10_000);
        var server = new GreenMail(setup);
        server.start();
        return new MailCatcher(server);
    }

    public int smtpPort() {
        return server.getSmtp().getPort();
    }

    /** All mails, newest first. */
    public List<Mail> mails() {
        var received = server.getReceivedMessages();
        var mails = new ArrayList<Mail>();
        for (var i = received.length - 1; i >= 0; i--) {
            mails.add(read(i, received[i]));
        }
        return mails;
    }

    /** Mails to this address, newest first. */
    public List<Mail> mailsTo(String address) {
        return mails().stream().filter(mail -> mail.to().contains(address)).toList();
    }

    @Override
    public void close() {
        server.stop();
    }

    private static Mail read(int number, MimeMessage message) {
        try {
            var recipients = message.getAllRecipients();
            var to = recipients == null
                    ? List.<String>of()
                    : Arrays.stream(recipients).map(Address::toString).toList();
            var subject = message.getSubject() == null ? "" : message.getSubject();
            var at = message.getSentDate() == null
                    ? Instant.EPOCH
                    : message.getSentDate().toInstant();
            var texts = new ArrayList<String>();
            collect(message, "text/plain", texts);
            if (texts.isEmpty()) {
                collect(message, "text/html", texts);
            }
            return new Mail(number, to, subject, at, texts.stream().collect(Collectors.joining("\n")));
        } catch (MessagingException | IOException e) {
            throw new DevstackException("A caught mail cannot be read: " + e.getMessage(), e);
        }
    }

    private static void collect(Part part, String type, List<String> into) throws MessagingException, IOException {
        if (part.isMimeType(type)) {
            into.add(part.getContent().toString());
        } else if (part.isMimeType("multipart/*") && part.getContent() instanceof Multipart parts) {
            for (var i = 0; i < parts.getCount(); i++) {
                collect(parts.getBodyPart(i), type, into);
            }
        }
    }
}
