package app.recado.devstack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MailPageTest {

    @Test
    void markup_in_a_mail_is_shown_and_never_run() {
        var shown = MailPage.linked("Hola <script>alert(1)</script> <img src=x onerror=alert(1)> & adiós");
        assertThat(shown).doesNotContain("<script").doesNotContain("<img").contains("&amp; adiós");
    }

    @Test
    void links_to_this_machine_can_be_followed_and_others_are_text() {
        var shown = MailPage.linked("Abre http://localhost:8180/realms/recado?key=a&b=c o http://evil.example/x");
        assertThat(shown)
                .contains("href=\"http://localhost:8180/realms/recado?key=a&amp;b=c\"")
                .doesNotContain("href=\"http://evil");
    }
}
