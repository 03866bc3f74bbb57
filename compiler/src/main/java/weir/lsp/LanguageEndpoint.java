package weir.lsp;

import com.google.gson.JsonParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.eclipse.lsp4j.jsonrpc.JsonRpcException;
import org.eclipse.lsp4j.jsonrpc.MessageIssueException;
import org.eclipse.lsp4j.jsonrpc.RemoteEndpoint;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.eclipse.lsp4j.jsonrpc.json.JsonRpcMethod;
import org.eclipse.lsp4j.jsonrpc.json.MessageJsonHandler;
import org.eclipse.lsp4j.jsonrpc.messages.Message;
import org.eclipse.lsp4j.jsonrpc.messages.RequestMessage;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseError;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseMessage;
import org.eclipse.lsp4j.jsonrpc.services.ServiceEndpoints;
import org.eclipse.lsp4j.services.LanguageClient;
import org.eclipse.lsp4j.services.LanguageServer;
import weir.ide.Texts;
import weir.model.Catalog;

/// One connection over whole messages, as a WebSocket carries them: hand in what comes, send what comes out.
public final class LanguageEndpoint {
    /// Longer messages are answered with an error; a text of the longest allowed size fits.
    private static final int LONGEST = 16_000_000;
    private static final System.Logger LOG = System.getLogger(LanguageEndpoint.class.getName());

    private final Consumer<String> send;
    private final Object sending = new Object();
    private final MessageJsonHandler json;
    private final RemoteEndpoint remote;

    /// @param texts the documents that texts may use besides those that are open
    /// @param send takes each message to the client, one after the other, on any thread
    public LanguageEndpoint(Catalog catalog, Texts texts, Consumer<String> send) {
        this(catalog, texts, send, Pace.inTurns());
    }

    LanguageEndpoint(Catalog catalog, Texts texts, Consumer<String> send, Pace pace) {
        this.send = send;
        var server = new WeirLanguageServer(catalog, texts, pace);
        Map<String, JsonRpcMethod> methods = new LinkedHashMap<>();
        methods.putAll(ServiceEndpoints.getSupportedMethods(LanguageClient.class));
        methods.putAll(ServiceEndpoints.getSupportedMethods(LanguageServer.class));
        json = new MessageJsonHandler(methods);
        remote = new RemoteEndpoint(this::send, ServiceEndpoints.toEndpoint(server), LanguageEndpoint::error);
        json.setMethodProvider(remote);
        server.connect(ServiceEndpoints.toServiceObject(remote, LanguageClient.class));
    }

    private void send(Message message) {
        send(json.serialize(message));
    }

    private void send(String message) {
        synchronized (sending) {
            send.accept(message);
        }
    }

    /// Takes one message of the client. Never throws; answers are sent when they are found.
    public synchronized void receive(String text) {
        if (text.length() > LONGEST) {
            refuse(ResponseErrorCode.InvalidRequest, "the message is longer than " + LONGEST + " characters");
            return;
        }
        try {
            Message message = json.parseMessage(text);
            if (message == null) {
                refuse(ResponseErrorCode.InvalidRequest, "an empty message");
            } else {
                remote.consume(message);
            }
        } catch (MessageIssueException issue) {
            refuse(issue.getRpcMessage());
        } catch (JsonParseException | IllegalStateException | ClassCastException | NumberFormatException broken) {
            refuse(ResponseErrorCode.ParseError, "this is no JSON-RPC message");
        } catch (JsonRpcException broken) {
            refuse(ResponseErrorCode.InvalidRequest, "this message cannot be handled");
        }
    }

    /// An answer to a request whose parameters are not what the method takes.
    private void refuse(Message message) {
        if (message instanceof RequestMessage request) {
            var answer = new ResponseMessage();
            answer.setRawId(request.getRawId());
            answer.setError(new ResponseError(
                    ResponseErrorCode.InvalidParams,
                    "The parameters of " + request.getMethod() + " cannot be read.",
                    null));
            send(answer);
        } else {
            refuse(ResponseErrorCode.InvalidRequest, "this message cannot be read");
        }
    }

    /// An answer to something that has no id to answer to.
    private void refuse(ResponseErrorCode code, String reason) {
        send("{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":" + code.getValue() + ",\"message\":\"" + reason
                + "\"}}");
    }

    /// What a client is told when answering failed: never the insides.
    private static ResponseError error(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && !(cause instanceof ResponseErrorException)) {
            cause = cause.getCause();
        }
        if (cause instanceof ResponseErrorException told) {
            return told.getResponseError();
        }
        LOG.log(System.Logger.Level.WARNING, "a request of an editor failed", failure);
        return new ResponseError(ResponseErrorCode.InternalError, "The language server could not answer this.", null);
    }
}
