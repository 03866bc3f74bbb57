package weir.sandbox;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.Arrays;

/// A process that a script has taken over: it greets, and then does what it was started for.
public final class HostileChild {
    private HostileChild() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        var in = new Wire.In(new FileInputStream(FileDescriptor.in));
        var raw = new FileOutputStream(FileDescriptor.out);
        var out = new Wire.Out(raw);
        if (arguments[0].equals("dies at once")) {
            return;
        }
        in.read();
        out.send(new Message.Ready(Wire.VERSION));
        if (arguments[0].equals("does not read")) {
            Thread.sleep(600_000);
        }
        while (true) {
            if (in.read() instanceof Message.Run(long request, long _, int _, String given)) {
                harm(arguments[0], in, out, raw, request, given);
            }
        }
    }

    private static void harm(String how, Wire.In in, Wire.Out out, FileOutputStream raw, long request, String given)
            throws IOException, InterruptedException {
        switch (how) {
            case "floods" -> {
                byte[] page = new byte[1 << 16];
                Arrays.fill(page, (byte) '=');
                while (true) {
                    raw.write(page);
                }
            }
            case "announces more than there is" -> raw.write(new byte[] {0x7f, 0x7f, 0x7f, 0x7f, 7});
            case "sends a Java object" -> raw.write(new byte[] {(byte) 0xac, (byte) 0xed, 0, 5, 0x73, 0x72});
            case "answers another" -> out.send(new Message.Result(request + 1, "=1"));
            case "answers twice" -> {
                out.add(new Message.Result(request, "=1"));
                out.send(new Message.Result(request, "=1"));
            }
            case "answers with nothing" -> out.send(new Message.Result(request, ""));
            case "gives orders" -> out.send(new Message.Forget(1));
            case "is ready again" -> out.send(new Message.Ready(Wire.VERSION));
            case "calls twice at once" -> {
                out.add(new Message.Call(request, "$f_slow", "[]"));
                out.send(new Message.Call(request, "$f_slow", "[]"));
            }
            case "calls without end" -> {
                while (true) {
                    out.send(new Message.Call(request, "$f_slow", "[]"));
                    in.read();
                }
            }
            case "calls for another" -> out.send(new Message.Call(request + 1, "time.add", "[]"));
            case "does not answer" -> Thread.sleep(600_000);
            case "burns" -> {
                while (!Thread.interrupted()) {
                    Thread.onSpinWait();
                }
            }
            case "gives what is no JSON" -> out.send(new Message.Result(request, "={{{"));
            case "complains in a strange way" -> out.send(new Message.Result(request, "![1]"));
            case "gives a secret" -> out.send(new Message.Result(request, "={\"$secret\":[{\"name\":\"KEY\"}]}"));
            case "calls what it may not" -> {
                out.send(new Message.Call(request, "$f_private", "[]"));
                out.send(new Message.Result(request, ((Message.Answer) in.read()).told()));
            }
            case "calls with a secret" -> {
                out.send(new Message.Call(request, "$f_public", "[{\"$secret\":[{\"name\":\"KEY\"}]}]"));
                out.send(new Message.Result(request, ((Message.Answer) in.read()).told()));
            }
            case "calls with nonsense" -> {
                out.send(new Message.Call(request, "$f_public", "7"));
                out.send(new Message.Result(request, ((Message.Answer) in.read()).told()));
            }
            case "behaves" -> out.send(new Message.Result(request, "=" + given));
            default -> throw new IllegalArgumentException(how);
        }
    }
}
