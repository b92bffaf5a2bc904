package io.sluice.app.http;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.Validator;
import java.net.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The API's contract (OpenAPI 3.1), and what traffic has against it: answers that it does not foresee, and requests that the
 * server judges otherwise than the contract does.
 */
final class Contract {

    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch", "head", "options");
    private static final JsonSchemaOptions OPTIONS = new JsonSchemaOptions()
            .setBaseUri("https://contract.invalid/")
            .setDraft(Draft.DRAFT202012)
            .setOutputFormat(OutputFormat.Basic);

    private final JsonObject document;

    Contract(JsonObject document) {
        this.document = document.copy();
    }

    /** One method on one path. */
    record Operation(String method, String path, JsonObject says) {
        @Override
        public String toString() {
            return method + " " + path;
        }

        private boolean isAt(String calledMethod, String calledPath) {
            return method.equals(calledMethod) && calledPath.matches(path.replaceAll("\\{[^}]*}", "[^/]+"));
        }
    }

    List<Operation> operations() {
        List<Operation> all = new ArrayList<>();
        for (String path : document.getJsonObject("paths").fieldNames()) {
            JsonObject methods = document.getJsonObject("paths").getJsonObject(path);
            methods.fieldNames().stream()
                    .filter(METHODS::contains)
                    .forEach(method -> all.add(
                            new Operation(method.toUpperCase(Locale.ROOT), path, methods.getJsonObject(method))));
        }
        return all;
    }

    /** Every good answer that the contract foresees, such as {@code GET /v1/orders 200}. */
    Set<String> goodAnswers() {
        Set<String> all = new TreeSet<>();
        operations()
                .forEach(operation -> operation.says().getJsonObject("responses").fieldNames().stream()
                        .filter(status -> status.matches("[123]\\d\\d"))
                        .forEach(status -> all.add(operation + " " + status)));
        return all;
    }

    /** The answer in the contract's words, such as {@code GET /v1/orders 200}; empty if there is no such operation. */
    Optional<String> named(Exchange exchange) {
        return operation(exchange).map(operation -> operation + " " + exchange.status());
    }

    /** Everything in which the exchange and the contract differ. */
    List<String> faults(Exchange exchange) {
        Optional<Operation> operation = operation(exchange);
        if (operation.isEmpty()) {
            return List.of("no such operation");
        }
        JsonObject responses = operation.get().says().getJsonObject("responses");
        JsonObject response = responses.getJsonObject(
                Integer.toString(exchange.status()), responses.getJsonObject(exchange.status() / 100 + "XX"));
        if (response == null) {
            return List.of("status " + exchange.status() + " is not foreseen");
        }
        return Stream.concat(
                        answerFaults(resolved(response), exchange).stream(),
                        requestFaults(operation.get(), exchange).stream())
                .toList();
    }

    /** What the value has against the schema of this name. */
    List<String> faults(String schema, Object value) {
        return against(new JsonObject().put("$ref", "#/components/schemas/" + schema), value, "");
    }

    private Optional<Operation> operation(Exchange exchange) {
        return operations().stream()
                .filter(operation -> operation.isAt(exchange.method(), exchange.path()))
                .findFirst();
    }

    private List<String> answerFaults(JsonObject response, Exchange exchange) {
        List<String> faults = new ArrayList<>();
        JsonObject headers = response.getJsonObject("headers", new JsonObject());
        for (String name : headers.fieldNames()) {
            JsonObject header = resolved(headers.getJsonObject(name));
            Optional<String> value = exchange.answered().firstValue(name);
            if (value.isEmpty() && header.getBoolean("required", false)) {
                faults.add("the answer's header " + name + " is missing");
            }
            value.ifPresent(text -> faults.addAll(against(header.getJsonObject("schema"), text, name)));
        }
        faults.addAll(body(response.getJsonObject("content"), exchange.answered(), exchange.body(), "answer"));
        return faults;
    }

    /** A request that was taken must be in order; one that was refused for its fields must not. */
    private List<String> requestFaults(Operation operation, Exchange exchange) {
        JsonObject body = operation.says().getJsonObject("requestBody");
        if (exchange.status() < 400) {
            List<String> faults = new ArrayList<>(parameterFaults(operation, exchange));
            boolean isLeftOut = body != null
                    && !body.getBoolean("required", false)
                    && exchange.sent().isEmpty();
            JsonObject content = body == null || isLeftOut ? null : body.getJsonObject("content");
            faults.addAll(body(content, exchange.asked(), exchange.sent(), "request"));
            return faults;
        }
        boolean isRefusedForItsFields = exchange.status() == 422
                && exchange.body().contains("\"/problems/request.")
                && !exchange.body().contains("\"/problems/request.card-number\"");
        boolean isInOrder = body == null
                || body(body.getJsonObject("content"), exchange.asked(), exchange.sent(), "request")
                        .isEmpty();
        return isRefusedForItsFields && isInOrder ? List.of("refused, although the contract allows it") : List.of();
    }

    private List<String> parameterFaults(Operation operation, Exchange exchange) {
        List<String> faults = new ArrayList<>();
        Set<String> known = new TreeSet<>();
        for (Object each : operation.says().getJsonArray("parameters", new JsonArray())) {
            JsonObject parameter = resolved((JsonObject) each);
            String name = parameter.getString("name");
            Optional<String> value = switch (parameter.getString("in")) {
                case "header" -> exchange.asked().firstValue(name);
                case "query" -> {
                    known.add(name);
                    yield queryValue(exchange, name);
                }
                default -> Optional.of(pathValue(operation, exchange, name));
            };
            if (value.isEmpty() && parameter.getBoolean("required", false)) {
                faults.add("taken without " + name);
            }
            value.ifPresent(
                    text -> faults.addAll(against(parameter.getJsonObject("schema"), typed(parameter, text), name)));
        }
        exchange.query().stream()
                .flatMap(query -> Stream.of(query.split("&")))
                .map(pair -> pair.split("=", 2)[0])
                .filter(name -> !known.contains(name))
                .forEach(name -> faults.add("taken with the query parameter " + name));
        return faults;
    }

    private List<String> body(@Nullable JsonObject content, HttpHeaders headers, String body, String whose) {
        if (content == null) {
            return body.isEmpty() ? List.of() : List.of("the " + whose + " has a body");
        }
        JsonObject media = content.getJsonObject(Exchange.type(headers));
        if (media == null) {
            return List.of("the " + whose + "'s media type is " + headers.firstValue("Content-Type"));
        }
        if (!Exchange.type(headers).endsWith("json")) {
            return List.of();
        }
        try {
            return against(media.getJsonObject("schema"), Json.decodeValue(body), "the " + whose);
        } catch (DecodeException notJson) {
            return List.of("the " + whose + " is not JSON");
        }
    }

    private List<String> against(JsonObject schema, Object value, String where) {
        // references are to the whole document, so it goes along
        JsonObject whole = new JsonObject()
                .put("components", document.getJsonObject("components"))
                .mergeIn(schema)
                .copy();
        OutputUnit verdict = Validator.create(JsonSchema.of(whole), OPTIONS).validate(value);
        if (Boolean.TRUE.equals(verdict.getValid())) {
            return List.of();
        }
        List<OutputUnit> errors = verdict.getErrors() == null ? List.of() : verdict.getErrors();
        return errors.isEmpty()
                ? List.of(where + " is not as described")
                : errors.stream()
                        .map(error -> where + " " + error.getInstanceLocation() + " " + error.getError())
                        .toList();
    }

    private JsonObject resolved(JsonObject reference) {
        String pointer = reference.getString("$ref");
        if (pointer == null) {
            return reference;
        }
        JsonObject at = document;
        for (String step : pointer.substring("#/".length()).split("/")) {
            at = at.getJsonObject(step);
        }
        return at;
    }

    private static Optional<String> queryValue(Exchange exchange, String name) {
        return exchange.query().stream()
                .flatMap(query -> Stream.of(query.split("&")))
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> pair.substring(name.length() + 1))
                .findFirst();
    }

    private static String pathValue(Operation operation, Exchange exchange, String name) {
        String[] pattern = operation.path().split("/");
        String[] actual = exchange.path().split("/");
        for (int i = 0; i < pattern.length; i++) {
            if (pattern[i].equals("{" + name + "}")) {
                return actual[i];
            }
        }
        throw new IllegalStateException(operation + " has no " + name + " in its path");
    }

    private static Object typed(JsonObject parameter, String text) {
        boolean isNumber = "integer".equals(parameter.getJsonObject("schema").getString("type"));
        return isNumber && text.matches("-?\\d{1,9}") ? (Object) Integer.valueOf(text) : text;
    }
}
