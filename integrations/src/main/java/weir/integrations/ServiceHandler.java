package weir.integrations;

import weir.value.Value;
import weir.worker.Egress;
import weir.worker.Handler;
import weir.worker.StepFailure;

/// The actions of `integration` blocks: requests that stand in the graph as data.
public final class ServiceHandler implements Handler {
    private final Egress egress;
    private final Connections connections;

    public ServiceHandler(Egress egress, Connections connections) {
        this.egress = egress;
        this.connections = connections;
    }

    @Override
    public Value perform(Call call) throws StepFailure, InterruptedException {
        var service = call.plan().library().service(call.integration());
        var action = service.flatMap(known -> known.action(call.action()));
        if (service.isEmpty() || action.isEmpty()) {
            throw StepFailure.permanent(
                    "unknown_action", call.integration() + " has no action \"" + call.action() + "\"");
        }
        return new ServiceCall(egress, connections, call, service.get(), action.get()).perform();
    }
}
