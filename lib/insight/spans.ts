/** A half-open span in whole ms since 1970, in UTC: `from` lies in it, `to` does not. */
export interface MsSpan {
  readonly from: number;
  readonly to: number;
}
