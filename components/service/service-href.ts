/** The page of a service; host and name may hold anything that a unit's name may hold. */
export function serviceHref({ host, name }: { readonly host: string; readonly name: string }): string {
  return `/services/${encodeURIComponent(host)}/${encodeURIComponent(name)}`;
}

/** The service in the API. */
export function serviceApi({ host, name }: { readonly host: string; readonly name: string }): string {
  return `/api/v1${serviceHref({ host, name })}`;
}

/** A service's id, `host/name`, in its parts: a host's name holds no slash, a service's may. */
export function partsOfId(id: string): { readonly host: string; readonly name: string } {
  const slash = id.indexOf("/");
  return { host: id.slice(0, slash), name: id.slice(slash + 1) };
}
