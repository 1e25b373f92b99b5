package app.recado.bot.assistant;

import app.recado.bot.flow.FlowTools.Free;
import app.recado.bot.flow.FlowTools.Visit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What may be asked while a model thinks, for the person it speaks with alone. It changes nothing. */
public interface AssistantAgenda {

    /** Awaited ones of everybody reached at this number, as they are now. */
    List<Visit> visits();

    /** Whether exactly one patient is reached at this number: nothing is booked for anybody else. */
    boolean patientKnown();

    /** Free times of the weeks to come, by start. @param moving a visit that is in nobody's way; null for none */
    List<Free> free(UUID serviceId, @Nullable Visit moving);
}
