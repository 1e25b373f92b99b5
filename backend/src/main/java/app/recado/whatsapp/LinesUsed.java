package app.recado.whatsapp;

import app.recado.organizations.Limit;
import app.recado.organizations.LimitUsage;
import org.springframework.stereotype.Component;

/** How many lines the clinic has, linked or not. */
@Component
class LinesUsed implements LimitUsage {

    private final Lines lines;

    LinesUsed(Lines lines) {
        this.lines = lines;
    }

    @Override
    public Limit limit() {
        return Limit.LINES;
    }

    @Override
    public long used() {
        return lines.all().size();
    }
}
