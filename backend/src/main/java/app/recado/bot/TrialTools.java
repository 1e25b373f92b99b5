package app.recado.bot;

import app.recado.bot.flow.FlowNode.Detail;
import app.recado.bot.flow.FlowTools;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The same agenda for somebody who tries a flow: everything is read, nothing is changed, and changes answer as if they were
 * made. */
class TrialTools implements FlowTools {

    private final FlowTools agenda;

    TrialTools(FlowTools agenda) {
        this.agenda = agenda;
    }

    @Override
    public boolean patientKnown() {
        return agenda.patientKnown();
    }

    @Override
    public boolean tagged(String tag) {
        return agenda.tagged(tag);
    }

    @Override
    public boolean insured(String insurance) {
        return agenda.insured(insurance);
    }

    @Override
    public List<Place> places() {
        return agenda.places();
    }

    @Override
    public boolean hasFile(UUID mediaId) {
        return agenda.hasFile(mediaId);
    }

    @Override
    public Result update(Map<Detail, String> said) {
        return Result.DONE;
    }

    @Override
    public boolean open() {
        return agenda.open();
    }

    @Override
    public @Nullable String field(String name) {
        return agenda.field(name);
    }

    @Override
    public List<Visit> visits() {
        return agenda.visits();
    }

    @Override
    public List<Service> services() {
        return agenda.services();
    }

    @Override
    public List<Free> free(UUID serviceId, @Nullable Visit moving) {
        return agenda.free(serviceId, moving);
    }

    @Override
    public Result confirm(Visit visit) {
        return Result.DONE;
    }

    @Override
    public Result cancel(Visit visit) {
        return Result.DONE;
    }

    @Override
    public Result move(Visit visit, Free to) {
        return Result.DONE;
    }

    @Override
    public Result book(UUID serviceId, Free at) {
        return Result.DONE;
    }

    @Override
    public Result joinWaitlist(UUID serviceId) {
        return Result.DONE;
    }

    @Override
    public @Nullable Long openTicket() {
        return 1L;
    }

    @Override
    public Result consent(boolean wanted, String words) {
        return Result.DONE;
    }
}
