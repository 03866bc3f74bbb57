package weir.bench;

/// Programs of any length: the same declarations over and over under other names, with what workflows are made of.
final class ProgramText {
    private static final String PART = """
        /// A paid order, the %1$d. of its kind.
        type Order%1$d = {
          id: string
          customer: { id: string, email: string, tier: "gold" | "silver" | "none" }
          lines: [{ sku: string, qty: int, price: number }]
          coupon?: string
        }

        /// What a customer gets off.
        rules discount_%1$d(tier: "gold" | "silver" | "none", total: number) -> { rate: number, reason: string } first {
          | tier             | total       || rate | reason           |
          | ---------------- | ----------- || ---- | ---------------- |
          | "gold"           | >= 500      || 0.15 | "gold, big cart" |
          | "gold", "silver" | 100 ..< 500 || 0.08 | "loyal"          |
          | -                | >= 1000     || 0.05 | "big cart"       |
          | else             |             || 0    | "list price"     |
        }

        function total_%1$d(order: Order%1$d) -> number =
          order.lines.reduce((sum, line) => sum + line.qty * line.price, 0)

        workflow order_intake_%1$d(order: Order%1$d) -> { invoice: string, lines: int } {
          on webhook(method: "POST", path: "/orders/%1$d")

          priority high
          once per order.id within 24h
          timeout 3d

          let total = total_%1$d(order)
          let offer = discount_%1$d(order.customer.tier, total)
          // Whoever buys this much is looked at by a person.
          if (total > 10_000) {
            step approval = ask `Take ${order.id} over ${total} EUR?` of role("sales") up to 2h
            if (!approval?.approved) {
              fail "refused"
            }
          }
          step invoice = http.post(
            url: `https://invoices.example.com/${url.encode(order.id)}`,
            body: { id: order.id, amount: Math.round(total * (1 - offer.rate) * 100), reason: offer.reason },
            auth: bearer(secret("INVOICES"))
          ) {
            retry 5 times from 500ms to 30s
            timeout 10s
            key order.id
          }
          for line of order.lines at most 8 at once {
            step http.put(url: `https://stock.example.com/${line.sku}`, body: { qty: line.qty, coupon: order.coupon ?? "" }) {
              on error continue
            }
          }
          switch (order.customer.tier) {
            case "gold", "silver" {
              emit "order.loyal" { id: order.id }
            }
            case "none" {
              log `${order.id}: ${offer.reason}`
            }
          }
          return { invoice: String(invoice.body), lines: order.lines.length }
        }

        test "a small order goes through, number %1$d" {
          mock http.post returns { status: 201, body: "i1" }
          mock http.put returns { status: 200 }
          run order_intake_%1$d(
            order: { id: "o1", customer: { id: "c", email: "a@b.c", tier: "gold" }, lines: [{ sku: "x", qty: 1, price: 2 }] }
          )
          expect result.lines === 1
        }

        """;

    private ProgramText() {}

    /// Whole declarations until there are so many lines.
    static String of(int lines) {
        long each = PART.lines().count();
        var text = new StringBuilder();
        for (int i = 1; (i - 1) * each < lines; i++) {
            text.append(PART.formatted(i));
        }
        return text.toString();
    }
}
