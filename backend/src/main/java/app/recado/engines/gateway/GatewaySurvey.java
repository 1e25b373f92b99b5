package app.recado.engines.gateway;

import app.recado.engines.setaside.SetAsideEvents;
import app.recado.kernel.SqlTime;
import app.recado.kernel.tenancy.WorkerDatabase;
import app.recado.whatsapp.EngineSurvey;
import app.recado.whatsapp.EngineUnavailable;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Repository;

/** The gateway's figures, and what it told, over all clinics. */
@Repository
class GatewaySurvey implements EngineSurvey {

    private final WorkerDatabase worker;
    private final Gateway gateway;
    private final SetAsideEvents setAside;

    GatewaySurvey(WorkerDatabase worker, Gateway gateway, SetAsideEvents setAside) {
        this.worker = worker;
        this.gateway = gateway;
        this.setAside = setAside;
    }

    @Override
    public long inboundSince(Instant since) {
        return worker.jdbc()
                .sql("select count(*) from gateway_event where at >= ? and type = 'message.inbound'")
                .param(SqlTime.at(since))
                .query(Long.class)
                .single();
    }

    @Override
    public Optional<GatewayFigures> gateway() {
        try {
            return Optional.of(gateway.figures());
        } catch (EngineUnavailable e) {
            return Optional.empty();
        }
    }

    @Override
    public long setAsideEvents() {
        return setAside.count();
    }
}
