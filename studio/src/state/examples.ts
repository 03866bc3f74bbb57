// What a new text may start from. Each is a whole workflow that saves and runs without any account or key.

export interface Example { readonly id: string, readonly title: string, readonly about: string, readonly text: string }

export const BLANK = `/// What this workflow is for.
workflow my_workflow(name: string) -> { greeting: string } {
  let greeting = \`Hello, \${name}!\`
  log greeting
  return { greeting }
}
`

export const EXAMPLES: readonly Example[] = [
  {
    id: 'web-request',
    title: 'Call an API, with retries',
    about: 'Fetches a page, retries when it is down, and decides on the answer.',
    text: `/// Looks at a page and says whether it is well.
workflow check_page(url: string) -> { healthy: boolean } {
  step page = http.get(url: url) {
    retry 3 times from 1s to 10s
    timeout 5s
  }

  if (page.status >= 300) {
    fail \`\${url} answered \${page.status}\`
  }
  return { healthy: true }
}
`,
  },
  {
    id: 'decision-table',
    title: 'Decide with a table',
    about: 'Rules as a table that is proven complete: no case falls through.',
    text: `/// What a customer gets off.
rules discount(
  tier: "gold" | "silver" | "none",
  total: number
) -> { rate: number, reason: string } first {
  | tier             | total       || rate | reason           |
  | ---------------- | ----------- || ---- | ---------------- |
  | "gold"           | >= 500      || 0.15 | "gold, big cart" |
  | "gold", "silver" | 100 ..< 500 || 0.08 | "loyal"          |
  | -                | >= 1000     || 0.05 | "big cart"       |
  | else             |             || 0    | "list price"     |
}

/// Prices a cart.
workflow price_cart(
  tier: "gold" | "silver" | "none",
  total: number
) -> { price: number, reason: string } {
  let offer = discount(tier, total)
  log \`\${offer.reason}: \${offer.rate * 100} % off\`
  return { price: total * (1 - offer.rate), reason: offer.reason }
}
`,
  },
  {
    id: 'fan-out',
    title: 'Work through a list in parallel',
    about: 'Handles many items, a few at once, and waits without holding anything.',
    text: `/// Greets everyone on a list, three at a time.
workflow greet_all(names: [string]) -> { greetings: [string] } {
  step greetings = for name of names at most 3 at once {
    wait 2s
    yield \`Hello, \${name}!\`
  }
  return { greetings }
}
`,
  },
  {
    id: 'schedule',
    title: 'Run on a schedule',
    about: 'Wakes up every morning; between runs it costs nothing.',
    text: `/// Says good morning on working days.
workflow good_morning() {
  on schedule(cron: "0 8 * * MON-FRI", zone: "Europe/Berlin")

  let at = now()
  log \`Good morning, it is \${at}\`
}
`,
  },
  {
    id: 'approval',
    title: 'Ask a person',
    about: 'Asks for a decision, waits without holding anything, and goes on when nobody answers.',
    text: `/// Lets somebody decide about a purchase. Small ones need nobody.
workflow purchase(item: string, price: number) -> { bought: boolean, why: string } {
  if (price < 50) {
    return { bought: true, why: "small enough" }
  }
  step answer = ask \`Buy \${item} for \${format.money(price, "EUR", "en")}?\`
    of role("purchasing")
    -> { budget: "team" | "project" }
    up to 2d
  if (answer === null) {
    return { bought: false, why: "nobody answered" }
  }
  return { bought: answer.approved, why: \`\${answer.by}, from the \${answer.budget} budget\` }
}
`,
  },
  {
    id: 'event',
    title: 'Wait for an event',
    about: 'Starts on one event and waits for another; whichever comes first decides.',
    text: `/// Waits until an order is paid, and gives up after three days.
workflow payment_watch(order: { id: string }) -> "paid" | "given up" {
  on event("order.placed")

  step end: "paid" | "given up" = race {
    paid {
      step payment = wait for "order.paid" where event.id === order.id
      log payment
      yield "paid"
    }
    late {
      wait 3d
      yield "given up"
    }
  }
  emit "order.closed" { id: order.id, end }
  return end
}
`,
  },
]
