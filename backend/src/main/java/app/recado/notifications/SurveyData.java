package app.recado.notifications;

import app.recado.patients.PatientData;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What patients said of their visits stands in the copy of their data. */
@Configuration(proxyBeanMethods = false)
class SurveyData {

    @Bean
    PatientData surveyAnswerData() {
        return new PatientData("surveyAnswers", "survey_answer", """
                select json_build_object('appointment', s.appointment_id, 'rating', s.rating, 'at', s.answered_at)
                  from survey_answer s
                  join appointment a on a.organization_id = s.organization_id and a.id = s.appointment_id
                 where s.organization_id = :org and a.patient_id = :patient order by s.answered_at, s.appointment_id
                """);
    }
}
