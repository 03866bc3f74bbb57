package weir.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.util.List;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/// Compiles a Java class that was written for the inputs at hand, as a person would write it by hand.
final class GeneratedJava {
    private GeneratedJava() {}

    /// @param type what the class, with a constructor without parameters, implements
    static <T> T instance(String name, String text, Class<T> type) throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var bytes = new ByteArrayOutputStream();
        var complaints = new StringWriter();
        var source = new SimpleJavaFileObject(URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
        try (var files = new InMemory(compiler.getStandardFileManager(null, null, null), bytes)) {
            boolean compiled = compiler.getTask(
                            complaints,
                            files,
                            null,
                            List.of("-cp", System.getProperty("java.class.path")),
                            null,
                            List.of(source))
                    .call();
            if (!compiled) {
                throw new IOException("the generated class does not compile: " + complaints);
            }
        }
        try {
            return type.cast(new Loader(bytes.toByteArray())
                    .loadClass(name)
                    .getDeclaredConstructor()
                    .newInstance());
        } catch (ReflectiveOperationException wrong) {
            throw new IOException("the generated class does not load", wrong);
        }
    }

    private static final class InMemory extends ForwardingJavaFileManager<JavaFileManager> {
        private final OutputStream bytes;

        InMemory(JavaFileManager files, OutputStream bytes) {
            super(files);
            this.bytes = bytes;
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String name, JavaFileObject.Kind kind, javax.tools.FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("bytes:///" + name), kind) {
                @Override
                public OutputStream openOutputStream() {
                    return bytes;
                }
            };
        }
    }

    private static final class Loader extends ClassLoader {
        private final byte[] bytes;

        Loader(byte[] bytes) {
            super(GeneratedJava.class.getClassLoader());
            this.bytes = bytes;
        }

        @Override
        protected Class<?> findClass(String name) {
            return defineClass(name, bytes, 0, bytes.length);
        }
    }
}
