package app.recado.kernel.media;

import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where pictures and documents are kept. The gateway is given the same.
 *
 * @param store {@code file:///folder} or {@code s3://bucket}; empty when nothing is kept, then media is refused
 * @param endpoint address of the S3-compatible server, addressed by path; empty for Amazon's own
 * @param region of the bucket
 * @param accessKey for S3
 * @param secretKey for S3
 */
@Validated
@ConfigurationProperties("recado.media")
record MediaSettings(
        @DefaultValue("") String store,
        @DefaultValue("") String endpoint,
        @DefaultValue("us-east-1") String region,
        @DefaultValue("") String accessKey,
        @DefaultValue("") String secretKey) {

    MediaSettings {
        if (!store.isEmpty() && !store.startsWith("file:///") && !store.startsWith("s3://")) {
            throw new IllegalArgumentException("recado.media.store is written file:///folder or s3://bucket");
        }
        if (store.startsWith("s3://") && (accessKey.isEmpty() || secretKey.isEmpty())) {
            throw new IllegalArgumentException("recado.media.access-key and secret-key are needed for S3");
        }
    }

    boolean isFolder() {
        return store.startsWith("file:");
    }

    String bucket() {
        return URI.create(store).getAuthority();
    }

    /** Secrets are never printed, also not by a failing start. */
    @Override
    public String toString() {
        return "MediaSettings[store=" + store + "]";
    }
}
