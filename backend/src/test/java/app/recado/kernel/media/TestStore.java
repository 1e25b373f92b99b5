package app.recado.kernel.media;

import java.nio.file.Path;
import java.time.Clock;

/** A store in a folder, outside any application context. */
public final class TestStore {

    private TestStore() {}

    public static Media in(Path folder) {
        return new Media(new MediaSettings(folder.toUri().toString(), "", "", "", ""), Clock.systemUTC());
    }
}
