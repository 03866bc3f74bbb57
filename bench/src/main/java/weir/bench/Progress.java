package weir.bench;

/// What is going on, on standard error, so that standard output holds nothing but figures.
final class Progress {
    private Progress() {}

    static void say(String what) {
        System.err.println("bench: " + what.strip() + " …");
    }
}
