package app.recado.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Lists are walked through page by page. */
class PagesTest {

    private record Page(List<Integer> items, @Nullable String next) {}

    @Test
    void a_page_is_asked_for_when_the_one_before_is_used_up() {
        var asked = new ArrayList<String>();
        var items = Pages.items(
                cursor -> {
                    asked.add(String.valueOf(cursor));
                    return cursor == null ? new Page(List.of(1, 2), "b") : new Page(List.of(3), null);
                },
                Page::items,
                Page::next);
        var iterator = items.iterator();
        assertThat(iterator.next()).isEqualTo(1);
        assertThat(iterator.next()).isEqualTo(2);
        assertThat(asked).containsExactly("null");
        assertThat(iterator.next()).isEqualTo(3);
        assertThat(iterator.hasNext()).isFalse();
        assertThat(asked).containsExactly("null", "b");
    }

    @Test
    void an_empty_page_in_between_ends_nothing() {
        assertThat(Pages.items(
                                cursor -> cursor == null ? new Page(List.of(), "b") : new Page(List.of(1), null),
                                Page::items,
                                Page::next)
                        .toList())
                .containsExactly(1);
    }
}
