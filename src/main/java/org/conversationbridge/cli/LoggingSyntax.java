// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.conversationbridge.failure.FailureText;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * The syntax of a logging file in XML, YAML or JSON. Log4j writes a stack for a wrong one, and logs in its own way
 * then.
 */
final class LoggingSyntax {
    private LoggingSyntax() {}

    /** What is wrong with it, with file and line. */
    static Optional<String> problem(Path file, String text) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".xml")) {
            return xml(file, text);
        }
        if (name.endsWith(".yaml") || name.endsWith(".yml")) {
            return yaml(file, text);
        }
        return name.endsWith(".json") || name.endsWith(".jsn") ? json(file, text) : Optional.empty();
    }

    private static Optional<String> xml(Path file, String text) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
            factory.setExpandEntityReferences(false);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new DefaultHandler());
            var unused = builder.parse(new InputSource(new StringReader(text)));
            return Optional.empty();
        } catch (SAXParseException e) {
            return problem(file, e.getLineNumber(), "XML", String.valueOf(e.getMessage()));
        } catch (SAXException | IOException e) {
            return problem(file, 1, "XML", String.valueOf(e.getMessage()));
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("this Java has no parser for XML", e);
        }
    }

    private static Optional<String> yaml(Path file, String text) {
        try {
            new Compose(LoadSettings.builder().build())
                    .composeAllFromString(text)
                    .forEach(document -> {});
            return Optional.empty();
        } catch (MarkedYamlEngineException e) {
            return problem(
                    file, e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1), "YAML", e.getProblem());
        } catch (YamlEngineException e) {
            return problem(file, 1, "YAML", String.valueOf(e.getMessage()));
        }
    }

    private static Optional<String> json(Path file, String text) {
        try {
            var unused = JsonMapper.builder()
                    .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
                    .build()
                    .readTree(text);
            return Optional.empty();
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            return problem(file, line, "JSON", e.getOriginalMessage());
        }
    }

    private static Optional<String> problem(Path file, int line, String language, String reason) {
        return Optional.of(file + " line " + line + ": is not " + language + ": " + FailureText.sentence(reason));
    }
}
