package app.recado.booking;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;

/** What a patient agrees to in a pre-registration, in the words of each language. */
@Schema(name = "PreregistrationPurpose")
enum ConsentPurpose {
    /** That the clinic keeps their data; without it nothing is taken. */
    @JsonProperty("data")
    DATA(
            "Acepto que %s guarde estos datos para atenderme. Puedo pedir verlos, corregirlos o borrarlos.",
            "I agree that %s keeps these data to look after me. I can ask to see, correct or erase them.",
            "Aceito que %s guarde estes dados para me atender. Posso pedir para vê-los, corrigi-los ou apagá-los."),
    /** Messages about their visits. */
    @JsonProperty("care")
    CARE(
            "Quiero que %s me escriba por WhatsApp sobre mis visitas: confirmaciones, recordatorios y cambios.",
            "I want %s to write to me by WhatsApp about my visits: confirmations, reminders and changes.",
            "Quero que %s me escreva por WhatsApp sobre as minhas consultas: confirmações, lembretes e mudanças."),
    @JsonProperty("marketing")
    MARKETING(
            "Quiero recibir también novedades y promociones de %s por WhatsApp.",
            "I also want to receive news and offers from %s by WhatsApp.",
            "Quero receber também novidades e promoções de %s por WhatsApp.");

    private final String es;
    private final String en;
    private final String pt;

    ConsentPurpose(String es, String en, String pt) {
        this.es = es;
        this.en = en;
        this.pt = pt;
    }

    /** The sentence that stands beside the box. @param language es, en or pt-BR */
    String text(String language, String clinic) {
        return switch (language) {
            case "en" -> en.formatted(clinic);
            case "pt-BR" -> pt.formatted(clinic);
            default -> es.formatted(clinic);
        };
    }
}
