// In: the application's routes and a path. Out: the methods that path answers to, so that a wrong method is told apart from a wrong path.

/** Methods registered for a path, sorted; empty when no route has it. Middleware (`ALL`) does not count. */
export function allowedMethods(routes: readonly { readonly method: string; readonly path: string }[], path: string): string[] {
  const methods = routes.filter((route) => route.method !== 'ALL' && pattern(route.path).test(path)).map((route) => route.method)
  return [...new Set(methods)].sort()
}

function pattern(routePath: string): RegExp {
  const source = routePath
    .split('/')
    .map((part) => (part.startsWith(':') ? '[^/]+' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')))
    .join('/')
  return new RegExp(`^${source}$`)
}
