package app.recado.engines.twilio;

import app.recado.engines.provider.MediaBody;
import app.recado.kernel.Problem;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.io.InputStream;
import org.springframework.core.io.AbstractResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where a provider fetches a picture or document that it was asked to send. HEAD and ranges work as for any file. */
@RestController
@Tag(name = "Provider webhooks")
@RequestMapping("/webhooks/v1/media")
class ProviderMediaController {

    private final PublicMedia media;

    ProviderMediaController(PublicMedia media) {
        this.media = media;
    }

    @Operation(operationId = "getProviderMedia", summary = "A picture or document on its way through a provider")
    @Access(Allow.PROVIDER)
    @GetMapping("/{token}")
    ResponseEntity<Resource> get(@PathVariable String token) {
        var served = media.fetch(token).orElseThrow(() -> Problem.NOT_FOUND.because("There is nothing here"));
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(served.contentType()))
                .cacheControl(CacheControl.noStore())
                // No name: the one a clinic gave it may be a patient's.
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment().build().toString())
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", "default-src 'none'; sandbox")
                .header("X-Robots-Tag", "noindex")
                .body(new Stored(served.body()));
    }

    /** Read anew for each answer, and only as far as it is asked for. */
    private static final class Stored extends AbstractResource {

        private final MediaBody body;

        Stored(MediaBody body) {
            this.body = body;
        }

        @Override
        public String getDescription() {
            return "media of a message";
        }

        @Override
        public boolean exists() {
            return true;
        }

        @Override
        public long contentLength() {
            return body.size();
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return body.open();
        }
    }
}
