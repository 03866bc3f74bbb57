// What the mock server has deployed when it starts.
export const TEXTS = {
  'orders.weir': `/// A paid web-shop order.
type Order = {
  id: string
  customer: { id: string, email: string, tier: "gold" | "silver" | "none" }
  lines: [{ sku: string, qty: int, price: number }]
  coupon?: string
}

/// What a customer gets off.
rules discount(tier: "gold" | "silver" | "none", total: number) -> { rate: number, reason: string } first {
  | tier             | total       || rate | reason           |
  | ---------------- | ----------- || ---- | ---------------- |
  | "gold"           | >= 500      || 0.15 | "gold, big cart" |
  | "gold", "silver" | 100 ..< 500 || 0.08 | "loyal"          |
  | -                | >= 1000     || 0.05 | "big cart"       |
  | else             |             || 0    | "list price"     |
}

/// Takes an order from the shop to the warehouse: prices it, charges it, holds the stock and tells the team.
workflow order_intake(order: Order) -> { invoice: string } {
  on webhook(method: "POST", path: "/orders")
  on event("order.imported")

  priority high
  once per order.id within 24h

  let total = order.lines.reduce((sum, line) => sum + line.qty * line.price, 0)
  let offer = discount(order.customer.tier, total)

  if (total > 5000) {
    step approval = http.post(url: "https://approvals.example.com", body: { order: order.id, total })
    log \`asked for approval of \${order.id}\`
  }

  parallel {
    payment {
      step charge = http.post(url: "https://flaky.example.com/charges", body: { amount: Math.round(total * 100) }) {
        retry 5 times from 500ms to 30s
        timeout 10s
        key order.id
      }
    }
    stock {
      step holds = for line of order.lines at most 8 at once {
        step hold = http.post(url: \`https://stock.example.com/items/\${line.sku}/hold\`, body: { qty: line.qty })
        yield hold.body.id
      }
    }
  }

  wait 3s
  step http.post(url: "https://chat.example.com/messages", body: { text: \`\${order.id}: \${total} EUR\` }) {
    on error continue
  }
  emit "order.accepted" { id: order.id }
  return { invoice: charge.body.id }
}
`,
  'check_page.weir': `/// Looks at a page every five minutes and says whether it is well.
workflow check_page(url: string) -> { healthy: boolean } {
  on schedule(every: 5m)

  try {
    step page = http.get(url: url) {
      retry 3 times from 1s to 10s
      timeout 5s
    }
    log page.status
  } catch problem {
    fail \`\${url} does not answer: \${problem.message}\`
  }
  return { healthy: true }
}
`,
  'greet_all.weir': `/// Greets everyone on a list, three at a time.
workflow greet_all(names: [string]) -> { greetings: [string] } {
  step greetings = for name of names at most 3 at once {
    wait 2s
    yield \`Hello, \${name}!\`
  }
  return { greetings }
}
`,
  'nightly_report.weir': `/// Collects the figures of the day and mails them before anyone is awake.
workflow nightly_report() -> { rows: int } {
  on schedule(cron: "0 2 * * *", zone: "Europe/Berlin")

  step figures = http.get(url: "https://figures.example.com/today")
  if (figures.body.rows > 0) {
    step http.post(url: "https://mail.example.com/send", body: figures.body)
  } else {
    log "nothing to report"
  }
  return { rows: 12 }
}
`,
  'refund.weir': `/// Pays money back, once, and only after the provider has confirmed it.
workflow refund(charge: string, amount: number) -> { refund: string } {
  on webhook(method: "POST", path: "/refunds")

  step refund = http.post(url: "https://down.example.com/refunds", body: { charge, amount }) {
    retry 2 times from 1s
    key charge
  }
  return { refund: refund.body.id }
}
`,
  'hello.weir': `/// Says hello.
workflow hello(name: string) -> { greeting: string } {
  let greeting = \`Hello, \${name}!\`
  log greeting
  return { greeting }
}
`,
}

export const STANDALONE_RULES = `/// How a parcel travels.
rules shipping(weight: number, express: boolean) -> { via: string, price: number } unique {
  | weight   | express || via       | price |
  | -------- | ------- || --------- | ----- |
  | < 5      | false   || "post"    | 4.9   |
  | < 5      | true    || "courier" | 9.9   |
  | >= 5     | -       || "freight" | 29    |
}
`
