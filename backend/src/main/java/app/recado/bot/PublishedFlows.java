package app.recado.bot;

import app.recado.bot.flow.FlowDocument;
import app.recado.bot.flow.FlowDocument.On;
import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.SearchText;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What a clinic has published: which flow a message begins, and what a version says. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class PublishedFlows {

    private final JdbcClient jdbc;

    PublishedFlows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A published flow. */
    record Published(UUID flowId, int version, FlowDocument document) {}

    /** Which flow begins, and by what. */
    record Begun(Published flow, On by) {}

    /**
     * What may begin a flow. What has to be looked up is asked only when some flow depends on it.
     *
     * @param text null for things without words
     * @param choiceId what the button that was tapped says to us; null for none
     * @param campaign whether a campaign is answered
     * @param first whether it is the first that they wrote
     * @param open whether somebody sees patients now
     */
    record Heard(
            @Nullable String text,
            @Nullable String choiceId,
            BooleanSupplier campaign,
            BooleanSupplier first,
            BooleanSupplier open) {
        @Override
        public String toString() {
            return "Heard";
        }
    }

    /**
     * Which flow a message begins. Buttons win over keywords, those over an answer to a campaign, that over the first message,
     * that over the hours, those over everything else; of two flows the older one.
     *
     * @param allowed triggers that count
     */
    public Optional<Begun> begunBy(Heard heard, Predicate<On> allowed) {
        var words = heard.text() == null ? "" : SearchText.normalise(heard.text());
        var candidates = all().stream()
                .flatMap(flow -> flow.document().triggers().stream().map(trigger -> new Candidate(flow, trigger)))
                .filter(candidate -> allowed.test(candidate.trigger().on()))
                .sorted(Comparator.comparing(candidate -> candidate.trigger().on()))
                .toList();
        for (var candidate : candidates) {
            var on = candidate.trigger().on();
            boolean begins = switch (on) {
                case BUTTON -> {
                    var tapped = heard.choiceId();
                    yield tapped != null
                            && (named(candidate.trigger(), words)
                                    || candidate.trigger().words().contains(tapped));
                }
                case KEYWORD -> named(candidate.trigger(), words);
                case CAMPAIGN_ANSWER -> heard.campaign().getAsBoolean();
                case FIRST_MESSAGE -> heard.first().getAsBoolean();
                case OUTSIDE_HOURS -> !heard.open().getAsBoolean();
                case EVERYTHING_ELSE -> true;
            };
            if (begins) {
                return Optional.of(new Begun(candidate.flow(), on));
            }
        }
        return Optional.empty();
    }

    private static boolean named(FlowDocument.Trigger trigger, String words) {
        return !words.isEmpty()
                && trigger.words().stream()
                        .anyMatch(word -> SearchText.normalise(word).equals(words));
    }

    private record Candidate(Published flow, FlowDocument.Trigger trigger) {}

    private List<Published> all() {
        return jdbc.sql("""
                        select v.flow_id, v.number, v.document
                          from flow f
                          join flow_version v on v.organization_id = f.organization_id and v.flow_id = f.id
                               and v.number = f.published_version
                         where f.organization_id = ? and f.state = 'active' and f.published_version is not null
                         order by f.id
                        """)
                .param(CurrentOrganization.id())
                .query((row, n) -> new Published(
                        row.getObject("flow_id", UUID.class),
                        row.getInt("number"),
                        FlowJson.document(row.getString("document"))))
                .list();
    }

    /** What a flow says now; empty when it is out of use. */
    public Optional<Published> current(UUID flowId) {
        return all().stream().filter(flow -> flow.flowId().equals(flowId)).findFirst();
    }

    /** A version as it was published; it never goes while a session is on it. */
    public FlowDocument document(UUID flowId, int version) {
        return jdbc.sql("select document from flow_version where organization_id = ? and flow_id = ? and number = ?")
                .params(CurrentOrganization.id(), flowId, version)
                .query((row, n) -> FlowJson.document(row.getString("document")))
                .single();
    }
}
