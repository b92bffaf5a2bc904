package io.sluice.gateway.docs;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;

/** The contract as one page of plain HTML: no script, no third party. */
final class DocsPage {

    private static final String STYLE = """
            :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
            body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
            h2 { border-bottom: 1px solid; margin-top: 2.5rem; }
            h3 { font-family: ui-monospace, monospace; font-size: 1rem; margin-bottom: .25rem; }
            .method { display: inline-block; min-width: 4.5rem; text-transform: uppercase; font-weight: 700; }
            p { margin: .25rem 0 .25rem 4.5rem; }
            code { font-family: ui-monospace, monospace; }
            """;

    /** For the page's content security policy. */
    static final String STYLE_HASH = hash(STYLE);

    private final JsonNode contract;

    DocsPage(JsonNode contract) {
        this.contract = contract;
    }

    String html() {
        StringBuilder html = new StringBuilder(8_192)
                .append("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
                .append("<title>Sluice API</title><style>")
                .append(STYLE)
                .append("</style></head><body><h1>Sluice API</h1><div>")
                .append(text(contract.at("/info/description")))
                .append(
                        "</div><div>The whole contract: <a href=\"/openapi.json\">openapi.json</a> (OpenAPI 3.1).</div>");
        contract.get("tags").forEach(tag -> section(html, tag));
        return html.append("</body></html>").toString();
    }

    private void section(StringBuilder html, JsonNode tag) {
        html.append("<h2>").append(text(tag.get("description"))).append("</h2>");
        contract.get("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(operation -> {
                    if (operation
                            .getValue()
                            .at("/tags/0")
                            .asText()
                            .equals(tag.get("name").asText())) {
                        operation(html, operation.getKey(), path.getKey(), operation.getValue());
                    }
                }));
    }

    private static void operation(StringBuilder html, String method, String path, JsonNode operation) {
        html.append("<h3><span class=\"method\">")
                .append(escape(method.toUpperCase(Locale.ROOT)))
                .append("</span>")
                .append(escape(path))
                .append("</h3><p>")
                .append(text(operation.get("summary")))
                .append(".</p>");
        if (operation.has("description")) {
            html.append("<p>").append(text(operation.get("description"))).append("</p>");
        }
        JsonNode body = operation.at("/requestBody/content/application~1json/schema/$ref");
        if (!body.isMissingNode()) {
            String reference = body.asText();
            html.append("<p>Body: <code>")
                    .append(escape(reference.substring(reference.lastIndexOf('/') + 1)))
                    .append("</code></p>");
        }
        if (operation.has("security")) {
            html.append("<p>Without signing in.</p>");
        }
    }

    private static String text(JsonNode node) {
        return escape(node.asText());
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static String hash(String style) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
