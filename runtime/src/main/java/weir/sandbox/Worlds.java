package weir.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The worlds that scripts run in. A world belongs to one organisation until its end: what a script could leave behind
/// in it, were there a way, is found by nobody else. There are only so many; who needs one more takes the place of the
/// one that was idle longest. Shared between threads.
final class Worlds {
    private final Supplier<World> maker;
    private final int most;
    /// The one that was used last is the last.
    private final List<Idle> idle = new ArrayList<>();
    private int count;
    private boolean closed;

    private record Idle(int organisation, World world) {}

    /// @param most how many there may be, at least as many as threads
    Worlds(Supplier<World> maker, int most) {
        this.maker = maker;
        this.most = most;
    }

    /// A world of that organisation. Has to be given back, or ended.
    World take(int organisation) {
        var known = known(organisation);
        if (known != null) {
            return known;
        }
        var old = makePlace();
        if (old != null) {
            old.close();
        }
        try {
            return maker.get();
        } catch (RuntimeException | Error problem) {
            forget();
            throw problem;
        }
    }

    private synchronized @Nullable World known(int organisation) {
        for (int i = idle.size() - 1; i >= 0; i--) {
            if (idle.get(i).organisation == organisation) {
                return idle.remove(i).world;
            }
        }
        return null;
    }

    /// @return which one has to go
    private synchronized @Nullable World makePlace() {
        if (count >= most && !idle.isEmpty()) {
            return idle.removeFirst().world;
        }
        count++;
        return null;
    }

    void giveBack(int organisation, World world) {
        if (world.isWorn() || !kept(organisation, world)) {
            end(world);
        }
    }

    private synchronized boolean kept(int organisation, World world) {
        return !closed && idle.add(new Idle(organisation, world));
    }

    /// For one that a script was stopped in.
    void end(World world) {
        forget();
        world.close();
    }

    private synchronized void forget() {
        count--;
    }

    synchronized int count() {
        return count;
    }

    /// Those in use end when they are given back.
    synchronized void close() {
        closed = true;
        count -= idle.size();
        idle.forEach(one -> one.world.close());
        idle.clear();
    }
}
