package app.recado.kernel.web;

import app.recado.kernel.media.Media;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.springframework.core.io.InputStreamResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** Files from the media store, as a browser may have them: nothing in them acts, and nobody keeps them on the way. */
public final class FileAnswers {

    private FileAnswers() {}

    /** Pictures may be shown in place, everything else is to be saved.
     *
     * @param contentType found by the content */
    public static ResponseEntity<Resource> of(InputStream bytes, String contentType, long size, String name) {
        var disposition = Media.mayBeShown(contentType) ? ContentDisposition.inline() : ContentDisposition.attachment();
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(contentType))
                .contentLength(size)
                .cacheControl(CacheControl.noStore())
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        disposition
                                .filename(name, StandardCharsets.UTF_8)
                                .build()
                                .toString())
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", "default-src 'none'; sandbox")
                .body(new InputStreamResource(bytes));
    }
}
