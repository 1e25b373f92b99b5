package app.recado.kernel.web;

import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Problem;
import app.recado.kernel.Versioned;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;

/** ETag on the way out for every {@link Versioned} record, If-Match on the way in as {@link ExpectedVersion}. */
@RestControllerAdvice
class ETags implements ResponseBodyAdvice<Object>, HandlerMethodArgumentResolver {

    private static final Pattern STRONG = Pattern.compile("\"v(\\d{1,18})\"");

    @Override
    public boolean supports(MethodParameter type, Class<? extends HttpMessageConverter<?>> converter) {
        return true;
    }

    @Override
    public @Nullable Object beforeBodyWrite(
            @Nullable Object body,
            MethodParameter type,
            MediaType contentType,
            Class<? extends HttpMessageConverter<?>> converter,
            ServerHttpRequest request,
            ServerHttpResponse response) {
        if (body instanceof Versioned versioned) {
            response.getHeaders().setETag("\"v" + versioned.version() + "\"");
        }
        return body;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == ExpectedVersion.class;
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        var header = request.getHeader(HttpHeaders.IF_MATCH);
        if (header == null || header.isBlank()) {
            throw Problem.IF_MATCH_REQUIRED.because("Read the record and send its ETag");
        }
        var matcher = STRONG.matcher(header.strip());
        if (!matcher.matches()) {
            throw Problem.INVALID_PARAMETER.because("If-Match must be an ETag of this record, such as \"v3\"");
        }
        return new ExpectedVersion(Long.parseLong(matcher.group(1)));
    }
}
