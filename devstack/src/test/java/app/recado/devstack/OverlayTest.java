package app.recado.devstack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class OverlayTest {

    @Test
    void a_field_of_the_overlay_wins_and_others_stay() {
        assertThat(overlaid("{'a':1,'b':{'c':2,'d':3}}", "{'b':{'c':9}}")).isEqualTo(json("{'a':1,'b':{'c':9,'d':3}}"));
    }

    @Test
    void entries_of_a_list_merge_by_name_and_new_ones_are_appended() {
        assertThat(overlaid(
                        "{'clients':[{'clientId':'x','on':true},{'clientId':'y'}]}",
                        "{'clients':[{'clientId':'x','on':false},{'clientId':'z'}]}"))
                .isEqualTo(json("{'clients':[{'clientId':'x','on':false},{'clientId':'y'},{'clientId':'z'}]}"));
    }

    @Test
    void plain_values_of_a_list_are_joined_without_repetition() {
        assertThat(overlaid("{'uris':['a','b']}", "{'uris':['b','c']}")).isEqualTo(json("{'uris':['a','b','c']}"));
    }

    @Test
    void the_document_below_is_left_as_it_was() {
        var base = json("{'list':[{'name':'x'}]}");
        Realm.overlaid(base, json("{'list':[{'name':'x','more':1}]}"));
        assertThat(base).isEqualTo(json("{'list':[{'name':'x'}]}"));
    }

    private static JsonNode overlaid(String base, String overlay) {
        return Realm.overlaid(json(base), json(overlay));
    }

    private static JsonNode json(String text) {
        return JsonMapper.builder().build().readTree(text.replace('\'', '"'));
    }
}
