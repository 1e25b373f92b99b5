package app.recado.whatsapp;

import app.recado.kernel.CurrentOrganization;
import app.recado.organizations.ClinicNumbers;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How many of a clinic's lines run, and how many should and do not. */
@Component
class LineNumbers implements ClinicNumbers {

    private final JdbcClient jdbc;

    LineNumbers(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Map<Number, Long> count() {
        return jdbc.sql("""
                        select count(*) filter (where state = 'linked') as linked,
                               count(*) filter (where down_since is not null) as down
                          from whatsapp_line where organization_id = ?
                        """)
                .param(CurrentOrganization.id())
                .query((row, n) ->
                        Map.of(Number.LINES_LINKED, row.getLong("linked"), Number.LINES_DOWN, row.getLong("down")))
                .single();
    }
}
