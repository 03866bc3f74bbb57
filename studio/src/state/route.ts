// Where the person is, as the part of the address after #. The server always answers with the same page.

export type Route =
  | { readonly page: 'home' }
  | { readonly page: 'new', readonly start: 'blank' | 'describe' | { readonly example: string } }
  | { readonly page: 'workflow', readonly name: string }
  | { readonly page: 'runs', readonly workflow: string, readonly status: string }
  | { readonly page: 'run', readonly id: string }
  | { readonly page: 'tasks', readonly status: string }
  | { readonly page: 'rules', readonly name: string | null }
  | { readonly page: 'missing', readonly path: string }

export function parseRoute(hash: string): Route {
  const [path = '', search = ''] = hash.replace(/^#/, '').split('?', 2)
  const query = new URLSearchParams(search)
  const parts = path.split('/').filter(part => part !== '').map(decode)
  const [first, second, third] = parts
  if (parts.length === 0) return { page: 'home' }
  if (first === 'workflows' && parts.length === 1) return { page: 'home' }
  if (first === 'workflows' && parts.length === 2) return { page: 'workflow', name: second! }
  if (first === 'new' && parts.length === 1) return { page: 'new', start: 'blank' }
  if (first === 'new' && second === 'describe' && parts.length === 2) return { page: 'new', start: 'describe' }
  if (first === 'new' && second === 'example' && parts.length === 3) return { page: 'new', start: { example: third! } }
  if (first === 'runs' && parts.length === 1) return { page: 'runs', workflow: query.get('workflow') ?? '', status: query.get('status') ?? '' }
  if (first === 'runs' && parts.length === 2) return { page: 'run', id: second! }
  if (first === 'tasks' && parts.length === 1) return { page: 'tasks', status: query.get('status') ?? '' }
  if (first === 'rules' && parts.length <= 2) return { page: 'rules', name: second ?? null }
  return { page: 'missing', path }
}

export function href(route: Route): string {
  const part = encodeURIComponent
  switch (route.page) {
    case 'home': return '#/'
    case 'new': return route.start === 'blank' ? '#/new' : route.start === 'describe' ? '#/new/describe' : `#/new/example/${part(route.start.example)}`
    case 'workflow': return `#/workflows/${part(route.name)}`
    case 'runs': {
      const query = new URLSearchParams()
      if (route.workflow !== '') query.set('workflow', route.workflow)
      if (route.status !== '') query.set('status', route.status)
      return query.size === 0 ? '#/runs' : `#/runs?${query}`
    }
    case 'run': return `#/runs/${part(route.id)}`
    case 'tasks': return route.status === '' ? '#/tasks' : `#/tasks?status=${part(route.status)}`
    case 'rules': return route.name === null ? '#/rules' : `#/rules/${part(route.name)}`
    case 'missing': return `#${route.path}`
  }
}

function decode(part: string) {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
