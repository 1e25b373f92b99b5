package app.recado.bot;

import app.recado.bot.FlowCollectionReader.Read;
import app.recado.bot.FlowCollectionReader.Remark;
import app.recado.bot.flow.FlowDocument;
import app.recado.bot.flow.FlowNode;
import app.recado.kernel.SearchText;
import app.recado.kernel.json.OneLine;
import app.recado.scheduling.Coverages;
import app.recado.scheduling.OnlineAppointments;
import com.fasterxml.jackson.annotation.JsonValue;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes flows from clinic to clinic. Ids mean nothing elsewhere: what a flow refers to goes along by name, and is looked for by name
 * where it arrives.
 */
@Service
@Transactional(readOnly = true)
class FlowBundles {

    private final Flows flows;
    private final OnlineAppointments online;
    private final Coverages coverages;

    FlowBundles(Flows flows, OnlineAppointments online, Coverages coverages) {
        this.flows = flows;
        this.online = online;
        this.coverages = coverages;
    }

    /**
     * A flow on its way between clinics.
     *
     * @param format of this file
     * @param name what staff call the flow
     * @param document what it says; ids in it are those of the clinic it comes from
     * @param references what these ids mean there
     */
    @Schema(name = "FlowBundle")
    record Bundle(
            @Schema(example = "recado-flow/1", allowableValues = "recado-flow/1")
            @NotNull @Pattern(regexp = "recado-flow/1") String format,

            @Schema(example = "Recepción por WhatsApp") @NotBlank @OneLine @Size(max = 100) String name,

            @NotNull @Valid FlowDocument document,
            @NotNull @Size(max = 500) List<@NotNull @Valid Reference> references) {}

    /**
     * What an id in a flow means.
     *
     * @param kind of what
     * @param id in the clinic it comes from
     * @param name by which it is found elsewhere
     */
    @Schema(name = "FlowReference")
    record Reference(
            @NotNull Kind kind,
            @NotNull UUID id,

            @Schema(example = "Limpieza") @NotBlank @Size(max = 200) String name) {}

    /** What flows refer to. */
    @Schema(name = "FlowReferenceKind")
    enum Kind {
        HEALTHCARE_SERVICE("service-unknown"),
        LOCATION("location-unknown"),
        INSURANCE("insurance-unknown");

        private final String unknown;

        Kind(String unknown) {
            this.unknown = unknown;
        }

        @JsonValue
        String wireName() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * What is being written, else what answers.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found}
     */
    public Bundle of(UUID id) {
        var flow = flows.get(id);
        var document = Objects.requireNonNull(flow.draft() == null ? flow.published() : flow.draft());
        var used = new LinkedHashSet<UUID>();
        document.nodes().forEach(node -> used.addAll(ids(node)));
        var references = own().stream().filter(one -> used.contains(one.id())).toList();
        return new Bundle("recado-flow/1", flow.name(), document, references);
    }

    private static List<UUID> ids(FlowNode node) {
        var ids = new ArrayList<UUID>();
        if (node instanceof FlowNode.Action action) {
            ids.addAll(action.healthcareServiceIds());
            ids.addAll(action.locationIds());
        } else if (node instanceof FlowNode.Condition condition && condition.test() == FlowNode.Test.INSURANCE) {
            if (id(condition.value()) instanceof UUID insurance) {
                ids.add(insurance);
            }
        }
        return ids;
    }

    private static @Nullable UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException none) {
            return null;
        }
    }

    /** What flows of this clinic can refer to. */
    private List<Reference> own() {
        var all = new ArrayList<Reference>();
        online.offers().forEach(one -> all.add(new Reference(Kind.HEALTHCARE_SERVICE, one.id(), one.name())));
        online.places().forEach(one -> all.add(new Reference(Kind.LOCATION, one.id(), one.name())));
        coverages.accepted().forEach(one -> all.add(new Reference(Kind.INSURANCE, one.id(), one.name())));
        return all;
    }

    /** As it can stand in this clinic, and what could not be carried over. */
    public Read read(Bundle bundle) {
        return new Arrival(bundle.references(), own()).read(bundle.document());
    }

    private static final class Arrival {
        private final Map<UUID, Reference> theirs = new HashMap<>();
        private final List<Reference> ours;
        private final List<Remark> remarks = new ArrayList<>();

        Arrival(List<Reference> theirs, List<Reference> ours) {
            theirs.forEach(one -> this.theirs.put(one.id(), one));
            this.ours = ours;
        }

        Read read(FlowDocument document) {
            var nodes = document.nodes().stream().map(this::arrived).toList();
            return new Read(
                    new FlowDocument(
                            document.languages(),
                            document.triggers(),
                            document.rules(),
                            document.start(),
                            nodes,
                            document.positions()),
                    List.copyOf(new LinkedHashSet<>(remarks)));
        }

        private FlowNode arrived(FlowNode node) {
            if (node instanceof FlowNode.Action action) {
                action.files().forEach(file -> remarks.add(new Remark("file-left-out", file.name())));
                return new FlowNode.Action(
                        action.id(),
                        action.action(),
                        action.text(),
                        here(Kind.HEALTHCARE_SERVICE, action.healthcareServiceIds()),
                        here(Kind.LOCATION, action.locationIds()),
                        List.of(),
                        action.details(),
                        action.next(),
                        action.otherwise());
            }
            if (node instanceof FlowNode.Condition condition && condition.test() == FlowNode.Test.INSURANCE) {
                var there = id(condition.value());
                var here = there == null ? List.<UUID>of() : here(Kind.INSURANCE, List.of(there));
                return new FlowNode.Condition(
                        condition.id(),
                        condition.test(),
                        here.isEmpty() ? "" : here.getFirst().toString(),
                        condition.name(),
                        condition.yes(),
                        condition.no());
            }
            return node;
        }

        private List<UUID> here(Kind kind, List<UUID> there) {
            return there.stream()
                    .map(one -> here(kind, one))
                    .filter(Objects::nonNull)
                    .distinct()
                    .toList();
        }

        private @Nullable UUID here(Kind kind, UUID there) {
            var reference = theirs.get(there);
            var found = reference == null
                    ? null
                    : ours.stream()
                            .filter(one -> one.kind() == kind
                                    && SearchText.normalise(one.name()).equals(SearchText.normalise(reference.name())))
                            .map(Reference::id)
                            .findFirst()
                            .orElse(null);
            if (found == null) {
                remarks.add(new Remark(kind.unknown, reference == null ? there.toString() : reference.name()));
            }
            return found;
        }
    }
}
