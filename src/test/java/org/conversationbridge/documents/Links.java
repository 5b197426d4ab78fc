// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.documents;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The relative links of Markdown files, as GitHub follows them. */
public final class Links {
    private static final Pattern LINK = Pattern.compile("\\[[^\\]]*]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.+?) *$");
    private static final Set<String> NOT_OURS = Set.of(".git", "target", "node_modules", "lib");

    private Links() {}

    /** The Markdown files below a folder, but for those of builds. */
    public static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> Stream.iterate(folder.relativize(file), path -> path != null, Path::getParent)
                            .noneMatch(
                                    path -> NOT_OURS.contains(path.getFileName().toString())))
                    .sorted()
                    .toList();
        }
    }

    /**
     * The links of a file that lead nowhere: the file or folder, or its heading, is not there or lies outside of the
     * folder.
     */
    public static List<String> dead(Path file, Path folder) throws IOException {
        List<String> dead = new ArrayList<>();
        Matcher link = LINK.matcher(withoutCode(Files.readString(file)));
        while (link.find()) {
            String target = link.group(1);
            if (!target.matches("[a-z]+:.*") && !leadsSomewhere(file, folder, target)) {
                dead.add(file + " -> " + target);
            }
        }
        return dead;
    }

    private static boolean leadsSomewhere(Path file, Path folder, String target) {
        int hash = target.indexOf('#');
        String path = hash < 0 ? target : target.substring(0, hash);
        Path there = path.isEmpty() ? file : file.resolveSibling(path).normalize();
        return Files.exists(there)
                && there.toAbsolutePath()
                        .normalize()
                        .startsWith(folder.toAbsolutePath().normalize())
                && (hash < 0 || anchors(there).contains(target.substring(hash + 1)));
    }

    /**
     * As GitHub makes them of headings: lower case, without punctuation, blanks as hyphens, a number for the second
     * one.
     */
    private static Set<String> anchors(Path file) {
        Set<String> anchors = new HashSet<>();
        Map<String, Integer> times = new HashMap<>();
        Matcher heading = HEADING.matcher(withoutCode(text(file)));
        while (heading.find()) {
            String anchor = heading.group(1)
                    .replaceAll("\\[([^\\]]*)]\\([^)]*\\)", "$1")
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N} _-]", "")
                    .replace(' ', '-');
            int before = times.merge(anchor, 1, Integer::sum) - 1;
            anchors.add(before == 0 ? anchor : anchor + "-" + before);
        }
        return anchors;
    }

    private static String withoutCode(String text) {
        return text.replaceAll("(?s)```.*?```", "");
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
