package app.recado.bot.flow;

import app.recado.bot.flow.FlowNode.Detail;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An agenda in memory that writes down what was done to it. */
final class FakeTools implements FlowTools {

    static final ZoneId ZONE = ZoneId.of("America/Argentina/Cordoba");
    static final UUID SERVICE = new UUID(1, 1);
    static final UUID PRACTITIONER = new UUID(2, 2);

    static final UUID FILE = new UUID(4, 4);

    final Set<String> tags = new HashSet<>();
    final List<Place> places = new ArrayList<>();
    final List<String> done = new ArrayList<>();
    List<Visit> visits = new ArrayList<>();
    List<Free> free = new ArrayList<>();
    boolean known = true;
    boolean open = true;
    Result next = Result.DONE;

    @Nullable Long ticket = 17L;

    Visit visit(int number, String start) {
        var visit =
                new Visit(new UUID(3, number), "Control", SERVICE, "Dra. Gómez", Instant.parse(start), ZONE, 1, null);
        visits.add(visit);
        return visit;
    }

    void free(String... starts) {
        for (var start : starts) {
            free.add(new Free(PRACTITIONER, "Dra. Gómez", Instant.parse(start), ZONE));
        }
    }

    @Override
    public boolean patientKnown() {
        return known;
    }

    @Override
    public boolean tagged(String tag) {
        return tags.contains(tag);
    }

    @Override
    public boolean insured(String insurance) {
        return tags.contains(insurance);
    }

    @Override
    public List<Place> places() {
        return List.copyOf(places);
    }

    @Override
    public boolean hasFile(UUID mediaId) {
        return mediaId.equals(FILE);
    }

    @Override
    public Result update(Map<Detail, String> said) {
        return did("update " + said);
    }

    @Override
    public boolean open() {
        return open;
    }

    @Override
    public @Nullable String field(String name) {
        return name.equals("clinic.name") ? "Arrayán" : name.equals("patient.givenName") ? "{{answer.color}}" : null;
    }

    @Override
    public List<Visit> visits() {
        return List.copyOf(visits);
    }

    @Override
    public List<Service> services() {
        return List.of(new Service(SERVICE, "Control"));
    }

    @Override
    public List<Free> free(UUID serviceId, @Nullable Visit moving) {
        return List.copyOf(free);
    }

    @Override
    public Result confirm(Visit visit) {
        return did("confirm " + visit.id());
    }

    @Override
    public Result cancel(Visit visit) {
        return did("cancel " + visit.id());
    }

    @Override
    public Result move(Visit visit, Free to) {
        return did("move " + visit.id() + " " + to.start());
    }

    @Override
    public Result book(UUID serviceId, Free at) {
        return did("book " + at.start());
    }

    @Override
    public Result joinWaitlist(UUID serviceId) {
        return did("wait");
    }

    @Override
    public @Nullable Long openTicket() {
        done.add("ticket");
        return ticket;
    }

    @Override
    public Result consent(boolean wanted, String words) {
        return did("consent " + wanted);
    }

    private Result did(String what) {
        done.add(what);
        return next;
    }
}
