package app.recado.patients;

import static app.recado.patients.PatientRegisterTest.named;
import static org.assertj.core.api.Assertions.assertThat;

import app.recado.testing.Api;
import app.recado.testing.Api.Answer;
import app.recado.testing.Clinics;
import app.recado.testing.RecadoTest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Patients of one register who may be one person. */
@RecadoTest
class PatientPairsTest {

    @Autowired
    Clinics clinics;

    private static Answer register(
            Api desk, String given, String family, @Nullable String phone, @Nullable String birth) {
        var body = new HashMap<String, @Nullable Object>(named(given, family, phone));
        body.put("birthDate", birth);
        var answer = desk.post("/patients", body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer;
    }

    /** Every page, each pair as two names and its score. */
    private static List<String> pairs(Api desk, int limit) {
        var found = new ArrayList<String>();
        var cursor = "";
        do {
            var page = desk.get("/patients/duplicate-pairs?limit=" + limit + cursor);
            assertThat(page.status()).as(page.text()).isEqualTo(200);
            assertThat(page.json().at("/items").size()).isLessThanOrEqualTo(limit);
            page.json()
                    .at("/items")
                    .forEach(pair -> found.add("%s, %s: %d"
                            .formatted(
                                    pair.at("/one/displayName").asString(),
                                    pair.at("/other/displayName").asString(),
                                    pair.at("/score").asInt())));
            cursor = page.json().at("/nextCursor").isNull() ? "" : "&cursor=" + page.at("/nextCursor");
        } while (!cursor.isEmpty());
        return found;
    }

    @Test
    void pairs_are_listed_page_by_page_until_somebody_says_that_they_are_two() {
        var desk = clinics.open().receptionist();
        var ana = register(desk, "Ana", "Núñez", "011 15-2345-6789", "1984-02-29");
        var nunes = register(desk, "Ana", "Nuñes", "011 15-2345-6789", "1984-02-29");
        register(desk, "Leo", "Núñez", "011 15-2345-6789", "2019-05-01"); // a child at the mother's phone
        register(desk, "Eva", "Paz", null, null);
        register(desk, "Eva", "Paz", null, null);
        register(desk, "Eva", "Paz", null, "1990-01-01");
        register(desk, "Pía", "Sosa", null, "1970-01-01");
        register(desk, "Pía", "Sosa", null, "1971-01-01"); // the same name, born on another day
        var all = pairs(desk, 50);
        assertThat(all).hasSize(4);
        assertThat(all.getFirst()).matches("Ana Nuñes, Ana Núñez: \\d\\d");
        assertThat(all.subList(1, 4)).containsOnly("Eva Paz, Eva Paz: 50");
        assertThat(pairs(desk, 1)).isEqualTo(all);

        var address = "/patients/%s/distinct-from/%s".formatted(ana.id(), nunes.id());
        assertThat(desk.put(address, null).status()).isEqualTo(204);
        assertThat(desk.put(address, null).status()).isEqualTo(204);
        assertThat(pairs(desk, 50)).isEqualTo(all.subList(1, 4));
        var otherWay = "/patients/%s/distinct-from/%s".formatted(nunes.id(), ana.id());
        assertThat(desk.delete(otherWay).status()).isEqualTo(204);
        assertThat(desk.delete(otherWay).status()).isEqualTo(404);
        assertThat(pairs(desk, 50)).isEqualTo(all);
    }

    /** The register is walked in pieces of a hundred; a pair behind the first one is found by the same page. */
    @Test
    void a_pair_is_found_wherever_it_stands_in_the_register() {
        var desk = clinics.open().receptionist();
        for (int i = 0; i < 105; i++) {
            register(desk, "Ana", "%c%cx".formatted('a' + i / 26, 'a' + i % 26), null, null);
        }
        register(desk, "Zoe", "Zzz", null, null);
        register(desk, "Zoe", "Zzz", null, null);
        var page = desk.get("/patients/duplicate-pairs?limit=2");
        assertThat(page.at("/items/0/one/displayName")).isEqualTo("Zoe Zzz");
        assertThat(page.json().at("/items").size()).isOne();
        assertThat(page.json().at("/nextCursor").isNull()).isTrue();
    }
}
