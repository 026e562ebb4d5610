import { readSpan, type Span, writeSpan } from "../insight/span";
import { type LogView, readLogView, writeLogView } from "../log/log-view";

/** What is shown of a service's page beyond its beginning: all of it stands in the address. */
export interface ServiceView extends LogView {
  /** Of the charts. */
  readonly span: Span;
}

/** What an address asks for; what it asks for wrongly is left out. */
export function readServiceView(address: URLSearchParams): ServiceView {
  return { ...readLogView(address), span: readSpan(address) };
}

/** The address's query for a view; empty for the last day and the whole log, live. */
export function writeServiceView(view: ServiceView): string {
  return [writeSpan(view.span).toString(), writeLogView(view)].filter((part) => part !== "").join("&");
}
