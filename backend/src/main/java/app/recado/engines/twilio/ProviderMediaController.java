package app.recado.engines.twilio;

import app.recado.kernel.Problem;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.core.io.ByteArrayResource;
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
                .body(new ByteArrayResource(served.bytes()));
    }
}
