package app.recado.kernel.schema;

import liquibase.integration.spring.SpringLiquibase;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.stereotype.Component;

/** A process that migrates when it starts waits for locks as briefly as the command does; whoever started it starts it again. */
@Component
class LocksOfTheStart implements BeanPostProcessor {

    @Override
    public Object postProcessBeforeInitialization(Object bean, String name) {
        if (bean instanceof SpringLiquibase liquibase) {
            liquibase.setDataSource(MigrationLocks.over(liquibase.getDataSource()));
        }
        return bean;
    }
}
