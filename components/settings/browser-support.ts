/** What this browser says to notifications. */
export type Support =
  | { readonly tag: "possible"; readonly permission: NotificationPermission }
  | { readonly tag: "impossible"; readonly why: string };

/** @param page what of the browser it depends on; a phone's browser tells only when one tries. */
export function supportOf(page: {
  readonly isSecureContext: boolean;
  readonly permission: NotificationPermission | null;
}): Support {
  if (!page.isSecureContext)
    return {
      tag: "impossible",
      why: "Browsers allow notifications only to pages that come by https, or from this machine itself.",
    };
  if (page.permission === null)
    return { tag: "impossible", why: "This browser has no notifications for pages." };
  return { tag: "possible", permission: page.permission };
}

/** The same of this browser now. */
export function currentSupport(): Support {
  return supportOf({
    isSecureContext: window.isSecureContext,
    permission: "Notification" in window ? Notification.permission : null,
  });
}
