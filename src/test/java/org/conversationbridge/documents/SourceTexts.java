// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.documents;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.PackageTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** What the source of the program says in words, as the compiler's parser reads it. */
final class SourceTexts {
    private final List<Text> sentences = new ArrayList<>();
    private final List<Text> comments = new ArrayList<>();
    private final List<Text> names = new ArrayList<>();

    /** A text, and the file it is in. */
    record Text(String file, String text) {}

    private SourceTexts() {}

    static SourceTexts of(Path folder) {
        SourceTexts texts = new SourceTexts();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
                Stream<Path> all = Files.walk(folder)) {
            List<Path> sources =
                    all.filter(file -> file.toString().endsWith(".java")).toList();
            JavacTask task = (JavacTask) compiler.getTask(
                    null, files, null, List.of("-proc:none"), null, files.getJavaFileObjectsFromPaths(sources));
            for (CompilationUnitTree unit : task.parse()) {
                texts.new Reader(DocTrees.instance(task), unit).scan(unit, null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return texts;
    }

    /** Texts of two words and more: what logs, exceptions, help and output are made of. */
    List<Text> sentences() {
        return sentences;
    }

    /** The Javadoc. */
    List<Text> comments() {
        return comments;
    }

    /** The names of methods that are sentences, without their underscores. */
    List<Text> names() {
        return names;
    }

    private final class Reader extends TreePathScanner<@Nullable Void, @Nullable Void> {
        private final DocTrees docs;
        private final String file;

        private Reader(DocTrees docs, CompilationUnitTree unit) {
            this.docs = docs;
            this.file = Path.of(unit.getSourceFile().toUri()).getFileName().toString();
        }

        @Override
        public @Nullable Void visitBinary(BinaryTree node, @Nullable Void none) {
            if (node.getKind() != Tree.Kind.PLUS) {
                return super.visitBinary(node, none);
            }
            StringBuilder sentence = new StringBuilder();
            join(node, sentence);
            add(sentence.toString());
            return none;
        }

        @Override
        public @Nullable Void visitLiteral(LiteralTree node, @Nullable Void none) {
            if (node.getValue() instanceof String text) {
                add(text);
            }
            return none;
        }

        @Override
        public @Nullable Void visitPackage(PackageTree node, @Nullable Void none) {
            comment();
            return super.visitPackage(node, none);
        }

        @Override
        public @Nullable Void visitClass(ClassTree node, @Nullable Void none) {
            comment();
            return super.visitClass(node, none);
        }

        @Override
        public @Nullable Void visitMethod(MethodTree node, @Nullable Void none) {
            comment();
            if (node.getName().toString().contains("_")) {
                names.add(new Text(file, node.getName().toString().replace('_', ' ')));
            }
            return super.visitMethod(node, none);
        }

        @Override
        public @Nullable Void visitVariable(VariableTree node, @Nullable Void none) {
            comment();
            return super.visitVariable(node, none);
        }

        /** A text in parts is one sentence; what is put into it stands as {}. */
        private void join(ExpressionTree part, StringBuilder sentence) {
            if (part instanceof BinaryTree sum && sum.getKind() == Tree.Kind.PLUS) {
                join(sum.getLeftOperand(), sentence);
                join(sum.getRightOperand(), sentence);
            } else if (part instanceof LiteralTree literal && literal.getValue() instanceof String text) {
                sentence.append(text);
            } else {
                sentence.append("{}");
                scan(part instanceof ParenthesizedTree inner ? inner.getExpression() : part, null);
            }
        }

        private void add(String text) {
            if (text.strip().contains(" ")) {
                sentences.add(new Text(file, text));
            }
        }

        private void comment() {
            String comment = docs.getDocComment(getCurrentPath());
            if (comment != null) {
                comments.add(new Text(file, comment));
            }
        }
    }
}
