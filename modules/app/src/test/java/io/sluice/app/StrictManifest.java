package io.sluice.app;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A Kubernetes manifest read into its typed form, with everything that its type does not know refused.
 *
 * <p>The client library alone is lenient: an unknown field lands in a map beside the known ones, and an unknown kind or
 * version in a generic resource. A server with strict validation would refuse both, but only at deployment.
 */
record StrictManifest(HasMetadata resource) {

    private static final KubernetesSerialization YAML = new KubernetesSerialization();
    private static final String MODEL = "io.fabric8.kubernetes.api.model";

    /**
     * Reads every document of a YAML stream.
     *
     * @throws IllegalArgumentException naming kind or path of the first thing that is not known
     */
    static List<StrictManifest> readAll(String yaml) {
        return Arrays.stream(yaml.split("(?m)^---\\s*$"))
                .filter(document -> !document.isBlank())
                .map(StrictManifest::read)
                .toList();
    }

    private static StrictManifest read(String yaml) {
        Object parsed = YAML.unmarshal(yaml);
        if (!(parsed instanceof HasMetadata resource) || parsed instanceof GenericKubernetesResource) {
            throw new IllegalArgumentException("no known kind and apiVersion: " + parsed);
        }
        List<String> unknown = new ArrayList<>();
        collectUnknown(resource, resource.getKind(), unknown);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("unknown fields: " + unknown);
        }
        return new StrictManifest(resource);
    }

    private static void collectUnknown(@Nullable Object node, String path, List<String> unknown) {
        switch (node) {
            case null -> {
                // absent
            }
            case Collection<?> items -> {
                int index = 0;
                for (Object item : items) {
                    collectUnknown(item, path + "[" + index++ + "]", unknown);
                }
            }
            case Map<?, ?> entries -> entries.forEach((key, value) -> collectUnknown(value, path + "." + key, unknown));
            case Object other
            when other.getClass().getName().startsWith(MODEL) -> collectUnknownFields(other, path, unknown);
            default -> {
                // a scalar: nothing below it
            }
        }
    }

    private static void collectUnknownFields(Object node, String path, List<String> unknown) {
        for (Class<?> type = node.getClass(); type != null && type != Object.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (Modifier.isStatic(field.getModifiers()) || field.isEnumConstant()) {
                    continue;
                }
                Object value = valueOf(field, node);
                if (field.getName().equals("additionalProperties") && value instanceof Map<?, ?> surplus) {
                    surplus.keySet().forEach(key -> unknown.add(path + "." + key));
                } else {
                    collectUnknown(value, path + "." + field.getName(), unknown);
                }
            }
        }
    }

    private static @Nullable Object valueOf(Field field, Object node) {
        try {
            field.setAccessible(true);
            return field.get(node);
        } catch (IllegalAccessException e) {
            throw new LinkageError("the model's fields can no longer be read: " + field, e);
        }
    }
}
