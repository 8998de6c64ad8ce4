/** The places of the page and their addresses. */
export type Route =
  | { page: 'overview' }
  | { page: 'known' }
  | { page: 'policies' }
  | { page: 'policy'; id: string | undefined }
  | { page: 'runs' }
  | { page: 'run'; id: string }
  | { page: 'log'; by: string | undefined; value: string | undefined; also?: [string, string][] }
  | { page: 'changes' }
  | { page: 'exemptions' };

export const HOME: Route = { page: 'overview' };

export function pathOf(route: Route): string {
  switch (route.page) {
    case 'overview':
      return '/';
    case 'policy':
      return route.id === undefined ? '/policies/new' : `/policies/edit/${encodeURIComponent(route.id)}`;
    case 'run':
      return `/runs/${encodeURIComponent(route.id)}`;
    case 'log':
      return logPath(route.by && route.value ? [[route.by, route.value], ...(route.also ?? [])] : []);
    default:
      return `/${route.page}`;
  }
}

export function routeOf(path: string): Route {
  const [page, second, third, ...rest] = path.split('/').filter(Boolean).map(decoded);
  switch (page) {
    case 'policies':
      if (second === 'new') return { page: 'policy', id: undefined };
      return second === 'edit' && third ? { page: 'policy', id: third } : { page: 'policies' };
    case 'runs':
      return second ? { page: 'run', id: second } : { page: 'runs' };
    case 'log':
      return { page: 'log', by: second, value: third, ...(rest.length > 1 && { also: pairs(rest) }) };
    case 'exemptions':
      return { page: 'exemptions' };
    case 'known':
      return { page: 'known' };
    case 'changes':
      return { page: 'changes' };
    default:
      return HOME;
  }
}

/** `/log/run/r1/outcome/failed` */
const logPath = (terms: [string, string][]): string =>
  ['/log', ...terms.map(([by, value]) => `${by}/${encodeURIComponent(value)}`)].join('/');

function pairs(parts: string[]): [string, string][] {
  const found: [string, string][] = [];
  for (let at = 0; at + 1 < parts.length; at += 2) found.push([parts[at] ?? '', parts[at + 1] ?? '']);
  return found;
}

/** A part of an address; one that is not well encoded is taken as it stands. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
