package app.recado.install;

import app.recado.install.InstallSetting.Values;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The production realm that ships with this version, with this installation's addresses and secrets in it. */
final class RealmFile {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Only variables of ours: {@code ${rolesScopeConsentText}} and the like are Keycloak's own texts. */
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(RECADO_[A-Z_]+)}");

    private RealmFile() {}

    static ObjectNode filled(Values values) {
        var variables = variables(values);
        var text = VARIABLE.matcher(read()).replaceAll(found -> {
            var value = variables.get(found.group(1));
            if (value == null) {
                throw new InstallException("The realm file asks for " + found.group(1) + ", which is not a setting");
            }
            var quoted = JSON.writeValueAsString(value);
            return Matcher.quoteReplacement(quoted.substring(1, quoted.length() - 1));
        });
        var realm = (ObjectNode) JSON.readTree(text);
        realm.put("realm", values.get(InstallSetting.REALM));
        if (values.get(InstallSetting.SMTP_HOST).isEmpty()) {
            realm.remove("smtpServer");
        }
        return realm;
    }

    private static Map<String, String> variables(Values values) {
        var console = values.get(InstallSetting.CONSOLE_URL);
        if (!console.matches("https?://[^/*]+")) {
            throw new InstallException(
                    "RECADO_CONSOLE_URL must be an address like https://recado.example, without a path");
        }
        var all = new HashMap<String, String>();
        all.put("RECADO_CONSOLE_URL", console);
        all.put("RECADO_KEYCLOAK_CLIENT_SECRET", values.secret(InstallSetting.CLIENT_SECRET));
        all.put("RECADO_INTEGRATIONS_CLIENT_SECRET", values.secret(InstallSetting.INTEGRATIONS_SECRET));
        for (var setting : new InstallSetting[] {
            InstallSetting.SMTP_HOST,
            InstallSetting.SMTP_PORT,
            InstallSetting.SMTP_FROM,
            InstallSetting.SMTP_USER,
            InstallSetting.SMTP_PASSWORD,
            InstallSetting.SMTP_STARTTLS,
            InstallSetting.SMTP_SSL
        }) {
            all.put(setting.variable, values.get(setting));
        }
        all.put(
                "RECADO_SMTP_AUTH",
                Boolean.toString(!values.get(InstallSetting.SMTP_USER).isEmpty()));
        return all;
    }

    private static String read() {
        try (var in = new ClassPathResource("identity/recado-realm.json").getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
