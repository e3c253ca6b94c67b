/** What one take-out may bring; what goes beyond is refused by name. */
export interface TakeOutLimits {
  readonly maxFileBytes: number;
  readonly maxFiles: number;
  readonly maxTotalBytes: number;
}

export const takeOutLimits: TakeOutLimits = {
  maxFileBytes: 32 * 2 ** 20,
  maxFiles: 10_000,
  maxTotalBytes: 256 * 2 ** 20,
};
