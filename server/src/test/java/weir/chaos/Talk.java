package weir.chaos;

/// Runs that talk to each other and to people; for everybody who wants to see whether they are heard.
public final class Talk {
    /// `family(n)` has a child, waits for an event that the child sends, and asks a person; the event starts
    /// `counted(n)`.
    public static final String TEXT = """
            workflow family(n: int) -> { twice: int } {
              parallel {
                child {
                  step twice = helper(n: n)
                }
                news {
                  step heard = wait for "helped" -> { n: int } where event.n === n up to 10m
                }
                person {
                  step said = ask `Go on with ${n}?` of role("helpers") up to 10m
                }
              }
              if (heard === null || said === null) {
                fail "not told"
              }
              return { twice }
            }

            workflow helper(n: int) -> int {
              wait 200ms
              emit "helped" { n }
              return n * 2
            }

            workflow counted(n: int) -> int {
              on event("helped") with { n: event.n }

              return n
            }
            """;

    private Talk() {}
}
