package app.recado.patients;

import app.recado.kernel.Auditable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Somebody is shown a part of some patients.
 *
 * @param part of them
 * @param patients whom; {@link PatientReads#NOBODY} for the register
 */
public record PatientsRead(PatientPart part, List<UUID> patients) implements Auditable {

    /** More are a number, not names of rows. */
    private static final int NAMED = 20;

    public PatientsRead {
        patients = List.copyOf(patients);
    }

    @Override
    public @Nullable UUID recordId() {
        return patients.size() == 1 && !patients.getFirst().equals(PatientReads.NOBODY) ? patients.getFirst() : null;
    }

    @Override
    public Map<String, Change> changes() {
        var said = new TreeMap<String, Change>();
        said.put("part", new Change(null, part.wireName()));
        if (patients.size() > 1) {
            said.put("count", new Change(null, String.valueOf(patients.size())));
        }
        if (patients.size() > 1 && patients.size() <= NAMED) {
            said.put(
                    "patients",
                    new Change(null, patients.stream().map(UUID::toString).collect(Collectors.joining(" "))));
        }
        return said;
    }
}
