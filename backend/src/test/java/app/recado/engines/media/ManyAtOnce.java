package app.recado.engines.media;

import app.recado.engines.EngineSettings;
import app.recado.engines.cloudapi.CloudApi;
import app.recado.engines.credentials.LineCredentials;
import app.recado.engines.evolution.Evolution;
import app.recado.engines.provider.Provider;
import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.media.TestStore;
import app.recado.kernel.outgoing.AddressGuard;
import app.recado.kernel.outgoing.OutgoingHttp;
import app.recado.whatsapp.Payload;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A process of its own that sends and fetches many of the largest files at once. Prints what came of it. */
final class ManyAtOnce {

    private static final int OF_EACH = 8;

    private ManyAtOnce() {}

    /** @param args where the provider is, a folder for a store, the key of a file in it */
    public static void main(String[] args) throws Exception {
        var organization = UUID.fromString(args[2].substring(0, 36));
        var folder = Path.of(args[1]);
        var store = TestStore.in(folder);
        var outgoing = new OutgoingMedia(store);
        var digest = MessageDigest.getInstance("SHA-256");
        try (var in = new DigestInputStream(Files.newInputStream(folder.resolve(args[2])), digest)) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
        }
        var ref = new Payload.MediaRef(
                args[2],
                "application/pdf",
                Files.size(folder.resolve(args[2])),
                HexFormat.of().formatHex(digest.digest()));
        var payload = new Payload.Document(ref, "a.pdf", null);
        try (var http = new OutgoingHttp(Duration.ofSeconds(60), Duration.ofMinutes(5), AddressGuard.none());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var cloud = new CloudApi(http, new EngineSettings.CloudApi(URI.create(args[0]), Set.of("127.0.0.1")));
            var cloudLine = new LineCredentials.CloudApi("1", "2", "token", "secret", "verify");
            var evolution = new Evolution(http, new AddressGuard(false, Set.of("127.0.0.1")));
            var evolutionLine = new LineCredentials.Evolution(args[0], "key", "one", "hook");
            var work = new ArrayList<Callable<String>>();
            for (int i = 0; i < OF_EACH; i++) {
                work.add(() -> told(cloud.send(cloudLine, message(payload, outgoing, ref))));
                work.add(() -> told(evolution.send(evolutionLine, message(payload, outgoing, ref))));
                work.add(() -> told(cloud.fetch(cloudLine, "77", store::keepReceived)));
                work.add(() -> told(evolution.fetch(evolutionLine, "3A01", store::keepReceived)));
            }
            List<Future<String>> done = new ArrayList<>();
            for (var one : work) {
                done.add(threads.submit(() -> CurrentOrganization.get(organization, () -> {
                    try {
                        return one.call();
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                })));
            }
            for (var one : done) {
                System.out.println(one.get());
            }
        }
    }

    private static Provider.Outgoing message(Payload payload, OutgoingMedia outgoing, Payload.MediaRef ref) {
        return new Provider.Outgoing(
                UUID.randomUUID(), "+5491123456789", payload, outgoing.find(ref).orElseThrow(), null);
    }

    private static String told(Object outcome) {
        return outcome.getClass().getSimpleName();
    }
}
