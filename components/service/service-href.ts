/** The page of a service; host and name may hold anything that a unit's name may hold. */
export function serviceHref({ host, name }: { readonly host: string; readonly name: string }): string {
  return `/services/${encodeURIComponent(host)}/${encodeURIComponent(name)}`;
}

/** The service in the API. */
export function serviceApi({ host, name }: { readonly host: string; readonly name: string }): string {
  return `/api/v1${serviceHref({ host, name })}`;
}
