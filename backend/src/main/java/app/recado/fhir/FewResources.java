package app.recado.fhir;

import app.recado.kernel.SearchText;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.hl7.fhir.r4.model.DomainResource;
import org.jspecify.annotations.Nullable;

/** Resources of which a clinic has so few that a search reads all of them and looks through them, in the order of their ids. */
abstract class FewResources<R> implements FhirResources {

    /** More words are no name. */
    private static final int MOST_WORDS = 8;

    /** Everything the clinic has. */
    abstract List<R> all();

    abstract String idOf(R record);

    /** What a search asks for beside ids, read once. */
    abstract Predicate<R> wanted(Criteria criteria);

    abstract DomainResource resource(R record);

    @Override
    public Optional<DomainResource> read(String id) {
        return all().stream()
                .filter(record -> idOf(record).equals(id))
                .findFirst()
                .map(this::resource);
    }

    @Override
    public List<Hit> search(Criteria criteria, @Nullable List<String> after, int limit) {
        var ids = criteria.ids();
        Function<R, String> id = this::idOf;
        return all().stream()
                .filter(wanted(criteria))
                .filter(record -> ids == null || ids.contains(idOf(record)))
                .filter(record -> after == null || idOf(record).compareTo(after.getFirst()) > 0)
                .sorted(Comparator.comparing(id))
                .limit(limit)
                .map(record -> new Hit(resource(record), List.of(idOf(record))))
                .toList();
    }

    /** Whether every word that is looked for begins a word of the name, accents and case apart. */
    static Predicate<String> named(Criteria criteria) {
        var wanted = criteria.words("name", MOST_WORDS);
        return name -> wanted == null
                || wanted.stream()
                        .allMatch(word -> SearchText.wordsOfName(name).stream().anyMatch(one -> one.startsWith(word)));
    }

    /** Whether a truth value is the one that is looked for. */
    static Predicate<Boolean> flagged(Criteria criteria, String parameter) {
        var wanted = criteria.flag(parameter);
        return value -> wanted == null || wanted.equals(value);
    }
}
