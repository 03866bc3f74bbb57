import type { Problem } from './types'

/** An answer that is not the wished one; `problem` says what, why and often what to do. */
export class ApiError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail || problem.title || `The server answered ${problem.status}.`)
    this.name = 'ApiError'
  }

  get status() { return this.problem.status }
  get code() { return this.problem.code }
}

/** No answer at all: status 0. */
export function unreachable(): ApiError {
  return new ApiError({
    status: 0,
    code: 'unreachable',
    title: 'No connection',
    detail: 'The Weir server does not answer. Check that it is still running (./weir serve), then try again.',
  })
}

/** Reads a problem out of a failed answer, whatever its body turns out to be. */
export async function problemOf(response: Response): Promise<ApiError> {
  let body: Partial<Problem> = {}
  try {
    const parsed: unknown = JSON.parse(await response.text())
    if (parsed !== null && typeof parsed === 'object') body = parsed
  } catch {
    // Not JSON: a proxy's page, or cut off. The status alone has to do.
  }
  return new ApiError({
    ...body,
    status: response.status,
    code: typeof body.code === 'string' ? body.code : `http-${response.status}`,
    detail: typeof body.detail === 'string' ? body.detail : body.title ?? `The server answered ${response.status} ${response.statusText}`.trim() + '.',
  })
}

/** One sentence for a person, whatever was thrown. */
export function sentence(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
