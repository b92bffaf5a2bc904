package io.sluice.gateway.http;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Each method on each path that a router serves. Routes without a path or without a method serve nothing by themselves. */
final class ServedPaths {

    private final List<Served> all;

    private record Served(HttpMethod method, String path) {
        boolean isAt(String called) {
            String[] wanted = path.split("/", -1);
            String[] given = called.split("/", -1);
            boolean isSo = wanted.length == given.length;
            for (int i = 0; isSo && i < wanted.length; i++) {
                isSo = wanted[i].startsWith(":") ? !given[i].isEmpty() : wanted[i].equals(given[i]);
            }
            return isSo;
        }
    }

    private ServedPaths(List<Served> all) {
        this.all = all;
    }

    static ServedPaths of(Router router) {
        return new ServedPaths(router.getRoutes().stream()
                .filter(route -> route.getPath() != null && route.methods() != null)
                .flatMap(route -> route.methods().stream().map(method -> new Served(method, route.getPath())))
                .toList());
    }

    /** Such as {@code GET /v1/orders/:id}. That HEAD is served as well goes without saying, here as in the contract. */
    Set<String> names() {
        return all.stream()
                .filter(each -> !each.method().equals(HttpMethod.HEAD))
                .map(each -> each.method() + " " + each.path())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The methods that are served at this path, as the header {@code Allow} lists them; empty if there is nothing. */
    String allowedAt(String path) {
        return all.stream()
                .filter(each -> each.isAt(path))
                .map(each -> each.method().name())
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    }
}
