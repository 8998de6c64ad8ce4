/** What a list is filtered by, in the order of the address: names and their values. */
export type Filter = [name: string, value: string][];

/** The places of the page and their addresses. */
export type Route =
  | { page: 'overview' }
  | { page: 'known' }
  | { page: 'people'; filter?: Filter }
  | { page: 'policies' }
  | { page: 'policy'; id: string | undefined; like?: string | undefined }
  | { page: 'runs'; filter?: Filter }
  | { page: 'run'; id: string; filter?: Filter }
  | { page: 'log'; by: string | undefined; value: string | undefined; also?: Filter }
  | { page: 'changes' }
  | { page: 'exemptions' }
  | { page: 'settings'; part?: string };

export const HOME: Route = { page: 'overview' };

export function pathOf(route: Route): string {
  switch (route.page) {
    case 'overview':
      return '/';
    case 'policy':
      if (route.id !== undefined) return `/policies/edit/${encodeURIComponent(route.id)}`;
      return route.like === undefined ? '/policies/new' : `/policies/new/${encodeURIComponent(route.like)}`;
    case 'run':
      return filterPath(`runs/${encodeURIComponent(route.id)}`, route.filter ?? []);
    case 'log':
      return filterPath('log', route.by && route.value ? [[route.by, route.value], ...(route.also ?? [])] : []);
    case 'settings':
      return route.part === undefined ? '/settings' : `/settings/${encodeURIComponent(route.part)}`;
    case 'people':
    case 'runs':
      return filterPath(route.page, route.filter ?? []);
    default:
      return `/${route.page}`;
  }
}

export function routeOf(path: string): Route {
  const [page, ...parts] = path.split('/').filter(Boolean).map(decoded);
  const [second, third, ...rest] = parts;
  switch (page) {
    case 'policies':
      if (second === 'new') return { page: 'policy', id: undefined, ...(third && { like: third }) };
      return second === 'edit' && third ? { page: 'policy', id: third } : { page: 'policies' };
    case 'runs':
      return runsRoute(parts);
    case 'people':
      return { page: 'people', ...(parts.length > 1 && { filter: pairs(parts) }) };
    case 'log':
      return { page: 'log', by: second, value: third, ...(rest.length > 1 && { also: pairs(rest) }) };
    case 'exemptions':
      return { page: 'exemptions' };
    case 'settings':
      return { page: 'settings', ...(second && { part: second }) };
    case 'known':
      return { page: 'known' };
    case 'changes':
      return { page: 'changes' };
    default:
      return HOME;
  }
}

/** One run and what of it is shown, or the list: the filter of a list has as many names as values. */
function runsRoute(parts: string[]): Route {
  const [id, ...rest] = parts;
  if (id === undefined) return { page: 'runs' };
  if (parts.length % 2 === 0) return { page: 'runs', filter: pairs(parts) };
  return { page: 'run', id, ...(rest.length > 0 && { filter: pairs(rest) }) };
}

/** What a route is about, however it is filtered. */
export const placeOf = (route: Route): string => ('id' in route ? `${route.page} ${route.id ?? ''}` : route.page);

/** `/log/run/r1/outcome/failed` */
const filterPath = (page: string, filter: Filter): string =>
  [`/${page}`, ...filter.map(([name, value]) => `${encodeURIComponent(name)}/${encodeURIComponent(value)}`)].join('/');

function pairs(parts: string[]): Filter {
  const found: Filter = [];
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
