package app.recado.whatsapp;

import app.recado.organizations.KeptElsewhere;
import org.springframework.stereotype.Component;

/** The lines of a clinic that is being deleted, as their engines keep them: phones are unlinked. */
@Component
class LinesElsewhere implements KeptElsewhere {

    private final Lines lines;
    private final Engines engines;

    LinesElsewhere(Lines lines, Engines engines) {
        this.lines = lines;
        this.engines = engines;
    }

    @Override
    public void forget() {
        for (var line : lines.all()) {
            engines.of(line.engine()).forget(line);
        }
    }
}
