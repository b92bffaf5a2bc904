package io.sluice.app.config;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Flattens a YAML file to dotted keys, each with the line that it stands on. */
final class YamlKeys {

    private final Path file;
    private final List<Problem> problems;
    private final Map<String, Given> keys = new LinkedHashMap<>();
    private final Set<String> seen = new HashSet<>();

    private YamlKeys(Path file, List<Problem> problems) {
        this.file = file;
        this.problems = problems;
    }

    /** The keys of the file, as far as it can be read; what cannot is added to the problems. */
    static Map<String, Given> read(Path file, List<Problem> problems) {
        YamlKeys reading = new YamlKeys(file, problems);
        try (JsonParser parser = new YAMLFactory().createParser(Files.readString(file))) {
            reading.document(parser);
        } catch (JsonParseException e) {
            // the parser's own words quote the line, and that may be the one with the secret
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            problems.add(new Problem(
                    file + ":" + line, "is not well-formed YAML here or just before; check indentation and quotes"));
        } catch (NoSuchFileException e) {
            problems.add(new Problem(file.toString(), "there is no such file; is it spelled right?"));
        } catch (IOException e) {
            problems.add(new Problem(
                    file.toString(), "cannot be read (" + e.getClass().getSimpleName() + "); is it readable UTF-8?"));
        }
        return reading.keys;
    }

    private void document(JsonParser parser) throws IOException {
        JsonToken first = parser.nextToken();
        if (first == null || first == JsonToken.VALUE_NULL) {
            return;
        }
        if (first != JsonToken.START_OBJECT) {
            problem(parser, "", "must start with keys, such as \"http:\"");
            return;
        }
        section(parser, "");
        if (parser.nextToken() != null) {
            problem(parser, "", "holds a second YAML document; keep everything in one");
        }
    }

    private void section(JsonParser parser, String prefix) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = prefix + parser.currentName();
            if (!seen.add(key)) {
                problem(parser, key, "is given twice; keep one");
            }
            value(parser, key);
        }
    }

    private void value(JsonParser parser, String key) throws IOException {
        JsonToken token = parser.nextToken();
        String origin = file + ":" + parser.currentTokenLocation().getLineNr();
        if (token == JsonToken.START_OBJECT) {
            section(parser, key + ".");
        } else if (token == JsonToken.START_ARRAY) {
            keys.put(key, Given.list(list(parser, key), origin));
        } else {
            keys.put(key, Given.scalar(token == JsonToken.VALUE_NULL ? "" : parser.getText(), origin));
        }
    }

    private List<String> list(JsonParser parser, String key) throws IOException {
        List<String> items = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            if (token.isScalarValue()) {
                items.add(parser.getText());
            } else {
                problem(parser, key, "is a list of plain values; an element here is a list or a section itself");
                parser.skipChildren();
            }
        }
        return items;
    }

    private void problem(JsonParser parser, String key, String what) {
        String place = file + ":" + parser.currentTokenLocation().getLineNr();
        problems.add(new Problem(key.isEmpty() ? place : key + " (" + place + ")", what));
    }
}
